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

  private static final @Nullable Object[] NOTHING = {};

  /// By slot, whether there is a value.
  public boolean[] present = {};

  /// Integers, floating-point numbers as raw bits, and truth values.
  public long[] words = {};

  /// Everything else.
  public @Nullable Object[] references = NOTHING;

  /// The integer, or the bits of the number, that each loop is at, by its depth.
  public final long[] elementWords = new long[DEEPEST_LOOP];

  /// The element that each loop is at, by its depth, when it is no number.
  public final @Nullable Object[] elements = new @Nullable Object[DEEPEST_LOOP];

  /// The work that the condition under way may still do in loops and on texts.
  public long fuel;

  /// Whether a term had no value since somebody last looked.
  public boolean faulted;

  /// Which conditions of a block had a fault since somebody last looked.
  public long faults;

  private final int derived;
  private final Fallback fallback;
  private @Nullable TimeLimit time;
  private long mostFuel;
  private long burned;

  /// Evaluates conditions that have no typed form.
  @FunctionalInterface
  public interface Fallback {
    /// {@return [Condition#FALSE], [Condition#TRUE] or [Condition#FAULT]}
    int test(Object expression);
  }

  /// @param derived how many derived fields there are
  public Slots(int derived, Fallback fallback) {
    this.derived = derived;
    this.fallback = fallback;
  }

  /// {@return slots with these facts}
  ///
  /// @param time what the decision may take
  public static Slots of(Facts facts, int derived, Fallback fallback, TimeLimit time) {
    Slots slots = new Slots(derived, fallback);
    slots.open(facts, time);
    return slots;
  }

  /// Takes the facts of a decision. Derived fields have no values yet.
  ///
  /// @param within what the decision may take
  public void open(Facts facts, TimeLimit within) {
    time = within;
    faulted = false;
    if (derived == 0) {
      present = facts.present();
      words = facts.words();
      references = facts.references();
      return;
    }
    int given = facts.present().length;
    if (present.length != given + derived) {
      present = new boolean[given + derived];
      words = new long[given + derived];
      references = new @Nullable Object[given + derived];
    }
    System.arraycopy(facts.present(), 0, present, 0, given);
    System.arraycopy(facts.words(), 0, words, 0, given);
    System.arraycopy(facts.references(), 0, references, 0, given);
    Arrays.fill(present, given, given + derived, false);
  }

  /// Forgets the facts.
  public void close() {
    Arrays.fill(elements, null);
    if (derived == 0) {
      references = NOTHING;
    } else {
      Arrays.fill(references, null);
    }
  }

  /// Says what each condition may burn.
  public void fuelEach(long most) {
    mostFuel = most;
    fuel = most;
  }

  /// {@return the bit when the condition holds; adds it to the faults when the condition has one}
  public long holding(Condition condition, long bit) {
    fuel = mostFuel;
    int outcome = condition.test(this);
    burned += mostFuel - fuel;
    if (outcome == Condition.FAULT) {
      faults |= bit;
    }
    return outcome == Condition.TRUE ? bit : 0;
  }

  /// {@return the bit when the condition holds, after code has given up on it}
  public static long heldAfterAll(Condition condition, long bit, Slots slots) {
    slots.faulted = false;
    return slots.holding(condition, bit);
  }

  /// {@return the conditions of the block that had a fault, which are forgotten}
  public long takeFaults() {
    long were = faults;
    faults = 0;
    return were;
  }

  /// {@return what was burned since somebody last asked}
  public long takeBurned() {
    long all = burned + mostFuel - fuel;
    burned = 0;
    fuel = mostFuel;
    return all;
  }

  Fallback fallback() {
    return fallback;
  }

  /// {@return whether the decision has taken longer than it may}
  public boolean overdue() {
    return time != null && time.isOver();
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
