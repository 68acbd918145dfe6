package dev.tenet.application.evaluation;

import static dev.tenet.application.evaluation.FixedStates.TENANT;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tenet.application.evaluation.CurrentRuleSets.Settings;
import dev.tenet.application.evaluation.RuleCompiler.Compilation;
import dev.tenet.domain.tenant.TenantState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJJ_Result;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/// What two threads do at the same moment to the definitions in force of one tenant, and what may come of it.
///
/// Outcomes are the revisions that were seen, 0 where there were no definitions; those not listed are forbidden. Two
/// threads, because jcstress wants a processor for each.
public final class PublishStress {

  private static final RuleCompiler COMPILER = new ScriptedRuleCompiler();
  private static final List<TenantState> STATES =
      LongStream.rangeClosed(0, 5).mapToObj(n -> FixedStates.state(TENANT, n, "true")).toList();
  private static final List<Compilation> COMPILATIONS =
      STATES.stream().map(COMPILER::compile).toList();

  private PublishStress() {}

  static InForce compiled(int revision) {
    TenantState state = STATES.get(revision);
    return new InForce(state, COMPILER.compile(state), System.nanoTime());
  }

  /// The definitions in force, and the store behind them.
  abstract static class Node {

    /// Who is woken never waits as long; who is not, does.
    private static final Settings SETTINGS =
        new Settings(1 << 20, true, Duration.ofHours(1), Duration.ofSeconds(5));

    final FixedStates store = new FixedStates();
    final CurrentRuleSets ruleSets = new CurrentRuleSets(store, COMPILER, SETTINGS);

    final void store(int revision) {
      store.put(STATES.get(revision));
    }

    final void publish(int revision) {
      ruleSets.publish(TENANT, STATES.get(revision), COMPILATIONS.get(revision), System.nanoTime());
    }

    final void change(int revision) {
      store(revision);
      publish(revision);
    }

    final long read() {
      return revision(ruleSets.of(TENANT));
    }

    static long revision(Optional<InForce> inForce) {
      return inForce.map(InForce::revision).orElse(0L);
    }
  }

  @JCStressTest
  @State
  @Outcome(id = "3, (2, 2|2, 3|3, 3), 3", expect = ACCEPTABLE, desc = "The newer one stays.")
  public static class TwoPublications extends Node {

    public TwoPublications() {
      publish(1);
    }

    @Actor
    public void newer(JJJJ_Result seen) {
      publish(3);
      seen.r1 = read();
    }

    @Actor
    public void older(JJJJ_Result seen) {
      publish(2);
      seen.r2 = read();
      seen.r3 = read();
    }

    @Arbiter
    public void afterwards(JJJJ_Result seen) {
      seen.r4 = read();
    }
  }

  @JCStressTest
  @State
  @Outcome(id = "1, [123], 3|2, [23], 3|3, 3, 3", expect = ACCEPTABLE, desc = "Revisions grow.")
  public static class ReadBesidePublications extends Node {

    public ReadBesidePublications() {
      publish(1);
    }

    @Actor
    public void publisher() {
      publish(2);
      publish(3);
    }

    @Actor
    public void reader(JJJ_Result seen) {
      seen.r1 = read();
      seen.r2 = read();
    }

    @Arbiter
    public void afterwards(JJJ_Result seen) {
      seen.r3 = read();
    }
  }

  @JCStressTest
  @State
  @Outcome(id = "2, [02]", expect = ACCEPTABLE, desc = "Published, and perhaps dropped later.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Dropped at once.")
  public static class DropBesidePublication extends Node {

    public DropBesidePublication() {
      publish(1);
    }

    @Actor
    public void publisher(JJ_Result seen) {
      publish(2);
      seen.r1 = read();
    }

    @Actor
    public void dropper() {
      ruleSets.forget(TENANT);
    }

    @Arbiter
    public void afterwards(JJ_Result seen) {
      seen.r2 = read();
    }
  }

  @JCStressTest
  @State
  @Outcome(id = "[01], 0", expect = ACCEPTABLE, desc = "A deleted tenant does not come back.")
  public static class DeletionBesideLoad extends Node {

    public DeletionBesideLoad() {
      store(1);
    }

    @Actor
    public void reader(JJ_Result seen) {
      seen.r1 = read();
    }

    @Actor
    public void deleter() {
      store.remove(TENANT);
      ruleSets.forget(TENANT);
    }

    @Arbiter
    public void afterwards(JJ_Result seen) {
      seen.r2 = read();
    }
  }

