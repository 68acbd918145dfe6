package dev.tenet.example.flink;

import dev.tenet.domain.definition.RuleDefinition;
import dev.tenet.domain.definition.RuleSetDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/// Decides over the orders of two shops, one of which changes its rules at noon.
public final class Orders {

  private static final RuleSetDefinition SHOP =
      RuleSetDefinition.of(
          Map.of("Customer", Map.of("Age", "int"), "Order", Map.of("Total", "float64")));

  static final List<RuleSetChange> CHANGES =
      List.of(
          new RuleSetChange(
              "acme",
              Instant.parse("2026-02-03T00:00:00Z"),
              SHOP.rule(
                  RuleDefinition.of("discount", "Order.Total >= 100.0").then("percent", "5"))),
          new RuleSetChange(
              "globex",
              Instant.parse("2026-02-03T00:00:00Z"),
              SHOP.rule(RuleDefinition.of("refuse", "Customer.Age < 18"))),
          new RuleSetChange(
              "acme",
              Instant.parse("2026-02-03T12:00:00Z"),
              SHOP.rule(RuleDefinition.of("discount", "Order.Total >= 50.0").then("percent", "9"))),
          new RuleSetChange(
              "globex",
              Instant.parse("2026-02-03T12:00:00Z"),
              SHOP.rule(RuleDefinition.of("refuse", "Customer.Agee < 21"))));

  static final List<Event> EVENTS =
      List.of(
          order("acme", "a1", "2026-02-03T09:00:00Z", 34, 60.0),
          order("acme", "a2", "2026-02-03T11:59:59Z", 17, 100.0),
          order("globex", "g1", "2026-02-03T11:59:59Z", 17, 100.0),
          order("acme", "a3", "2026-02-03T12:00:00Z", 17, 60.0),
          order("globex", "g2", "2026-02-03T12:00:01Z", 19, 60.0),
          order("initech", "i1", "2026-02-03T12:00:02Z", 50, 60.0));

  private Orders() {}

  private static Event order(String tenant, String id, String at, int age, double total) {
    var facts = Map.of("Customer", Map.of("Age", age), "Order", Map.of("Total", total));
    return new Event(tenant, id, Instant.parse(at), Json.text(facts));
  }

  public static void main(String[] arguments) throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    var events =
        environment
            .fromData(EVENTS)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Event>forBoundedOutOfOrderness(Duration.ofSeconds(5))
                    .withTimestampAssigner((event, _) -> event.at().toEpochMilli()));
    var changes =
        environment
            .fromData(CHANGES)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<RuleSetChange>forMonotonousTimestamps()
                    .withTimestampAssigner((change, _) -> change.since().toEpochMilli()));
    var decisions = DecideByRules.decisions(events, changes);

    decisions
        .map(decision -> "%s %s".formatted(decision.event(), decision.outcomes()))
        .union(
            decisions
                .getSideOutput(DecideByRules.UNDECIDED)
                .map(undecided -> "%s %s".formatted(undecided.event().id(), undecided.reasons())),
            decisions
                .getSideOutput(DecideByRules.REFUSED)
                .map(refused -> "%s %s".formatted(refused.change().tenant(), refused.faults())))
        .print()
        .setParallelism(1);
    environment.execute("orders");
  }
}
