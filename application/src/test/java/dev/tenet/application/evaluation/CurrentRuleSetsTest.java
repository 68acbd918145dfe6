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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class CurrentRuleSetsTest {

  private static final TenantId OTHER = new TenantId(new UUID(1, 2));

  private final FixedStates store = new FixedStates();
  private final CountingCompiler compiler = new CountingCompiler();
  private final CurrentRuleSets ruleSets = new CurrentRuleSets(store, compiler);

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

  private static RuleSet ruleSet(long revision) {
    return new ScriptedRuleCompiler().compile(state(TENANT, revision, "true")).ruleSet();
  }

  private static long revision(Optional<RuleSet> ruleSet) {
    return ruleSet.orElseThrow().revision();
  }

  @Test
  void compilesAColdTenantOnceHoweverManyRead() {
    store.put(state(TENANT, 3, "true"));

    List<RuleSet> read = AtOnce.run(50, i -> ruleSets.of(TENANT).orElseThrow());

    assertThat(compiler.compiled).hasValue(1);
    assertThat(read).allSatisfy(ruleSet -> assertThat(ruleSet).isSameAs(read.getFirst()));
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
            });

    AtOnce.run(
        2,
        i -> {
          if (i == 0) {
            return held.of(TENANT).orElseThrow();
          }
          await(compiling);
          RuleSet other = held.of(OTHER).orElseThrow();
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
    ruleSets.publish(TENANT, ruleSet(5));
    ruleSets.publish(TENANT, ruleSet(4));

    assertThat(revision(ruleSets.of(TENANT))).isEqualTo(5);
    ruleSets.publish(TENANT, ruleSet(6));
    assertThat(revision(ruleSets.of(TENANT))).isEqualTo(6);
    assertThat(compiler.compiled).hasValue(0);
  }

  @Test
  void revisionsOnlyGrowUnderContention() {
    List<RuleSet> published =
        LongStream.range(0, 800).mapToObj(CurrentRuleSetsTest::ruleSet).toList();
    ruleSets.publish(TENANT, ruleSet(0));

    AtOnce.run(
        8,
        i -> {
          long seen = 0;
          for (int n = 0; n < 100; n++) {
            if (i < 4) {
              ruleSets.publish(TENANT, published.get((n * 8 + i) % 800));
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
    var overtaken = new CurrentRuleSets[] {new CurrentRuleSets(store, compiler)};
    overtaken[0] =
        new CurrentRuleSets(
            store,
            new CountingCompiler() {
              @Override
              public Compilation compile(TenantState state) {
                overtaken[0].publish(TENANT, ruleSet(2));
                return super.compile(state);
              }
            });

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
    var down = new CurrentRuleSets(new NoStore(), compiler);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> down.of(TENANT)).isInstanceOf(StoreUnavailable.class);
    }
    assertThat(down.size()).isZero();
    down.publish(TENANT, ruleSet(1));
    assertThat(revision(down.of(TENANT))).isEqualTo(1);
  }
}
