package dev.tenet.application.evaluation;

import static dev.tenet.application.evaluation.FixedStates.TENANT;
import static dev.tenet.application.evaluation.FixedStates.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.change.AtOnce;
import dev.tenet.application.store.NoStore;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class CurrentRuleSetsTest {

  private static final TenantId OTHER = new TenantId(new UUID(1, 2));

  private final FixedStates store = new FixedStates();
  private final CountingCompiler compiler = new CountingCompiler();
  private final CurrentRuleSets ruleSets =
      new CurrentRuleSets(store, compiler, CurrentRuleSets.Settings.ALONE);

  private static class CountingCompiler implements RuleCompiler {
    final AtomicInteger compiled = new AtomicInteger();

    @Override
    public Compilation compile(TenantState state) {
      compiled.incrementAndGet();
      return new ScriptedRuleCompiler().compile(state);
    }

    @Override
    public Check check(TenantState state, Expression expression) {
      return new ScriptedRuleCompiler().check(state, expression);
    }
  }

  private static void publish(CurrentRuleSets ruleSets, long revision) {
    TenantState state = state(TENANT, revision, "true");
    ruleSets.publish(TENANT, state, new ScriptedRuleCompiler().compile(state), System.nanoTime());
  }

  private static long revision(Optional<InForce> inForce) {
    return inForce.orElseThrow().revision();
  }

  @Test
  void compilesAColdTenantOnceHoweverManyRead() {
    store.put(state(TENANT, 3, "true"));

    List<InForce> read = AtOnce.run(50, i -> ruleSets.of(TENANT).orElseThrow());

    assertThat(compiler.compiled).hasValue(1);
    assertThat(read).allSatisfy(inForce -> assertThat(inForce).isSameAs(read.getFirst()));
    ruleSets.of(TENANT);
    assertThat(compiler.compiled).hasValue(1);
    assertThat(ruleSets.size()).isEqualTo(1);
  }

  @Test
  void readersOfOtherTenantsDoNotWaitForAColdOne() {
    store.put(state(TENANT, 1, "true")).put(state(OTHER, 1, "true"));
    var compiling = new CountDownLatch(1);
    var otherRead = new CountDownLatch(1);
    var held =
        new CurrentRuleSets(
            store,
            new CountingCompiler() {
              @Override
              public Compilation compile(TenantState state) {
                if (state.id().equals(TENANT)) {
                  compiling.countDown();
                  await(otherRead);
                }
                return super.compile(state);
              }
            },
            CurrentRuleSets.Settings.ALONE);

    AtOnce.run(
        2,
        i -> {
          if (i == 0) {
            return held.of(TENANT).orElseThrow();
          }
          await(compiling);
          InForce other = held.of(OTHER).orElseThrow();
          otherRead.countDown();
          return other;
        });

    assertThat(held.size()).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aNewerRevisionIsNeverReplacedByAnOlderOne() {
    publish(ruleSets, 5);
    publish(ruleSets, 4);

    assertThat(revision(ruleSets.of(TENANT))).isEqualTo(5);
    publish(ruleSets, 6);
    assertThat(revision(ruleSets.of(TENANT))).isEqualTo(6);
    assertThat(compiler.compiled).hasValue(0);
  }

  @Test
  void revisionsOnlyGrowUnderContention() {
    publish(ruleSets, 0);

    AtOnce.run(
        8,
        i -> {
          long seen = 0;
          for (int n = 0; n < 100; n++) {
            if (i < 4) {
              publish(ruleSets, n * 8 + i);
            }
            long revision = revision(ruleSets.of(TENANT));
            assertThat(revision).isGreaterThanOrEqualTo(seen);
            seen = revision;
          }
          return i;
        });

    assertThat(revision(ruleSets.of(TENANT))).isEqualTo(99 * 8 + 3);
  }

  @Test
  void aLoadThatIsOvertakenByAPublicationGivesThePublishedOne() {
    store.put(state(TENANT, 1, "true"));
    var overtaken =
        new CurrentRuleSets[] {
          new CurrentRuleSets(store, compiler, CurrentRuleSets.Settings.ALONE)
        };
    overtaken[0] =
        new CurrentRuleSets(
            store,
            new CountingCompiler() {
              @Override
              public Compilation compile(TenantState state) {
                publish(overtaken[0], 2);
                return super.compile(state);
              }
            },
            CurrentRuleSets.Settings.ALONE);

    assertThat(revision(overtaken[0].of(TENANT))).isEqualTo(2);
    assertThat(revision(overtaken[0].of(TENANT))).isEqualTo(2);
  }

  @Test
  void loadsAnewWhatIsOlderThanAskedFor() {
    store.put(state(TENANT, 1, "true"));
    ruleSets.of(TENANT);
    store.put(state(TENANT, 2, "true"));

    assertThat(revision(ruleSets.of(TENANT))).isEqualTo(1);
    assertThat(revision(ruleSets.of(TENANT, 1))).isEqualTo(1);
    assertThat(revision(ruleSets.of(TENANT, 2))).isEqualTo(2);
    assertThat(revision(ruleSets.of(TENANT))).isEqualTo(2);
    assertThat(compiler.compiled).hasValue(2);
  }

  @Test
  void askingForWhatTheStoreDoesNotHaveCompilesNothing() {
    store.put(state(TENANT, 1, "true"));
    ruleSets.of(TENANT);

    for (int i = 0; i < 10; i++) {
      assertThat(revision(ruleSets.of(TENANT, Long.MAX_VALUE))).isEqualTo(1);
    }
    assertThat(compiler.compiled).hasValue(1);
  }

  @Test
  void unknownTenantsLeaveNothingInMemory() {
    AtOnce.run(
        8,
        i -> {
          for (int n = 0; n < 100; n++) {
            assertThat(ruleSets.of(new TenantId(new UUID(7, n)))).isEmpty();
            assertThat(ruleSets.of(new TenantId(new UUID(7, n)), 5)).isEmpty();
          }
          return i;
        });

    assertThat(ruleSets.size()).isZero();
    assertThat(compiler.compiled).hasValue(0);
  }

  @Test
  void forgetsADeletedTenant() {
    store.put(state(TENANT, 1, "true"));
    ruleSets.of(TENANT);
    store.remove(TENANT);
    assertThat(ruleSets.of(TENANT)).isPresent();

    ruleSets.forget(TENANT);

    assertThat(ruleSets.of(TENANT)).isEmpty();
    assertThat(ruleSets.size()).isZero();
    ruleSets.forget(TENANT);
  }

  @Test
  void takesTurnsPerTenant() {
    assertThat(ruleSets.turn(TENANT)).isSameAs(ruleSets.turn(TENANT));
    assertThat(ruleSets.turn(TENANT)).isNotSameAs(ruleSets.turn(OTHER));
    assertThat(ruleSets.size()).isZero();
  }

  @Test
  void aStoreThatDoesNotAnswerHoldsNobodyUp() {
    var down = new CurrentRuleSets(new NoStore(), compiler, CurrentRuleSets.Settings.ALONE);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> down.of(TENANT)).isInstanceOf(StoreUnavailable.class);
    }
    assertThat(down.size()).isZero();
    publish(down, 1);
    assertThat(revision(down.of(TENANT))).isEqualTo(1);
  }

  @Test
  void waitsForARevisionUntilItIsPublished() {
    store.put(state(TENANT, 1, "true"));
    var patient =
        new CurrentRuleSets(
            store,
            compiler,
            new CurrentRuleSets.Settings(
                1 << 20, false, Duration.ofHours(1), Duration.ofMinutes(1)));
    patient.of(TENANT);

    List<Long> seen =
        AtOnce.run(
            5,
            i -> {
              if (i == 0) {
                publish(patient, 2);
                publish(patient, 3);
                publish(patient, 4);
                return 3L;
              }
              return revision(patient.of(TENANT, 3));
            });

    assertThat(seen).allSatisfy(revision -> assertThat(revision).isGreaterThanOrEqualTo(3));
  }

  @Test
  void allWhoWaitForTheSameLoadShareItsFailure() throws InterruptedException {
    var asked = new AtomicInteger();
    var asking = new CountDownLatch(1);
    var failing = new CountDownLatch(1);
    var down =
        new CurrentRuleSets(
            new NoStore() {
              @Override
              public OptionalLong revision(TenantId tenant) {
                asked.incrementAndGet();
                asking.countDown();
                await(failing);
                return super.revision(tenant);
              }
            },
            compiler,
            CurrentRuleSets.Settings.ALONE);
    var failures = new AtomicInteger();
    Runnable reader =
        () -> {
          try {
            down.of(TENANT);
          } catch (StoreUnavailable e) {
            failures.incrementAndGet();
          }
        };

    Thread first = Thread.ofPlatform().start(reader);
    await(asking);
    List<Thread> others =
        Stream.generate(() -> Thread.ofPlatform().start(reader)).limit(5).toList();
    for (Thread other : others) {
      while (other.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    failing.countDown();
    first.join();
    for (Thread other : others) {
      other.join();
    }

    assertThat(failures).hasValue(6);
    assertThat(asked).hasValue(1);
  }

  @Test
  void evaluatesWhatIsTooOldOnlyAfterLookingAgain() {
    store.put(state(TENANT, 1, "true"));
    var strict =
        new CurrentRuleSets(
            store,
            compiler,
            new CurrentRuleSets.Settings(1 << 20, true, Duration.ZERO, Duration.ZERO));
    assertThat(revision(strict.of(TENANT))).isEqualTo(1);
    store.put(state(TENANT, 2, "true"));
    assertThat(revision(strict.of(TENANT))).isEqualTo(2);
    store.remove(TENANT);
    assertThat(strict.of(TENANT)).isEmpty();
  }

  /// Over a store that others change, too.
  private CurrentRuleSets shared() {
    return new CurrentRuleSets(
        store,
        compiler,
        new CurrentRuleSets.Settings(1 << 20, true, Duration.ofHours(1), Duration.ofMinutes(1)));
  }

  @Test
  void aLookConfirmsWhatIsInMemoryAndFindsWhatChanged() {
    store.put(state(TENANT, 1, "true")).put(state(OTHER, 1, "true"));
    CurrentRuleSets shared = shared();
    InForce before = shared.of(TENANT).orElseThrow();
    shared.of(OTHER);
    Duration age = shared.age(before);

    shared.looked(Map.of(TENANT, 1L, OTHER, 1L), System.nanoTime() - age.toNanos() / 2);
    assertThat(shared.of(TENANT)).containsSame(before);
    assertThat(ruleSets.age(before)).isZero();

    store.put(state(TENANT, 2, "true"));
    shared.looked(Map.of(TENANT, 2L, OTHER, 1L), System.nanoTime());
    assertThat(revision(shared.of(TENANT, 2))).isEqualTo(2);
    store.remove(TENANT);
    shared.gone(TENANT);
    while (shared.size() > 1) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anAnnouncementLoadsWhatIsInMemoryAndNothingElse() {
    store.put(state(TENANT, 1, "true")).put(state(OTHER, 7, "true"));
    CurrentRuleSets shared = shared();
    shared.of(TENANT);
    store.put(state(TENANT, 2, "true"));

    shared.announced(OTHER, 7);
    shared.announced(TENANT, 2);

    while (revision(shared.of(TENANT)) < 2) {
      Thread.onSpinWait();
    }
    assertThat(compiler.compiled).hasValue(2);
    assertThat(shared.size()).isEqualTo(1);
  }

  @Test
  void aTenantThatWasDeletedAndCreatedAgainIsFoundByItsLowerRevision() {
    store.put(state(TENANT, 5, "true"));
    ruleSets.of(TENANT);
    store.put(state(TENANT, 2, "false"));

    assertThat(revision(ruleSets.present(TENANT))).isEqualTo(2);
    assertThat(revision(ruleSets.of(TENANT))).isEqualTo(2);
  }

  @Test
  void presentStatesComeFromMemoryWhileTheyAreThePresentOnes() {
    store.put(state(TENANT, 1, "true"));
    assertThat(ruleSets.state(TENANT)).contains(state(TENANT, 1, "true"));
    assertThat(compiler.compiled).hasValue(0);
    InForce inForce = ruleSets.present(TENANT).orElseThrow();

    assertThat(ruleSets.state(TENANT)).containsSame(inForce.state());
    store.put(state(TENANT, 2, "true"));
    assertThat(ruleSets.state(TENANT)).contains(state(TENANT, 2, "true"));
    store.remove(TENANT);
    assertThat(ruleSets.state(TENANT)).isEmpty();
    assertThat(ruleSets.present(TENANT)).isEmpty();
    assertThat(ruleSets.size()).isZero();
  }

  @Test
  void keepsAsManyTenantsAsMemoryAllows() {
    var small =
        new CurrentRuleSets(
            store,
            compiler,
            new CurrentRuleSets.Settings(200_000, false, Duration.ofHours(1), Duration.ZERO));
    for (int i = 0; i < 100; i++) {
      TenantId tenant = new TenantId(new UUID(8, i));
      store.put(state(tenant, 1, "true"));
      assertThat(revision(small.of(tenant))).isEqualTo(1);
    }

    assertThat(small.size()).isBetween(1, 10);
    assertThat(small.figures().evictions()).isEqualTo(100 - small.size());
    assertThat(revision(small.of(new TenantId(new UUID(8, 0))))).isEqualTo(1);
  }

  @Test
  void tellsHowOftenDefinitionsWereInMemory() {
    store.put(state(TENANT, 1, "true"));
    for (int i = 0; i < 5; i++) {
      assertThat(ruleSets.of(TENANT)).isPresent();
    }
    assertThat(ruleSets.of(OTHER)).isEmpty();

    assertThat(ruleSets.figures())
        .returns(1, CurrentRuleSets.Figures::tenants)
        .returns(4L, CurrentRuleSets.Figures::hits)
        .returns(2L, CurrentRuleSets.Figures::misses)
        .returns(1L, CurrentRuleSets.Figures::loads)
        .returns(0L, CurrentRuleSets.Figures::evictions)
        .satisfies(figures -> assertThat(figures.weight()).isPositive());
  }
}