  @JCStressTest
  @State
  @Outcome(id = "[12], 2", expect = ACCEPTABLE, desc = "What was loaded does not replace it.")
  public static class ChangeBesideFirstLoad extends Node {

    public ChangeBesideFirstLoad() {
      store(1);
    }

    @Actor
    public void reader(JJ_Result seen) {
      seen.r1 = read();
    }

    @Actor
    public void writer() {
      change(2);
    }

    @Arbiter
    public void afterwards(JJ_Result seen) {
      seen.r2 = read();
    }
  }

  @JCStressTest
  @State
  @Outcome(id = "[23], 3", expect = ACCEPTABLE, desc = "What was loaded does not replace it.")
  public static class ChangeBesideReload extends Node {

    public ChangeBesideReload() {
      publish(1);
      store(2);
    }

    @Actor
    public void reader(JJ_Result seen) {
      seen.r1 = revision(ruleSets.present(TENANT));
    }

    @Actor
    public void writer() {
      change(3);
    }

    @Arbiter
    public void afterwards(JJ_Result seen) {
      seen.r2 = read();
    }
  }

  /// The tenant was deleted and created again elsewhere: only what was known before the store was asked may be replaced by
  /// something lower.
  @JCStressTest
  @State
  @Outcome(
      id = "[23], 3",
      expect = ACCEPTABLE,
      desc = "The old tenant is replaced, the change stays.")
  public static class ChangeBesideLoadOfTenantCreatedAgain extends Node {

    public ChangeBesideLoadOfTenantCreatedAgain() {
      publish(5);
      store(2);
    }

    @Actor
    public void reader(JJ_Result seen) {
      seen.r1 = revision(ruleSets.present(TENANT));
    }

    @Actor
    public void writer() {
      change(3);
    }

    @Arbiter
    public void afterwards(JJ_Result seen) {
      seen.r2 = read();
    }
  }

  /// As before, but the deletion was heard of meanwhile, so that the change is not kept waiting by the old tenant.
  @JCStressTest
  @State
  @Outcome(id = "[23], 3, 3, 3", expect = ACCEPTABLE, desc = "The change stays.")
  public static class ChangeOfTenantCreatedAgainBesideLoad extends Node {

    public ChangeOfTenantCreatedAgainBesideLoad() {
      publish(5);
      store(2);
    }

    @Actor
    public void reader(JJJJ_Result seen) {
      seen.r1 = revision(ruleSets.present(TENANT));
    }

    @Actor
    public void writer(JJJJ_Result seen) {
      ruleSets.gone(TENANT);
      change(3);
      seen.r2 = read();
      seen.r3 = read();
    }

    @Arbiter
    public void afterwards(JJJJ_Result seen) {
      seen.r4 = read();
    }
  }

  @JCStressTest
  @State
  @Outcome(id = "[12], 2", expect = ACCEPTABLE, desc = "A look that came too early undoes nothing.")
  public static class LookBesideChange extends Node {

    public LookBesideChange() {
      change(1);
    }

    @Actor
    public void follower(JJ_Result seen) {
      ruleSets.looked(Map.of(TENANT, 1L), System.nanoTime());
      seen.r1 = read();
    }

    @Actor
    public void writer() {
      change(2);
    }

    @Arbiter
    public void afterwards(JJ_Result seen) {
      seen.r2 = read();
    }
  }

  @JCStressTest
  @State
  @Outcome(id = "3, 3, 3", expect = ACCEPTABLE, desc = "Who waits is woken once it is there.")
  public static class WaitBesideChange extends Node {

    public WaitBesideChange() {
      change(1);
    }

    @Actor
    public void reader(JJJ_Result seen) {
      seen.r1 = revision(ruleSets.of(TENANT, 3));
      seen.r2 = read();
    }

    @Actor
    public void writer() {
      change(2);
      change(3);
    }

    @Arbiter
    public void afterwards(JJJ_Result seen) {
      seen.r3 = read();
    }
  }

  /// Somebody else changed the tenant; nothing is published here.
  @JCStressTest
  @State
  @Outcome(
      id = "[12], 2, 2",
      expect = ACCEPTABLE,
      desc = "A load that began too early is not enough.")
  public static class WantedRevisionBesideLoad extends Node {

    public WantedRevisionBesideLoad() {
      store(1);
    }

    @Actor
    public void reader(JJJ_Result seen) {
      seen.r1 = read();
    }

    @Actor
    public void readerOfNewer(JJJ_Result seen) {
      store(2);
      seen.r2 = revision(ruleSets.of(TENANT, 2));
    }

    @Arbiter
    public void afterwards(JJJ_Result seen) {
      seen.r3 = read();
    }
  }
}
