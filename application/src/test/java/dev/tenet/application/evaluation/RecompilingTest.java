package dev.tenet.application.evaluation;

import static dev.tenet.application.evaluation.FixedStates.TENANT;
import static dev.tenet.application.evaluation.FixedStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.store.NoStore;
import dev.tenet.domain.change.Verdict;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A compiler that changes while it is used.
@Timeout(120)
final class RecompilingTest {

  private static final TenantId OTHER = new TenantId(new UUID(1, 2));

  private final OneTenant store = new OneTenant();
  private final ChangingCompiler compiler = new ChangingCompiler();
  private final CurrentRuleSets ruleSets =
      new CurrentRuleSets(store, compiler, CurrentRuleSets.Settings.ALONE);
  private final PastRuleSets past = new PastRuleSets(store, compiler, 1 << 20);

  /// One rule, at a revision that can be set.
  private static final class OneTenant extends NoStore {
    final AtomicLong revision = new AtomicLong(3);

    @Override
    public OptionalLong revision(TenantId tenant) {
      return OptionalLong.of(revision.get());
    }

    @Override
    public Optional<TenantState> load(TenantId tenant) {
      return loadAt(tenant, revision.get());
    }

    @Override
    public Optional<TenantState> loadAt(TenantId tenant, long wanted) {
      return Optional.of(state(tenant, wanted, "User.Adult"));
    }
  }

  /// Takes all rules or, after a change, none.
  private static final class ChangingCompiler implements RuleCompiler {
    private final Map<RuleSet, Boolean> made = Collections.synchronizedMap(new IdentityHashMap<>());
    private final CountDownLatch compiling = new CountDownLatch(1);
    private volatile CountDownLatch mayGoOn = new CountDownLatch(0);
    private volatile boolean willing = true;

    @Override
    public Compilation compile(TenantState state) {
      boolean accepting = willing;
      compiling.countDown();
      RecompilingTest.await(mayGoOn);
      Compilation compilation =
          accepting
              ? new ScriptedRuleCompiler().compile(state)
              : new Compilation(
                  new ScriptedRuleSet(state, List.of()),
                  new Verdict(
                      state.rules().stream().collect(Collectors.toMap(Rule::id, _ -> faults())),
                      Map.of(),
                      Map.of()));
      made.put(compilation.ruleSet(), accepting);
      return compilation;
    }

    @Override
    public boolean isOutdated(RuleSet ruleSet) {
      return !Boolean.valueOf(willing).equals(made.get(ruleSet));
    }

    @Override
    public Check check(TenantState state, Expression expression) {
      return Check.NOTHING;
    }
  }

  private static List<Diagnostic> faults() {
    return List.of(
        Diagnostic.error(
            "unknown_function", new Location.Span("expression", 0, 1, 1, 1), "It is gone."));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Diagnostic> faults(Optional<TenantState> state) {
    return state.orElseThrow().rules().getFirst().faults();
  }

  private static int active(InForce inForce) {
    return inForce.compilation().ruleSet().size();
  }

  private InForce present() {
    return ruleSets.of(TENANT).orElseThrow();
  }

  @Test
  void whatIsInMemoryIsCompiledAnewAndWhoHasTheOldOneKeepsIt() {
    InForce before = present();
    InForce other = ruleSets.of(OTHER).orElseThrow();
    compiler.willing = false;

    ruleSets.recompile().join();

    assertThat(active(before)).isEqualTo(1);
    assertThat(active(present())).isZero();
    assertThat(active(ruleSets.of(OTHER).orElseThrow())).isZero();
    assertThat(present().revision()).isEqualTo(before.revision());
    assertThat(other.revision()).isEqualTo(3);
    assertThat(ruleSets.figures().loads()).isEqualTo(2);
  }

  @Test
  void whatHasNotChangedIsNotCompiledAnew() {
    InForce before = present();

    ruleSets.recompile().join();

    assertThat(present()).isSameAs(before);
  }

  /// Nobody knows of the tenant when the others are compiled anew.
  @Test
  void aLoadThatBeganBeforeTheChangeIsCompiledAnewToo()
      throws ExecutionException, InterruptedException {
    compiler.mayGoOn = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<InForce> loading = executor.submit(this::present);
      await(compiler.compiling);
      compiler.willing = false;
      ruleSets.recompile().join();
      compiler.mayGoOn.countDown();
      assertThat(active(loading.get())).isEqualTo(1);
    }
    while (active(present()) > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aRevisionThatCameMeanwhileStays() throws ExecutionException, InterruptedException {
    present();
    compiler.willing = false;
    compiler.mayGoOn = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> recompiling = executor.submit(() -> ruleSets.recompile().join());
      store.revision.set(4);
      Future<Optional<InForce>> newer = executor.submit(() -> ruleSets.present(TENANT));
      compiler.mayGoOn.countDown();
      recompiling.get();
      assertThat(newer.get().orElseThrow().revision()).isEqualTo(4);
    }
    assertThat(present().revision()).isEqualTo(4);
    assertThat(active(present())).isZero();
  }

  @Test
  void whatIsSeenFollowsTheCompilerAndWhatIsStoredStays() {
    assertThat(faults(ruleSets.seen(TENANT))).isEmpty();
    compiler.willing = false;
    ruleSets.recompile().join();

    assertThat(faults(ruleSets.seen(TENANT))).isEqualTo(faults());
    assertThat(faults(ruleSets.state(TENANT))).isEmpty();

    compiler.willing = true;
    ruleSets.recompile().join();
    assertThat(faults(ruleSets.seen(TENANT))).isEmpty();
  }

  @Test
  void aColdTenantIsSeenAsTheCompilerSeesIt() {
    compiler.willing = false;

    assertThat(faults(ruleSets.seen(TENANT))).isEqualTo(faults());
  }

  @Test
  void pastRevisionsAreForgotten() {
    InForce before = past.at(present(), 2).orElseThrow();
    compiler.willing = false;
    past.forget();

    assertThat(active(before)).isEqualTo(1);
    assertThat(active(past.at(present(), 2).orElseThrow())).isZero();
  }

  @Test
  void aPastRevisionThatWasInTheMakingIsNotKept() throws ExecutionException, InterruptedException {
    InForce present = present();
    compiler.mayGoOn = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<InForce> loading = executor.submit(() -> past.at(present, 2).orElseThrow());
      compiler.willing = false;
      past.forget();
      compiler.mayGoOn.countDown();
      loading.get();
    }
    assertThat(active(past.at(present, 2).orElseThrow())).isZero();
  }
}
