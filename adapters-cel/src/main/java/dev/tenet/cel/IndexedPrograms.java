package dev.tenet.cel;

import dev.tenet.application.evaluation.TimeSlice;
import dev.tenet.cel.index.Bits;
import dev.tenet.cel.index.EditedIndex;
import dev.tenet.cel.index.ResidualCompiler;
import dev.tenet.cel.index.Verdicts;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.tenant.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The enabled rules of a tenant in their order, and the index that decides them all at once.
final class IndexedPrograms {

  /// How indexes are made.
  ///
  /// @param fuel what each condition may burn
  /// @param hot makes code of residuals
  /// @param background runs what nobody waits for
  record Indexing(long fuel, ResidualCompiler hot, Executor background) {

    private EditedIndex index(List<RuleProgram> programs) {
      return EditedIndex.of(conditions(programs), fuel, hot);
    }
  }

  /// The revisions of one rule set. At most one index is built for them at a time, however fast they change.
  private static final class Lineage {
    final AtomicBoolean building = new AtomicBoolean();
    volatile @Nullable IndexedPrograms latest;
  }

  private final List<RuleProgram> programs;
  private final Lineage lineage;
  private final Indexing indexing;
  private final DerivedSlots derived;

  /// The derived fields that rules use, or have used since the index was built, with those they use.
  private final List<String> filled;

  private final AtomicReference<@Nullable Workspace> spare = new AtomicReference<>();

  /// The outcomes of the rules without outputs when they match.
  private final @Nullable RuleOutcome[] matched;

  private volatile EditedIndex index;

  private IndexedPrograms(
      List<RuleProgram> programs,
      DerivedSlots derived,
      List<String> filled,
      Indexing indexing,
      EditedIndex index,
      Lineage lineage) {
    this.programs = programs;
    this.lineage = lineage;
    this.derived = derived;
    this.filled = filled;
    this.indexing = indexing;
    this.index = index;
    this.matched = new @Nullable RuleOutcome[programs.size()];
    for (int number = 0; number < matched.length; number++) {
      RuleProgram program = programs.get(number);
      matched[number] = program.outputs().isEmpty() ? program.matched() : null;
    }
  }

  static IndexedPrograms of(List<RuleProgram> programs, DerivedSlots derived, Indexing indexing) {
    Set<String> used = new HashSet<>();
    programs.forEach(program -> used.addAll(program.uses()));
    return new IndexedPrograms(
        programs,
        derived,
        derived.closure(used),
        indexing,
        indexing.index(programs),
        new Lineage());
  }

  /// {@return other programs with the same index at first; when it is worn, a new one is built meanwhile}
  IndexedPrograms edited(List<RuleProgram> now, DerivedSlots slots) {
    EditedIndex with = index.edited(conditions(now));
    Set<String> used = new HashSet<>(filled);
    with.added().forEach(number -> used.addAll(now.get(number).uses()));
    IndexedPrograms edited =
        new IndexedPrograms(now, slots, slots.closure(used), indexing, with, lineage);
    lineage.latest = edited;
    if (with.isWorn() && lineage.building.compareAndSet(false, true)) {
      indexing.background().execute(edited::rebuild);
    }
    return edited;
  }

  /// What is built takes a while; the latest revision by then has it, too, with the edits made meanwhile.
  private void rebuild() {
    try {
      EditedIndex built = indexing.index(programs);
      index = built;
      IndexedPrograms latest = lineage.latest;
      if (latest != null) {
        latest.index = built.edited(conditions(latest.programs));
      }
    } finally {
      lineage.building.set(false);
    }
  }

  /// {@return whether so many rules changed since the index was built that another one would pay}
  boolean isWorn() {
    return index.isWorn();
  }

  /// {@return whether conditions are looked up}
  boolean isIndexed() {
    return index.isIndexed();
  }

  /// {@return whether what is not looked up was evaluated so often that it is made into code}
  boolean isHot() {
    return index.isHot();
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

  /// {@return a workspace with facts, the slots of the derived fields filled as far as rules use them}
  ///
  /// @param slice of who computes, or null for the workspace's own
  Workspace open(Facts facts, Instant now, Limits limits, @Nullable TimeSlice slice) {
    Workspace known = spare.getAndSet(null);
    Workspace workspace =
        known == null ? new Workspace(programs.size(), derived.fields(), derived.size()) : known;
    workspace.open(facts, now, limits, slice);
    for (int i = 0; i < filled.size(); i++) {
      derived.fill(filled.get(i), workspace, indexing.fuel());
    }
    return workspace;
  }

  /// Takes a workspace back.
  void close(Workspace workspace) {
    workspace.close();
    spare.set(workspace);
  }

  /// {@return what one rule says of the facts}
  RuleOutcome decide(RuleProgram program, Workspace workspace, boolean trace) {
    Slots slots = workspace.slots();
    slots.fuel = indexing.fuel();
    int decided = slots.overdue() ? Condition.FAULT : program.typed().test(slots);
    return outcome(program, decided, workspace, trace);
  }

  private static RuleOutcome outcome(
      RuleProgram program, int decided, Workspace workspace, boolean trace) {
    return program.isPlain(decided, trace)
        ? program.plain(decided)
        : workspace.run().outcome(program, decided, trace);
  }

  /// Adds what all rules say of the facts to the outcomes of the workspace.
  ///
  /// @param tags only rules with one of these; empty for all
  /// @param matchedOnly whether rules that did not match are left out
  void decide(Workspace workspace, Set<String> tags, boolean matchedOnly) {
    Verdicts verdicts = workspace.verdicts();
    EditedIndex decider = index;
    decider.decide(workspace.slots(), verdicts);
    boolean evaluated = decider.hasResiduals() || !filled.isEmpty();
    if (evaluated && workspace.slots().overdue()) {
      verdicts.fail(programs.size());
    }
    if (matchedOnly) {
      telling(verdicts, workspace, tags);
    } else {
      all(verdicts, workspace, tags);
    }
  }

  private void telling(Verdicts verdicts, Workspace workspace, Set<String> tags) {
    boolean faults = verdicts.anyFaulty();
    for (int word = 0; word < verdicts.holding.length; word++) {
      long left = verdicts.holding[word] | (faults ? verdicts.faulty[word] : 0);
      for (; left != 0; left &= left - 1) {
        int number = (word << 6) + Long.numberOfTrailingZeros(left);
        RuleOutcome plain = matched[number];
        if (plain != null && tags.isEmpty() && Bits.has(verdicts.holding, number)) {
          workspace.outcomes().add(plain);
        } else if (programs.get(number).hasOneOf(tags)) {
          RuleOutcome outcome = outcome(number, verdicts, workspace);
          if (outcome.matched() || outcome.fault() != null) {
            workspace.outcomes().add(outcome);
          }
        }
      }
    }
  }

  private void all(Verdicts verdicts, Workspace workspace, Set<String> tags) {
    for (int number = 0; number < programs.size(); number++) {
      if (programs.get(number).hasOneOf(tags)) {
        workspace.outcomes().add(outcome(number, verdicts, workspace));
      }
    }
  }

  private RuleOutcome outcome(int number, Verdicts verdicts, Workspace workspace) {
    int decided =
        Bits.has(verdicts.holding, number)
            ? Condition.TRUE
            : Bits.has(verdicts.faulty, number) ? Condition.FAULT : Condition.FALSE;
    return outcome(programs.get(number), decided, workspace, false);
  }
}
