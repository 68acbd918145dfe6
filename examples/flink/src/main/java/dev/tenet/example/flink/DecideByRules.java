package dev.tenet.example.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.cel.EmbeddedRules;
import dev.tenet.domain.definition.DefinitionFault;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.tenant.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/// Decides over each event by the rules that its tenant had when it happened.
///
/// Every parallel instance has the rules of all tenants, as broadcast state, and any of them can decide over any event. An
/// event waits until the watermark has reached it, when all changes before it are known. So the decisions depend on the
/// two streams alone, not on which arrives first, on a failure in between or on whether it runs as a stream or as a batch.
public final class DecideByRules
    extends KeyedBroadcastProcessFunction<String, Event, RuleSetChange, Decision> {

  /// Events of tenants that had no rules at the time, or with facts that contradict the schema. An event that comes later
  /// than the watermark allows is here, too, when the rules of its time are no longer kept.
  public static final OutputTag<Undecided> UNDECIDED =
      new OutputTag<>("undecided", TypeInformation.of(Undecided.class));

  /// Changes that are not in force because of faults in their definition, each reported once.
  public static final OutputTag<Refused> REFUSED =
      new OutputTag<>("refused", TypeInformation.of(Refused.class));

  /// By tenant, the definitions that are in force at the watermark or later, by the moment from which they are.
  private static final MapStateDescriptor<String, Map<Instant, String>> DEFINITIONS =
      new MapStateDescriptor<>("definitions", Types.STRING, Types.MAP(Types.INSTANT, Types.STRING));

  private static final ListStateDescriptor<Event> WAITING =
      new ListStateDescriptor<>("waiting", TypeInformation.of(Event.class));

  private static final CelRuleCompiler COMPILER = new CelRuleCompiler(Limits.DEFAULT, List.of());

  /// What [#DEFINITIONS] says, compiled; empty when the function is sent, and filled where it lands.
  private final Map<String, NavigableMap<Instant, EmbeddedRules>> histories = new HashMap<>();

  private DecideByRules() {}

  /// {@return the decisions over the events; [#UNDECIDED] and [#REFUSED] are its side outputs}
  ///
  /// @param events with watermarks
  /// @param changes with watermarks; without `withIdleness` no event is decided over before the changes have reached it
  public static SingleOutputStreamOperator<Decision> decisions(
      DataStream<Event> events, DataStream<RuleSetChange> changes) {
    return events
        .keyBy(Event::id)
        .connect(changes.broadcast(DEFINITIONS))
        .process(new DecideByRules())
        .name("decide by rules")
        .uid("decide-by-rules");
  }

  @Override
  public void processElement(Event event, ReadOnlyContext context, Collector<Decision> decisions)
      throws Exception {
    waiting().add(event);
    context.timerService().registerEventTimeTimer(event.at().toEpochMilli());
  }

  @Override
  public void onTimer(long reached, OnTimerContext context, Collector<Decision> decisions)
      throws Exception {
    List<Event> later = new ArrayList<>();
    for (Event event : waiting().get()) {
      if (event.at().toEpochMilli() > reached) {
        later.add(event);
      } else {
        decide(event, context, decisions);
      }
    }
    waiting().update(later);
  }

  private ListState<Event> waiting() {
    return getRuntimeContext().getListState(WAITING);
  }

  private void decide(Event event, ReadOnlyContext context, Collector<Decision> decisions)
      throws Exception {
    var inForce =
        history(event.tenant(), context.getBroadcastState(DEFINITIONS)).floorEntry(event.at());
    if (inForce == null) {
      String reason = "There are no rules of %s at %s.".formatted(event.tenant(), event.at());
      context.output(UNDECIDED, new Undecided(event, List.of(reason)));
      return;
    }
    try {
      switch (inForce.getValue().evaluate(Json.object(event.facts()), event.at())) {
        case EmbeddedRules.Outcome.Decided(var evaluation) ->
            decisions.collect(Decision.of(event, evaluation.outcomes()));
        case EmbeddedRules.Outcome.InvalidFacts(var faults) ->
            context.output(
                UNDECIDED, new Undecided(event, faults.stream().map(Diagnostic::line).toList()));
      }
    } catch (JsonProcessingException noJson) {
      context.output(UNDECIDED, new Undecided(event, List.of(Json.line("facts", noJson))));
    }
  }

  @Override
  public void processBroadcastElement(
      RuleSetChange change, Context context, Collector<Decision> decisions) throws Exception {
    try {
      switch (EmbeddedRules.compile(Json.definition(change.definition()), COMPILER)) {
        case EmbeddedRules.Result.Compiled(var rules) -> accept(change, rules, context);
        case EmbeddedRules.Result.Refused(var faults) ->
            refuse(change, faults.stream().map(DefinitionFault::line).toList(), context);
      }
    } catch (JsonProcessingException noDefinition) {
      refuse(change, List.of(Json.line("definition", noDefinition)), context);
    }
  }

  private void accept(RuleSetChange change, EmbeddedRules rules, Context context) throws Exception {
    BroadcastState<String, Map<Instant, String>> state = context.getBroadcastState(DEFINITIONS);
    Instant watermark = Instant.ofEpochMilli(context.currentWatermark());
    NavigableMap<Instant, EmbeddedRules> history = history(change.tenant(), state);
    Map<Instant, String> before = state.get(change.tenant());
    NavigableMap<Instant, String> definitions = new TreeMap<>(before == null ? Map.of() : before);
    continueWith(change.definition(), change.since(), definitions, watermark);
    continueWith(rules, change.since(), history, watermark);
    state.put(change.tenant(), definitions);
    histories.put(change.tenant(), history);
  }

  /// Adds what is in force from a moment on, and removes what was out of force at the watermark.
  static <T> void continueWith(
      T version, Instant since, NavigableMap<Instant, T> history, Instant watermark) {
    history.put(since, version);
    Instant oldest = history.floorKey(watermark);
    if (oldest != null) {
      history.headMap(oldest, false).clear();
    }
  }

  private void refuse(RuleSetChange change, List<String> faults, Context context) {
    if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
      context.output(REFUSED, new Refused(change, faults));
    }
  }

  /// {@return the tenant's compiled rules by the moment from which they are in force, compiled again after a restart}
  private NavigableMap<Instant, EmbeddedRules> history(
      String tenant, ReadOnlyBroadcastState<String, Map<Instant, String>> state) throws Exception {
    NavigableMap<Instant, EmbeddedRules> known = histories.get(tenant);
    if (known != null) {
      return known;
    }
    NavigableMap<Instant, EmbeddedRules> history = new TreeMap<>();
    Map<Instant, String> definitions = state.get(tenant);
    if (definitions != null) {
      for (var version : definitions.entrySet()) {
        var definition = Json.definition(version.getValue());
        history.put(version.getKey(), EmbeddedRules.compile(definition, COMPILER).orElseThrow());
      }
      histories.put(tenant, history);
    }
    return history;
  }
}
