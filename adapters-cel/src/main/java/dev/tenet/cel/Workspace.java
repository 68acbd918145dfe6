package dev.tenet.cel;

import dev.tenet.application.evaluation.TimeSlice;
import dev.tenet.cel.index.Verdicts;
import dev.tenet.cel.plan.Slots;
import dev.tenet.cel.plan.TimeLimit;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.tenant.Limits;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a decision needs while it is made, reused by the next one of the same rules, so that a decision takes no memory but
/// its answer's. Confined to one thread at a time.
final class Workspace implements Slots.Fallback {

  private final DerivedFields derived;
  private final Slots slots;
  private final Verdicts verdicts;
  private final Outcomes outcomes = new Outcomes();
  private final TimeLimit time = new TimeLimit();
  private final TimeSlice own = new TimeSlice();
  private @Nullable Facts facts;
  private @Nullable Instant now;
  private @Nullable Limits limits;
  private @Nullable DecisionRun run;

  /// @param rules how many rules there are
  /// @param slots how many derived fields have slots
  Workspace(int rules, DerivedFields derived, int slots) {
    this.derived = derived;
    this.slots = new Slots(slots, this);
    this.verdicts = new Verdicts(rules);
  }

  /// @param slice of who computes, who closes it; null for one that ends with the decision
  void open(Facts given, Instant moment, Limits within, @Nullable TimeSlice slice) {
    facts = given;
    now = moment;
    limits = within;
    time.begin(within.evaluationTime(), slice == null ? own : slice);
    slots.open(given, time);
  }

  /// Forgets the decision.
  void close() {
    facts = null;
    run = null;
    slots.close();
    outcomes.clear();
    own.close();
  }

  Slots slots() {
    return slots;
  }

  Verdicts verdicts() {
    return verdicts;
  }

  /// {@return the outcomes collected so far; to be copied before the workspace is closed}
  Outcomes outcomes() {
    return outcomes;
  }

  /// {@return the decision by the nodes, which most decisions can do without}
  DecisionRun run() {
    DecisionRun known = run;
    if (known == null) {
      known =
          new DecisionRun(
              Objects.requireNonNull(facts),
              Objects.requireNonNull(now),
              derived,
              Objects.requireNonNull(limits),
              time);
      run = known;
    }
    return known;
  }

  @Override
  public int test(Object expression) {
    return run().test((ExactPart) expression);
  }

  /// A list of outcomes that grows.
  static final class Outcomes extends AbstractList<RuleOutcome> {

    private static final int FIRST = 16;

    private @Nullable RuleOutcome[] elements = new @Nullable RuleOutcome[FIRST];
    private int size;

    @Override
    public boolean add(RuleOutcome outcome) {
      if (size == elements.length) {
        elements = Arrays.copyOf(elements, 2 * size);
      }
      elements[size++] = outcome;
      return true;
    }

    @Override
    public RuleOutcome get(int index) {
      return Objects.requireNonNull(elements[Objects.checkIndex(index, size)]);
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Object[] toArray() {
      return Arrays.copyOf(elements, size, Object[].class);
    }

    @Override
    public void clear() {
      Arrays.fill(elements, 0, size, null);
      size = 0;
    }
  }
}
