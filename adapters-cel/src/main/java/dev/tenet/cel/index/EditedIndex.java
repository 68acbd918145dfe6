package dev.tenet.cel.index;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A list of conditions with an index, or with the index of an earlier list and the few edits since: conditions of the index
/// may have other numbers now or be gone, and those that were added evaluate themselves. Immutable; safe for use by many
/// threads.
public final class EditedIndex {

  /// How many edits an index can always bear; a larger one bears one for so many conditions that it has.
  private static final int BEARABLE = 16;

  private static final int CONDITIONS_PER_EDIT = 32;
  private static final int NONE = -1;

  private final Condition[] conditions;
  private final ConditionIndex index;

  /// The number in the index of each condition, or -1.
  private final int[] indexed;

  /// The number that each condition of the index has now, or -1.
  private final int[] numberOf;

  /// The numbers of the conditions that are not in the index.
  private final int[] added;

  private final int edits;
  private final AtomicReference<@Nullable Verdicts> spare = new AtomicReference<>();

  private EditedIndex(Condition[] conditions, ConditionIndex index, int[] indexed) {
    this.conditions = conditions;
    this.index = index;
    this.indexed = indexed;
    this.numberOf = new int[index.size()];
    Arrays.fill(numberOf, NONE);
    int[] unknown = new int[indexed.length];
    int size = 0;
    for (int number = 0; number < indexed.length; number++) {
      if (indexed[number] == NONE) {
        unknown[size++] = number;
      } else {
        numberOf[indexed[number]] = number;
      }
    }
    this.added = Arrays.copyOf(unknown, size);
    this.edits = added.length + index.size() - (indexed.length - added.length);
  }

  /// {@return the conditions with an index of their own}
  public static EditedIndex of(List<Condition> conditions, long fuel, ResidualCompiler hot) {
    int[] indexed = new int[conditions.size()];
    Arrays.setAll(indexed, number -> number);
    return new EditedIndex(
        conditions.toArray(Condition[]::new), ConditionIndex.of(conditions, fuel, hot), indexed);
  }

  /// {@return other conditions with the same index; the same instances are the same conditions}
  @SuppressWarnings("ReferenceEquality") // equal conditions of two rules are still two
  public EditedIndex edited(List<Condition> now) {
    Condition[] next = now.toArray(Condition[]::new);
    int[] known = new int[next.length];
    int shorter = Math.min(next.length, conditions.length);
    int head = 0;
    while (head < shorter && next[head] == conditions[head]) {
      known[head] = indexed[head];
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && next[next.length - 1 - tail] == conditions[conditions.length - 1 - tail]) {
      known[next.length - 1 - tail] = indexed[conditions.length - 1 - tail];
      tail++;
    }
    IdentityHashMap<Condition, Integer> between = new IdentityHashMap<>();
    for (int number = head; number < conditions.length - tail; number++) {
      between.put(conditions[number], indexed[number]);
    }
    for (int number = head; number < next.length - tail; number++) {
      Integer before = between.remove(next[number]);
      known[number] = before == null ? NONE : before;
    }
    return new EditedIndex(next, index, known);
  }

  /// {@return the numbers of the conditions that the index does not have}
  public IntStream added() {
    return Arrays.stream(added);
  }

  /// {@return whether there are so many edits that an index of its own would pay}
  public boolean isWorn() {
    return edits > BEARABLE + conditions.length / CONDITIONS_PER_EDIT;
  }

  /// {@return whether conditions are looked up}
  public boolean isIndexed() {
    return index.isIndexed();
  }

  /// {@return whether what is not looked up was evaluated so often that it is made into code}
  public boolean isHot() {
    return index.isHot();
  }

  /// {@return whether deciding takes more than looking up}
  public boolean hasResiduals() {
    return added.length > 0 || index.hasResiduals();
  }

  /// Decides all conditions.
  ///
  /// @param verdicts are overwritten
  public void decide(Slots slots, Verdicts verdicts) {
    if (edits == 0) {
      index.decide(slots, verdicts);
      return;
    }
    Verdicts ofIndex = spare.getAndSet(null);
    if (ofIndex == null) {
      ofIndex = new Verdicts(index.size());
    }
    index.decide(slots, ofIndex);
    verdicts.clear();
    renumber(ofIndex.holding, verdicts, false);
    if (ofIndex.anyFaulty()) {
      renumber(ofIndex.faulty, verdicts, true);
    }
    spare.set(ofIndex);
    for (int number : added) {
      int outcome = index.test(conditions[number], slots);
      if (outcome != Condition.FALSE) {
        verdicts.set(number, outcome == Condition.FAULT);
      }
    }
  }

  private void renumber(long[] from, Verdicts to, boolean fault) {
    for (int word = 0; word < from.length; word++) {
      for (long left = from[word]; left != 0; left &= left - 1) {
        int number = numberOf[(word << 6) + Long.numberOfTrailingZeros(left)];
        if (number != NONE) {
          to.set(number, fault);
        }
      }
    }
  }
}
