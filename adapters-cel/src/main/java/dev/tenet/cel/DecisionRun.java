package dev.tenet.cel;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.TimeLimit;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.ObjectLayout;
import dev.tenet.domain.evaluation.RuleFault;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Trace;
import dev.tenet.domain.tenant.Limits;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One decision: the facts, the derived fields computed so far, and what is left of its time. Confined to one thread.
final class DecisionRun implements Frame.Variables {

  /// How many values and eighths of characters all outputs of a decision may have.
  static final long LARGEST_RESULT = 1_000_000;

  private static final Logger LOG = System.getLogger(DecisionRun.class.getName());
  private static final long LARGEST_OUTPUT = 100_000;
  private static final Set<String> CODES_WITH_VALUES =
      Set.of(
          "invalid_argument",
          "index_out_of_bounds",
          "function_failed",
          "plugin_input_invalid",
          "plugin_invalid_output",
          "plugin_error",
          "plugin_trapped");

  private record Failure(EvaluationFault fault, EvaluationFault root) {}

  private final Facts facts;
  private final Instant now;
  private final DerivedFields derived;
  private final Meter meter;
  private final Map<ExactPart, EvaluationFault> faults = new HashMap<>();
  private final Map<String, Struct> objects = new HashMap<>();
  private final Map<String, Object> computed = new HashMap<>();
  private long resultLeft = LARGEST_RESULT;

  DecisionRun(Facts facts, Instant now, DerivedFields derived, Limits limits, TimeLimit time) {
    this.facts = facts;
    this.now = now;
    this.derived = derived;
    this.meter = new Meter(limits.ruleCost(), time);
  }

  /// What was tried to compute: a value, or the fault why there is none.
  private record Attempt<T>(@Nullable T value, @Nullable RuleFault fault) {}

  /// {@return what a rule says}
  ///
  /// Whether a rule holds is decided by its typed condition, so that a trace never changes a decision. Which fault it has is
  /// told by the nodes, which also have the last word on whether there is one.
  ///
  /// @param decided what the typed condition is
  RuleOutcome outcome(RuleProgram program, int decided, boolean trace) {
    boolean faulty = decided == Condition.FAULT;
    Recorder recorder = trace ? new Recorder() : null;
    Attempt<Boolean> exact =
        trace || faulty ? exactly(program, recorder) : new Attempt<>(null, null);
    boolean matched = faulty ? Boolean.TRUE.equals(exact.value()) : decided == Condition.TRUE;
    RuleFault fault = faulty ? exact.fault() : null;
    Map<String, @Nullable Object> outputs = null;
    if (matched) {
      var attempt = attempt(program, () -> outputs(program));
      outputs = attempt.value();
      fault = attempt.fault();
    }
    return outcome(
        program,
        matched && fault == null,
        fault,
        outputs == null ? Map.of() : outputs,
        recorder == null || recorder.results().isEmpty() ? null : explained(program, recorder));
  }

  private Attempt<Boolean> exactly(RuleProgram program, @Nullable Recorder recorder) {
    EvaluationFault known =
        program.typed() instanceof Condition.Opaque(ExactPart part) ? faults.get(part) : null;
    return recorder == null && known != null
        ? new Attempt<>(null, fault(known, program.secretive()))
        : attempt(
            program,
            () -> Boolean.TRUE.equals(program.condition().evaluate(meter, this, recorder)));
  }

  private <T> Attempt<T> attempt(RuleProgram program, Supplier<T> something) {
    meter.restart();
    try {
      meter.checkDeadline();
      return new Attempt<>(something.get(), null);
    } catch (EvaluationFault failure) {
      return new Attempt<>(null, fault(failure, program.secretive()));
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.log(Level.WARNING, () -> "rule " + program.rule().id() + " failed", Silent.of(bug));
      return new Attempt<>(
          null, new RuleFault("internal_error", "The rule could not be evaluated."));
    }
  }

  private static RuleOutcome outcome(
      RuleProgram program,
      boolean matched,
      @Nullable RuleFault fault,
      Map<String, @Nullable Object> outputs,
      @Nullable Trace trace) {
    if (fault == null && outputs.isEmpty() && trace == null) {
      return matched ? program.matched() : program.unmatched();
    }
    return new RuleOutcome(
        program.rule().id(), program.rule().name(), matched, fault, outputs, trace);
  }

