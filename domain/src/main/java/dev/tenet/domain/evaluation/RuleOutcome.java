package dev.tenet.domain.evaluation;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.rule.RuleId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one rule says about the facts. Immutable; two that say the same are equal.
public final class RuleOutcome {

  private final RuleId ruleId;
  private final String ruleName;
  private final boolean matched;
  private final @Nullable RuleFault fault;
  private final Map<String, @Nullable Object> outputs;
  private final @Nullable Trace trace;
  private final @Nullable Encoded encoded;

  /// What was made of an outcome last. Threads that race make the same of it.
  private static final class Encoded {
    private @Nullable By by;
  }

  /// Its fields are final, so that a thread that sees it sees the bytes.
  private static final class By {
    private final Function<RuleOutcome, byte[]> encoder;
    private final byte[] bytes;

    private By(Function<RuleOutcome, byte[]> encoder, byte[] bytes) {
      this.encoder = encoder;
      this.bytes = bytes;
    }
  }

  /// @param matched whether the condition was true; false when there is a fault
  /// @param fault why the rule could not be evaluated
  /// @param outputs the rule's outputs in their order, empty unless it matched; plain values as in [Facts]
  /// @param trace how it came to that, when asked for
  public RuleOutcome(
      RuleId ruleId,
      String ruleName,
      boolean matched,
      @Nullable RuleFault fault,
      Map<String, @Nullable Object> outputs,
      @Nullable Trace trace) {
    this(ruleId, ruleName, matched, fault, outputs, trace, null);
  }

  private RuleOutcome(
      RuleId ruleId,
      String ruleName,
      boolean matched,
      @Nullable RuleFault fault,
      Map<String, @Nullable Object> outputs,
      @Nullable Trace trace,
      @Nullable Encoded encoded) {
    if (matched && fault != null) {
      throw new IllegalArgumentException("a rule with a fault has not matched");
    }
    this.ruleId = requireNonNull(ruleId);
    this.ruleName = requireNonNull(ruleName);
    this.matched = matched;
    this.fault = fault;
    this.outputs =
        outputs.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    this.trace = trace;
    this.encoded = encoded;
  }

  /// {@return an outcome without fault, outputs and trace that will be a part of many decisions}
  public static RuleOutcome recurring(RuleId ruleId, String ruleName, boolean matched) {
    return new RuleOutcome(ruleId, ruleName, matched, null, Map.of(), null, new Encoded());
  }

  /// {@return the rule's id}
  public RuleId ruleId() {
    return ruleId;
  }

  /// {@return the rule's name}
  public String ruleName() {
    return ruleName;
  }

  /// {@return whether the condition was true; false when there is a fault}
  public boolean matched() {
    return matched;
  }

  /// {@return why the rule could not be evaluated, or null when it could}
  public @Nullable RuleFault fault() {
    return fault;
  }

  /// {@return the rule's outputs in their order, empty unless it matched; plain values as in [Facts]}
  public Map<String, @Nullable Object> outputs() {
    return outputs;
  }

  /// {@return how it came to that, or null when that was not asked for}
  public @Nullable Trace trace() {
    return trace;
  }

  /// {@return whether it is a part of many decisions, so that its bytes are kept}
  public boolean isRecurring() {
    return encoded != null;
  }

  /// {@return the outcome as bytes, which must not be changed; those of a recurring outcome are made once}
  ///
  /// @param encoder makes the same bytes of equal outcomes; always the same object, for only what the last one made is kept
  @SuppressWarnings("ReferenceEquality") // an encoder is the same when it is the same object
  public byte[] encoded(Function<RuleOutcome, byte[]> encoder) {
    if (encoded == null) {
      return encoder.apply(this);
    }
    By known = encoded.by;
    if (known == null || known.encoder != encoder) {
      known = new By(encoder, encoder.apply(this));
      encoded.by = known;
    }
    return known.bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RuleOutcome outcome
        && ruleId.equals(outcome.ruleId)
        && ruleName.equals(outcome.ruleName)
        && matched == outcome.matched
        && Objects.equals(fault, outcome.fault)
        && outputs.equals(outcome.outputs)
        && Objects.equals(trace, outcome.trace);
  }

  @Override
  public int hashCode() {
    return Objects.hash(ruleId, ruleName, matched, fault, outputs, trace);
  }

  @Override
  public String toString() {
    return "RuleOutcome[ruleId=%s, ruleName=%s, matched=%s, fault=%s, outputs=%s, trace=%s]"
        .formatted(ruleId, ruleName, matched, fault, outputs, trace);
  }
}
