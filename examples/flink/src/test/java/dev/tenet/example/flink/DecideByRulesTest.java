package dev.tenet.example.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.Lists;
import dev.tenet.domain.definition.RuleDefinition;
import dev.tenet.domain.definition.RuleSetDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Decisions depend on when events happened and rules changed, and on nothing else.
final class DecideByRulesTest {

  private static final Instant MIDNIGHT = Instant.parse("2026-02-03T00:00:00Z");
  private static final RuleSetDefinition SCHEMA =
      RuleSetDefinition.of(Map.of("Order", Map.of("Total", "int")));

  private record Answers(
      List<Decision> decisions, List<Undecided> undecided, List<Refused> refused) {}

  private static RuleSetChange change(String tenant, int second, String condition) {
    return new RuleSetChange(
        tenant,
        MIDNIGHT.plusSeconds(second),
        SCHEMA.rule(RuleDefinition.of(condition, condition).then("now", "string(now)")));
  }

  private static Event event(String tenant, int second, String facts) {
    return new Event(tenant, tenant + second, MIDNIGHT.plusSeconds(second), facts);
  }

  /// {@return a small cluster in this process that refuses types for which Flink has no serializer but Kryo}
  private static StreamExecutionEnvironment cluster(RuntimeExecutionMode mode) {
    Configuration configuration = new Configuration();
    configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    return StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
  }

  private static <T> WatermarkStrategy<T> timed(SerializableTimestampAssigner<T> time) {
    return WatermarkStrategy.<T>forBoundedOutOfOrderness(Duration.ofDays(1))
        .withTimestampAssigner(time);
  }

  private static DataStream<Event> timedEvents(DataStream<Event> events) {
    return events.assignTimestampsAndWatermarks(timed((event, _) -> event.at().toEpochMilli()));
  }

  private static DataStream<RuleSetChange> timedChanges(DataStream<RuleSetChange> changes) {
    return changes.assignTimestampsAndWatermarks(
        timed((change, _) -> change.since().toEpochMilli()));
  }