  /// {@return what a condition without a typed form is}
  int test(ExactPart part) {
    meter.restart();
    try {
      return part.test(meter, this);
    } catch (EvaluationFault fault) {
      faults.put(part, fault);
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.log(Level.WARNING, "a condition failed", Silent.of(bug));
    }
    return Condition.FAULT;
  }

  /// {@return the value of a derived field, or null when it cannot be computed}
  @Nullable Object derivedOrNull(String name) {
    try {
      return derived(name);
    } catch (EvaluationFault fault) {
      return null;
    }
  }

  private Map<String, @Nullable Object> outputs(RuleProgram program) {
    Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
    program
        .outputs()
        .forEach(
            (name, expression) -> {
              Object value = expression.evaluate(meter, this, null);
              long most = Math.min(LARGEST_OUTPUT, resultLeft);
              PlainValues.Sized plain = PlainValues.sized(value, most);
              resultLeft -= plain.size();
              outputs.put(name, plain.value());
            });
    return outputs;
  }

  private static RuleFault fault(EvaluationFault failure, boolean secretive) {
    return secretive && CODES_WITH_VALUES.contains(failure.code())
        ? new RuleFault(failure.code(), "A function does not take the values of sensitive fields.")
        : failure.toRuleFault();
  }

  private @Nullable Trace explained(RuleProgram program, Recorder recorder) {
    Explanation explanation = Explanation.of(program, derived, recorder, resultLeft);
    resultLeft -= explanation.size();
    return explanation.trace();
  }

  @Override
  public @Nullable Struct object(String name) {
    Struct known = objects.get(name);
    if (known != null) {
      return known;
    }
    ObjectLayout layout = facts.layout().object(name).orElse(null);
    if (layout == null || !facts.present()[layout.slot()]) {
      return null;
    }
    Struct struct = Struct.of(derived.scope().schema().shape(name), facts, layout);
    objects.put(name, struct);
    return struct;
  }

  @Override
  public Object now() {
    return now;
  }

  @Override
  public Object derived(String name) {
    Object result = computed.get(name);
    if (result == null) {
      compute(name);
      result = computed.get(name);
    }
    if (result instanceof Failure failure) {
      throw failure.fault();
    }
    if (result == null) {
      throw new IllegalStateException("no such derived field: " + name);
    }
    return result;
  }

  /// Computes what the field uses first, so that a long chain does not nest.
  private void compute(String name) {
    Deque<String> pending = new ArrayDeque<>();
    pending.push(name);
    while (!pending.isEmpty()) {
      String next = pending.peek();
      int before = pending.size();
      if (!computed.containsKey(next)) {
        program(next).checked().references().derived().stream()
            .filter(used -> !computed.containsKey(used))
            .forEach(pending::push);
      }
      if (pending.size() == before) {
        pending.pop();
        computed.computeIfAbsent(next, this::computedAlone);
      }
    }
  }

  private CompiledExpression program(String name) {
    CompiledExpression program = derived.programs().get(name);
    if (program == null) {
      throw new IllegalStateException("no such derived field: " + name);
    }
    return program;
  }

  private Object computedAlone(String name) {
    long before = meter.left();
    meter.restart();
    try {
      return program(name).evaluate(meter, this, null);
    } catch (EvaluationFault fault) {
      if (fault.code().equals("deadline_exceeded")) {
        throw fault;
      }
      return failed(name, fault);
    } finally {
      meter.resume(before);
    }
  }

  private Object failed(String name, EvaluationFault fault) {
    EvaluationFault root = root(name, fault);
    Object supplied = facts.supplied().get(name);
    if (supplied != null && root.code().equals("fact_missing")) {
      return FactValues.adapt(supplied);
    }
    boolean secretive =
        CODES_WITH_VALUES.contains(root.code())
            && derived.isSensitive(program(name).checked().references());
    String cause = secretive ? "its sensitive fields make no sense." : root.text();
    return new Failure(
        EvaluationFault.of(
            "derived_field_failed",
            "The derived field \"%s\" cannot be computed: %s".formatted(name, cause)),
        root);
  }

  /// {@return what made the first of a chain of derived fields fail}
  private EvaluationFault root(String name, EvaluationFault fault) {
    for (String used : program(name).checked().references().derived()) {
      if (computed.get(used) instanceof Failure(var thrown, var root) && thrown == fault) {
        return root;
      }
    }
    return fault;
  }
}
