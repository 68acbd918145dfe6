package dev.tenet.cel.index;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Decides a list of conditions, by their numbers in the list. Immutable but for what it learns about speed; safe for use by
/// many threads.
final class ConditionIndex {

  /// From how many conditions on looking up costs less than evaluating each. BreakEvenBenchmark, conditions on three slots,
  /// nanoseconds: looking up 69, 93, 124 for 8, 16, 32 conditions; evaluating themselves 123, 289, 488; by code 42, 68, 134.
  /// Few conditions are evaluated themselves until they are hot, and then by code.
  static final int FEWEST_INDEXED = 24;

  /// After how many residuals, or how much fuel that they took, the time is looked at.
  private static final int RESIDUALS_BETWEEN_CHECKS = 1_000;

  private static final long FUEL_BETWEEN_CHECKS = 50_000;

  private final int conditions;
  private final int terms;
  private final SlotIndex[] slots;

  /// The condition that each term belongs to.
  private final int[] conditionOf;

  private final long[] everything;
  private final long[] withResidual;
  private final boolean hasResiduals;
  private final long fuel;
  private final HotResiduals residuals;
  private final AtomicReference<@Nullable Scratch> spare = new AtomicReference<>();

  /// What a decision needs besides its verdicts.
  private static final class Scratch {
    final long[] alive;
    final long[] faults;

    Scratch(int words) {
      this.alive = new long[words];
      this.faults = new long[words];
    }
  }

  /// A term and the condition that it belongs to.
  private record Owned(Terms.Term term, int condition) {}

  private ConditionIndex(
      List<Condition> all, long fuel, ResidualCompiler compiler, boolean indexed) {
    this.conditions = all.size();
    this.fuel = fuel;
    List<Owned> owned = inGroups(all, indexed);
    this.terms = owned.size();
    this.conditionOf = owned.stream().mapToInt(Owned::condition).toArray();
    this.everything = Bits.all(terms);
    this.slots =
        asking(owned).entrySet().stream()
            .map(entry -> SlotIndex.of(entry.getKey(), entry.getValue()))
            .toArray(SlotIndex[]::new);
    this.withResidual = new long[everything.length];
    List<@Nullable Condition> left = new ArrayList<>();
    for (int term = 0; term < terms; term++) {
      List<Condition> residual = owned.get(term).term().residuals();
      if (residual.isEmpty()) {
        left.add(null);
      } else {
        left.add(residual.size() == 1 ? residual.getFirst() : new Condition.And(residual));
        Bits.set(withResidual, term);
      }
    }
    this.hasResiduals = left.stream().anyMatch(Objects::nonNull);
    this.residuals = new HotResiduals(left, compiler);
  }

  /// {@return the terms, those that ask of the same slots next to one another, so that a slot's sets cover few others}
  private static List<Owned> inGroups(List<Condition> all, boolean indexed) {
    Map<Set<Integer>, List<Owned>> groups = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      Condition condition = all.get(i);
      for (Terms.Term term :
          indexed ? Terms.of(condition) : List.of(Terms.Term.residual(condition))) {
        groups
            .computeIfAbsent(term.constraints().keySet(), slots -> new ArrayList<>())
            .add(new Owned(term, i));
      }
    }
    return groups.values().stream().flatMap(List::stream).toList();
  }

  /// {@return an index of the conditions}
  ///
  /// @param fuel what each condition may burn in loops and on texts
  /// @param compiler makes code of residuals that are evaluated often
  static ConditionIndex of(List<Condition> conditions, long fuel, ResidualCompiler compiler) {
    return of(conditions, fuel, compiler, conditions.size() >= FEWEST_INDEXED);
  }

  /// {@return the conditions, looked up or evaluated each}
  static ConditionIndex of(
      List<Condition> conditions, long fuel, ResidualCompiler compiler, boolean indexed) {
    return new ConditionIndex(conditions, fuel, compiler, indexed);
  }

  /// Which terms ask something of which slot.
  private static Map<Integer, List<SlotIndex.Asking>> asking(List<Owned> terms) {
    Map<Integer, List<SlotIndex.Asking>> asking = new LinkedHashMap<>();
    for (int term = 0; term < terms.size(); term++) {
      for (SlotConstraint asked : terms.get(term).term().constraints().values()) {
        asking
            .computeIfAbsent(asked.slot(), s -> new ArrayList<>())
            .add(new SlotIndex.Asking(term, asked));
      }
    }
    return asking;
  }

  /// {@return whether deciding takes more than looking up}
  boolean hasResiduals() {
    return hasResiduals;
  }

  /// {@return whether conditions are looked up}
  boolean isIndexed() {
    return slots.length > 0;
  }

  /// {@return whether what is not looked up was evaluated so often that it is made into code}
  boolean isHot() {
    return residuals.isHot();
  }

  /// {@return how many conditions there are}
  int size() {
    return conditions;
  }

  /// {@return what a condition is that is not indexed, within the same bounds}
  int test(Condition condition, Slots values) {
    values.fuel = fuel;
    return condition.test(values);
  }

  /// Decides all conditions.
  ///
  /// @param verdicts are overwritten
  void decide(Slots values, Verdicts verdicts) {
    Scratch scratch = spare.getAndSet(null);
    if (scratch == null) {
      scratch = new Scratch(everything.length);
    }
    narrow(values, scratch);
    if (hasResiduals) {
      evaluate(values, scratch);
    }
    report(scratch, verdicts);
    spare.set(scratch);
  }

  private void narrow(Slots values, Scratch scratch) {
    System.arraycopy(everything, 0, scratch.alive, 0, everything.length);
    Arrays.fill(scratch.faults, 0);
    for (SlotIndex slot : slots) {
      slot.narrow(values, scratch.alive, scratch.faults);
    }
  }

  private void evaluate(Slots values, Scratch scratch) {
    Residuals test = residuals.current();
    values.fuelEach(fuel);
    long burned = 0;
    int evaluated = 0;
    boolean overdue = false;
    for (int word = 0; word < withResidual.length; word++) {
      long wanted = withResidual[word] & scratch.alive[word];
      if (wanted == 0) {
        continue;
      }
      long holding = overdue ? 0 : test.holding(word, wanted, values);
      long faults = overdue ? wanted : values.takeFaults();
      scratch.alive[word] &= ~wanted | holding | faults;
      scratch.faults[word] |= faults;
      burned += values.takeBurned();
      evaluated += Long.bitCount(wanted);
      if (evaluated > RESIDUALS_BETWEEN_CHECKS || burned > FUEL_BETWEEN_CHECKS) {
        overdue = values.overdue();
        evaluated = 0;
        burned = 0;
      }
    }
    residuals.used();
  }

  private void report(Scratch scratch, Verdicts verdicts) {
    verdicts.clear();
    for (int word = 0; word < scratch.alive.length; word++) {
      long faults = scratch.faults[word];
      for (long left = scratch.alive[word]; left != 0; left &= left - 1) {
        int bit = Long.numberOfTrailingZeros(left);
        verdicts.set(conditionOf[(word << 6) + bit], (faults & (1L << bit)) != 0);
      }
    }
    verdicts.settle();
  }
}