  private static Answers answers(
      RuntimeExecutionMode mode, List<Event> events, List<RuleSetChange> changes) throws Exception {
    var cluster = cluster(mode);
    var decisions =
        DecideByRules.decisions(
            timedEvents(cluster.fromData(events)), timedChanges(cluster.fromData(changes)));
    var decided = decisions.collectAsync();
    var undecided = decisions.getSideOutput(DecideByRules.UNDECIDED).collectAsync();
    var refused = decisions.getSideOutput(DecideByRules.REFUSED).collectAsync();
    cluster.execute();
    try (decided;
        undecided;
        refused) {
      return new Answers(
          Lists.newArrayList(decided), Lists.newArrayList(undecided), Lists.newArrayList(refused));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAMING", "BATCH"})
  void anEventIsDecidedByTheRulesOfItsTenantAndItsTime(RuntimeExecutionMode mode) throws Exception {
    List<RuleSetChange> changes = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    for (String tenant : List.of("acme", "globex")) {
      for (int second = 0; second < 100; second++) {
        if (second % 10 == 0) {
          changes.add(change(tenant, second, "'%s' == '' || %d >= 0".formatted(tenant, second)));
        }
        events.add(event(tenant, second, "{\"Total\": 1}"));
      }
    }

    Answers answers = answers(mode, events.reversed(), changes.reversed());

    assertThat(answers.undecided()).isEmpty();
    assertThat(answers.refused()).isEmpty();
    assertThat(answers.decisions()).hasSize(events.size());
    assertThat(answers.decisions())
        .allSatisfy(
            decision -> {
              long second = Duration.between(MIDNIGHT, decision.at()).toSeconds();
              String rule = "'%s' == '' || %d >= 0".formatted(decision.tenant(), second / 10 * 10);
              assertThat(decision.event()).isEqualTo(decision.tenant() + second);
              assertThat(decision.outcomes())
                  .containsExactly(
                      new Decision.Outcome(
                          rule, true, null, "{\"now\":\"%s\"}".formatted(decision.at())));
            });
  }

  @Test
  void whatCannotBeDecidedOrBeInForceSaysWhyAndTheRestGoesOn() throws Exception {
    Answers answers =
        answers(
            RuntimeExecutionMode.STREAMING,
            List.of(
                event("initech", 2, "{}"),
                event("acme", 1, "{}"),
                event("acme", 2, "{\"Total\": \"much\"}"),
                event("acme", 3, "{\"Total\": }"),
                event("acme", 4, "{\"Total\": 99999999999999999999}"),
                event("acme", 5, "{}"),
                event("acme", 6, "{\"Total\": 7}")),
            List.of(
                new RuleSetChange(
                    "acme",
                    MIDNIGHT.plusSeconds(2),
                    """
                    {"schema": {"Order": {"Total": "int"}},
                     "rules": [{"name": "large", "expression": "Order.Total > 5"}]}
                    """),
                change("acme", 3, "Order.Totl > 5"),
                new RuleSetChange("acme", MIDNIGHT.plusSeconds(4), "{\n\"rules\": }"),
                new RuleSetChange(
                    "acme",
                    MIDNIGHT.plusSeconds(5),
                    "{\"schema\": {\"Order\": {\"Total\": \"int\"}}, \"rules\": [{}]}")));

    assertThat(answers.decisions())
        .extracting(Decision::event, Decision::outcomes)
        .containsExactlyInAnyOrder(
            tuple(
                "acme5",
                List.of(
                    new Decision.Outcome("large", false, "The facts do not contain Order.", "{}"))),
            tuple("acme6", List.of(new Decision.Outcome("large", true, null, "{}"))));
    assertThat(answers.undecided())
        .flatExtracting(Undecided::reasons)
        .containsExactlyInAnyOrder(
            "There are no rules of initech at 2026-02-03T00:00:02Z.",
            "There are no rules of acme at 2026-02-03T00:00:01Z.",
            "/Total: Expected an integer but found a string.",
            "facts, line 1, column 11: Unexpected character ('}' (code 125)): expected a valid value"
                + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            "/Total: The number is beyond the 64-bit integers.");
    assertThat(answers.refused())
        .flatExtracting(Refused::faults)
        .containsExactlyInAnyOrder(
            "rule \"Order.Totl > 5\", expression, line 1, column 7:"
                + " Order has no field \"Totl\"; did you mean \"Total\"?",
            "definition, line 2, column 10: Unexpected character ('}' (code 125)): expected a value",
            "rule \"\", name: The name is required.",
            "rule \"\", expression: The expression is required, for example \"User.Age >= 18\".");
  }

  @Test
  void whatTheWatermarkHasLeftBehindIsForgotten() {
    NavigableMap<Instant, String> history =
        new TreeMap<>(
            Map.of(
                MIDNIGHT,
                "zero",
                MIDNIGHT.plusSeconds(1),
                "one",
                MIDNIGHT.plusSeconds(3),
                "three"));

    DecideByRules.continueWith("four", MIDNIGHT.plusSeconds(4), history, MIDNIGHT.plusSeconds(2));

    assertThat(history.values()).containsExactly("one", "three", "four");
  }

  /// Fails in its first attempt when the first decision under the changed rules passes.
  private static final class FailsOnce extends RichMapFunction<Decision, Decision> {
    @Override
    public Decision map(Decision decision) {
      if (decision.at().isAfter(MIDNIGHT.plusSeconds(2))
          && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
        throw new IllegalStateException("a failure on purpose");
      }
      return decision;
    }
  }

  private static <T> DataStream<T> onePerCheckpoint(
      StreamExecutionEnvironment cluster, GeneratorFunction<Long, T> element, Class<T> type) {
    var source =
        new DataGeneratorSource<>(
            element, 4, RateLimiterStrategy.perCheckpoint(1), TypeInformation.of(type));
    return cluster
        .fromSource(source, WatermarkStrategy.noWatermarks(), type.getSimpleName())
        .setParallelism(1);
  }

  @Test
  void aRestartFromACheckpointKeepsTheRules() throws Exception {
    var cluster = cluster(RuntimeExecutionMode.STREAMING);
    cluster.enableCheckpointing(10);
    var decisions =
        DecideByRules.decisions(
                timedEvents(
                    onePerCheckpoint(
                        cluster,
                        index -> event("acme", index.intValue(), "{\"Total\": 7}"),
                        Event.class)),
                timedChanges(
                    onePerCheckpoint(
                        cluster,
                        index -> change("acme", index.intValue(), "Order.Total > " + index),
                        RuleSetChange.class)))
            .map(new FailsOnce());

    assertThat(decisions.executeAndCollect(100))
        .flatExtracting(Decision::outcomes)
        .extracting(Decision.Outcome::rule)
        .containsExactlyInAnyOrder(
            "Order.Total > 0", "Order.Total > 1", "Order.Total > 2", "Order.Total > 3");
  }
}
