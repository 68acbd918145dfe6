package dev.tenet.cel.plan;

import dev.tenet.domain.evaluation.Facts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What conditions read while one decision is made: the slots of the facts, then those of the derived fields, and the
/// elements that loops are at. Confined to one thread.
///
/// The fields are public for the sake of generated code, which reads them at every step.
public final class Slots {

  /// How deep typed loops may nest.
  public static final int DEEPEST_LOOP = 8;

  /// By slot, whether there is a value.
  public final boolean[] present;

  /// Integers, floating-point numbers as raw bits, and truth values.
  public final long[] words;

  /// Everything else.
  public final @Nullable Object[] references;

  /// The integer, or the bits of the number, that each loop is at, by its depth.
  public final long[] elementWords = new long[DEEPEST_LOOP];

  /// The element that each loop is at, by its depth, when it is no number.
  public final @Nullable Object[] elements = new @Nullable Object[DEEPEST_LOOP];

  private final Fallback fallback;
  private final long deadline;

  /// The work that the condition under way may still do in loops and on texts.
  public long fuel;

  /// Whether a term had no value since somebody last looked.
  public boolean faulted;

  /// Evaluates conditions that have no typed form.
  @FunctionalInterface
  public interface Fallback {
    /// {@return [Condition#FALSE], [Condition#TRUE] or [Condition#FAULT]}
    int test(Object expression);
  }

  private Slots(
      boolean[] present,
      long[] words,
      @Nullable Object[] references,
      Fallback fallback,
      long deadline) {
    this.present = present;
    this.words = words;
    this.references = references;
    this.fallback = fallback;
    this.deadline = deadline;
  }

  /// {@return slots with these facts and room for derived fields behind them}
  ///
  /// @param derived how many derived fields there are
  /// @param deadline the moment of `System.nanoTime()` at which the decision must have ended
  public static Slots of(Facts facts, int derived, Fallback fallback, long deadline) {
    if (derived == 0) {
      return new Slots(facts.present(), facts.words(), facts.references(), fallback, deadline);
    }
    int all = facts.present().length + derived;
    return new Slots(
        Arrays.copyOf(facts.present(), all),
        Arrays.copyOf(facts.words(), all),
        Arrays.copyOf(facts.references(), all),
        fallback,
        deadline);
  }

  Fallback fallback() {
    return fallback;
  }

  /// {@return whether the decision has taken longer than it may}
  public boolean overdue() {
    return System.nanoTime() - deadline > 0;
  }

  /// Notes that a term has no value.
  ///
  /// @return a number in the place of the value
  public long fault() {
    faulted = true;
    return 0;
  }

  /// {@return whether a term had no value, which is forgotten}
  public boolean takeFault() {
    boolean was = faulted;
    faulted = false;
    return was;
  }

  /// {@return the outcome of a condition inside of a term, whose own faults so far are kept}
  int within(Condition condition) {
    boolean before = takeFault();
    int outcome = condition.test(this);
    faulted = before;
    return outcome;
  }

  /// {@return whether there is fuel for so much work, which it takes}
  public boolean burn(long units) {
    fuel -= units;
    return fuel >= 0;
  }
}
