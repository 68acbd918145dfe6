package dev.tenet.cel;

import dev.tenet.cel.index.Bits;
import dev.tenet.cel.index.EditedIndex;
import dev.tenet.cel.index.HotResiduals;
import dev.tenet.cel.index.Verdicts;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import dev.tenet.domain.evaluation.RuleOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The enabled rules of a tenant in their order, and the index that decides them all at once.
final class IndexedPrograms {

  /// How indexes are made.
  ///
  /// @param fuel what each condition may burn
  /// @param hot makes code of residuals
  /// @param background runs what nobody waits for
  record Indexing(long fuel, HotResiduals.Compiler hot, Executor background) {

    private EditedIndex index(List<RuleProgram> programs) {
      return EditedIndex.of(conditions(programs), fuel, hot);
    }
  }

  private final List<RuleProgram> programs;
  private final Indexing indexing;
  private final DerivedSlots derived;
  private final List<String> filled;
  private final AtomicReference<@Nullable Verdicts> spare = new AtomicReference<>();
  private volatile EditedIndex index;

  private IndexedPrograms(
      List<RuleProgram> programs, DerivedSlots derived, Indexing indexing, EditedIndex index) {
    this.programs = programs;
    this.derived = derived;
    this.indexing = indexing;
    this.index = index;
    Set<String> used = new HashSet<>();
    for (RuleProgram program : programs) {
      used.addAll(program.condition().checked().references().derived());
    }
    this.filled = derived.closure(used);
  }

  static IndexedPrograms of(List<RuleProgram> programs, DerivedSlots derived, Indexing indexing) {
    return new IndexedPrograms(programs, derived, indexing, indexing.index(programs));
  }

  /// {@return other programs with the same index at first; when it is worn, a new one is built meanwhile}
  IndexedPrograms edited(List<RuleProgram> now, DerivedSlots slots) {
    IndexedPrograms edited =
        new IndexedPrograms(now, slots, indexing, index.edited(conditions(now)));
    if (edited.index.isWorn()) {
      indexing.background().execute(() -> edited.index = indexing.index(now));
    }
    return edited;
  }

  private static List<Condition> conditions(List<RuleProgram> programs) {
    List<Condition> conditions = new ArrayList<>(programs.size());
    for (RuleProgram program : programs) {
      conditions.add(program.typed());
    }
    return conditions;
  }

  /// {@return the rules in their order}
  List<RuleProgram> all() {
    return programs;
  }

  /// {@return what one rule says of the facts of a run}
  ///
  /// @param slots those of the run, see [#slots(DecisionRun)]
  RuleOutcome decide(RuleProgram program, DecisionRun run, Slots slots, boolean trace) {
    slots.fuel = indexing.fuel();
    int decided = slots.overdue() ? Condition.FAULT : program.typed().test(slots);
    return run.outcome(program, decided, trace);
  }

  /// {@return the slots of a run, those of the derived fields filled as far as rules use them}
  Slots slots(DecisionRun run) {
    Slots slots = run.slots(derived.size());
    for (int i = 0; i < filled.size(); i++) {
      derived.fill(filled.get(i), slots, run, indexing.fuel());
    }
    return slots;
  }

  /// {@return what all rules say of the facts of a run}
  ///
  /// @param tags only rules with one of these; empty for all
  /// @param matchedOnly whether rules that did not match are left out
  List<RuleOutcome> decide(DecisionRun run, Set<String> tags, boolean matchedOnly) {
    Slots slots = slots(run);
    Verdicts verdicts = spare.getAndSet(null);
    if (verdicts == null) {
      verdicts = new Verdicts(programs.size());
    }
    index.decide(slots, verdicts);
    if (slots.overdue()) {
      verdicts.fail(programs.size());
    }
    List<RuleOutcome> outcomes =
        matchedOnly ? telling(verdicts, run, tags) : all(verdicts, run, tags);
    spare.set(verdicts);
    return outcomes;
  }

  private List<RuleOutcome> telling(Verdicts verdicts, DecisionRun run, Set<String> tags) {
    List<RuleOutcome> outcomes = new ArrayList<>();
    for (int word = 0; word < verdicts.holding.length; word++) {
      long left = verdicts.holding[word] | verdicts.faulty[word];
      for (; left != 0; left &= left - 1) {
        int number = (word << 6) + Long.numberOfTrailingZeros(left);
        RuleProgram program = programs.get(number);
        if (program.hasOneOf(tags)) {
          RuleOutcome outcome = outcome(program, number, verdicts, run);
          if (outcome.matched() || outcome.fault() != null) {
            outcomes.add(outcome);
          }
        }
      }
    }
    return outcomes;
  }

  private List<RuleOutcome> all(Verdicts verdicts, DecisionRun run, Set<String> tags) {
    List<RuleOutcome> outcomes = new ArrayList<>(programs.size());
    for (int number = 0; number < programs.size(); number++) {
      RuleProgram program = programs.get(number);
      if (program.hasOneOf(tags)) {
        outcomes.add(outcome(program, number, verdicts, run));
      }
    }
    return outcomes;
  }

  private static RuleOutcome outcome(
      RuleProgram program, int number, Verdicts verdicts, DecisionRun run) {
    int decided =
        Bits.has(verdicts.holding, number)
            ? Condition.TRUE
            : Bits.has(verdicts.faulty, number) ? Condition.FAULT : Condition.FALSE;
    return run.outcome(program, decided, false);
  }
}
