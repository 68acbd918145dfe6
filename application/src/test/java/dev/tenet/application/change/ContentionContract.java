package dev.tenet.application.change;

import static dev.tenet.application.change.Corridor.FACTS;
import static dev.tenet.application.change.Corridor.SCHEMA;
import static dev.tenet.application.change.Corridor.WITHOUT_ADULT;
import static dev.tenet.application.change.Corridor.accepted;
import static dev.tenet.application.change.Corridor.draft;
import static dev.tenet.application.change.Corridor.ifRevision;
import static dev.tenet.application.change.Corridor.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.evaluation.EvaluateFacts;
import dev.tenet.application.evaluation.EvaluateFacts.Wanted;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.NoStore;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.StoreWrapper;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.change.Command.DefineSchema.Precondition;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.decision.Requester;
import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RulePatch;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What holds when many change and evaluate at once: A8.04 to A8.11. A store's or compiler's own test extends this class.
@Timeout(180)
public abstract class ContentionContract {

  private Corridor corridor = new Corridor(new NoStore(), new ScriptedRuleCompiler());

  /// {@return a store without tenants}
  protected abstract TenantStore open();

  /// {@return a compiler to which `true`, `User.Adult` and the name of a derived field are expressions}
  protected abstract RuleCompiler compiler();

  @BeforeEach
  final void openCorridor() {
    corridor = new Corridor(open(), compiler());
  }

  @Test
  void a810FiveTimesTenAdditionsGiveExactlyFiftyRules() {
    TenantId tenant = corridor.tenantWithSchema();

    AtOnce.run(
        5,
        i -> {
          for (int n = 0; n < 10; n++) {
            corridor.rule(tenant, "rule " + i + '.' + n, "User.Adult");
          }
          return i;
        });

    assertThat(corridor.state(tenant).rules()).hasSize(50).doesNotHaveDuplicates();
    assertThat(corridor.state(tenant).revision()).isEqualTo(52);
    assertThat(corridor.outcomes(tenant)).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void aDuplicateNameIsTakenOnceHoweverManyAsk() {
    TenantId tenant = corridor.tenantWithSchema();

    List<ChangeResult<Rule>> results =
        AtOnce.run(10, i -> corridor.addRule.add(request(tenant), draft("same", "true")));

    assertThat(results).filteredOn(r -> r instanceof ChangeResult.Accepted<Rule>).hasSize(1);
    assertThat(results).filteredOn(r -> r instanceof ChangeResult.Rejected<Rule>).hasSize(9);
  }

  @Test
  void a213ParallelFirstSchemasGiveOne() {
    for (int round = 0; round < 10; round++) {
      TenantId tenant = corridor.tenant();

      List<ChangeResult<SchemaVersion>> results =
          AtOnce.run(
              8,
              i ->
                  corridor.defineSchema.define(request(tenant), SCHEMA, Precondition.FIRST, false));

      assertThat(results)
          .filteredOn(r -> r instanceof ChangeResult.Accepted<SchemaVersion>)
          .hasSize(1);
      assertThat(results)
          .filteredOn(r -> !(r instanceof ChangeResult.Accepted<SchemaVersion>))
          .allSatisfy(r -> assertThat(Corridor.rejected(r).code()).isEqualTo("schema_exists"));
    }
  }

  @Test
  void a213ParallelVersionsFollowOneAnother() {
    TenantId tenant = corridor.tenantWithSchema();

    List<Integer> versions =
        AtOnce.run(
            6,
            i ->
                accepted(
                        corridor.defineSchema.define(
                            request(tenant), SCHEMA, Precondition.ANY, false))
                    .version());

    assertThat(versions).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7);
    assertThat(corridor.state(tenant).activeSchema().orElseThrow().version()).isEqualTo(7);
  }

  @Test
  void oneOfManyRevisionsFromTheSameRevisionWins() {
    TenantId tenant = corridor.tenantWithSchema();
    Rule rule = corridor.rule(tenant, "r", "true");
    long revision = corridor.state(tenant).revision();

    List<ChangeResult<Rule>> results =
        AtOnce.run(
            8,
            i ->
                corridor.reviseRule.revise(
                    ifRevision(tenant, revision), rule.id(), named("by " + i)));

    assertThat(results).filteredOn(r -> r instanceof ChangeResult.Accepted<Rule>).hasSize(1);
    assertThat(results).filteredOn(new ChangeResult.Stale<Rule>(revision + 1)::equals).hasSize(7);
  }

  private static RulePatch named(String name) {
    return new RulePatch(
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void a809ARuleAddedDuringASchemaSwapIsNotLost() {
    for (int round = 0; round < 20; round++) {
      TenantId tenant = corridor.tenantWithSchema();

      AtOnce.run(
          3,
          i -> {
            if (i == 0) {
              accepted(corridor.define(tenant, SCHEMA));
            } else {
              corridor.rule(tenant, "rule " + i, "User.Adult");
            }
            return i;
          });

      assertThat(corridor.outcomes(tenant)).containsExactlyInAnyOrder("rule 1+", "rule 2+");
      assertThat(corridor.state(tenant).revision()).isEqualTo(5);
    }
  }

  @Test
  void a804A811SwapsUnderLoadLoseNothing() {
    TenantId tenant = corridor.tenantWithSchema();
    for (int i = 0; i < 5; i++) {
      corridor.rule(tenant, "adults " + i, "User.Adult");
      corridor.rule(tenant, "vips " + i, "User.Vip");
    }
    var swapping = new AtomicBoolean(true);

    AtOnce.run(
        5,
        i -> {
          if (i == 0) {
            for (int n = 0; n < 20; n++) {
              accepted(corridor.define(tenant, n % 2 == 0 ? WITHOUT_ADULT : SCHEMA));
            }
            swapping.set(false);
          } else {
            long seen = 0;
            for (int n = 0; n < 100 || (swapping.get() && n < 100_000); n++) {
              Decision decision = corridor.decide(tenant, FACTS, Selection.ALL);
              assertThat(decision.revision()).isGreaterThanOrEqualTo(seen);
              assertWhole(decision);
              seen = decision.revision();
            }
          }
          return i;
        });

    assertThat(corridor.outcomes(tenant)).hasSize(10);
  }

  /// Every other version breaks the rules that read `User.Adult`; nothing in between is ever seen.
  private static void assertWhole(Decision decision) {
    assertThat(decision.outcomes()).hasSize(decision.schemaVersion() % 2 == 1 ? 10 : 5);
    for (RuleOutcome outcome : decision.outcomes()) {
      assertThat(outcome.fault()).isNull();
      assertThat(outcome.matched()).isEqualTo(outcome.ruleName().startsWith("adults"));
    }
  }

  @Test
  void a810TenReadersAndThreeWriters() {
    TenantId tenant = corridor.tenantWithSchema();
    corridor.rule(tenant, "always", "true");

    AtOnce.run(
        13,
        i -> {
          for (int n = 0; n < (i < 3 ? 10 : 100); n++) {
            if (i < 3) {
              corridor.rule(tenant, "rule " + i + '.' + n, "true");
            } else {
              assertThat(corridor.outcomes(tenant)).startsWith("always+");
            }
          }
          return i;
        });

    assertThat(corridor.outcomes(tenant)).hasSize(31).allMatch(o -> o.endsWith("+"));
  }

  @Test
  void a808ASlowCompilationDelaysNeitherOtherTenantsNorEvaluations() {
    var slow = new SlowCompiler(compiler());
    var node = new Corridor(corridor.store, slow);
    TenantId busy = node.tenantWithSchema();
    node.rule(busy, "old", "true");
    TenantId other = node.tenantWithSchema();
    node.rule(other, "first", "true");
    slow.hold(busy);

    AtOnce.run(
        2,
        i -> {
          if (i == 0) {
            node.rule(busy, "new", "true");
          } else {
            slow.awaitHeld();
            try {
              node.rule(other, "second", "true");
              accepted(node.define(other, SCHEMA));
              assertThat(node.outcomes(other)).containsExactly("first+", "second+");
              assertThat(node.outcomes(busy)).containsExactly("old+");
            } finally {
              slow.release();
            }
          }
          return i;
        });

    assertThat(node.outcomes(busy)).containsExactly("old+", "new+");
  }

  @Test
  void whoeverWaitedWhileTheStoreWasFoundAwayIsToldAtOnce() throws InterruptedException {
    TenantId tenant = corridor.tenantWithSchema();
    var asked = new AtomicInteger();
    var faults = new ConcurrentLinkedQueue<Throwable>();
    var waiting = new AtomicReference<Thread>();
    var node =
        new Corridor(
            new StoreWrapper(corridor.store) {
              @Override
              public AppendResult append(
                  TenantId id, TenantState next, JournalEntry entry, AuditEvent audit) {
                asked.incrementAndGet();
                Thread second = waiting.get();
                second.start();
                while (second.getState() != Thread.State.WAITING) {
                  Thread.onSpinWait();
                }
                throw new StoreUnavailable("away");
              }
            },
            compiler());
    waiting.set(
        Thread.ofPlatform()
            .uncaughtExceptionHandler((_, fault) -> faults.add(fault))
            .unstarted(() -> node.rule(tenant, "second", "true")));

    assertThatThrownBy(() -> node.rule(tenant, "first", "true"))
        .isInstanceOf(StoreUnavailable.class);
    waiting.get().join();

    assertThat(faults).singleElement().isInstanceOf(StoreUnavailable.class);
    assertThat(asked).hasValue(1);
  }

  @Test
  void whoeverComesSecondDecidesAgainOnTheNewerState() {
    var otherNode = new Corridor(corridor.store, compiler());
    TenantId tenant = corridor.tenantWithSchema();
    var raced = new AtomicBoolean();
    var node =
        new Corridor(
            new StoreWrapper(corridor.store) {
              @Override
              public AppendResult append(
                  TenantId id, TenantState next, JournalEntry entry, AuditEvent audit) {
                if (raced.compareAndSet(false, true)) {
                  otherNode.rule(id, "first", "true");
                }
                return super.append(id, next, entry, audit);
              }
            },
            compiler());

    Rule second = node.rule(tenant, "second", "true");

    assertThat(corridor.state(tenant).rules())
        .extracting(Rule::name)
        .containsExactly("first", "second");
    assertThat(corridor.state(tenant).rule(second.id())).contains(second);
    assertThat(node.outcomes(tenant)).containsExactly("first+", "second+");
  }

  @Test
  void whoeverNeverComesFirstGivesUp() {
    TenantId tenant = corridor.tenantWithSchema();
    var attempts = new AtomicInteger();
    var node =
        new Corridor(
            new StoreWrapper(corridor.store) {
              @Override
              public AppendResult append(
                  TenantId id, TenantState next, JournalEntry entry, AuditEvent audit) {
                attempts.incrementAndGet();
                return new AppendResult.Conflict();
              }
            },
            compiler());

    assertThat(node.addRule.add(request(tenant), draft("r", "true")))
        .isInstanceOf(ChangeResult.Contended.class);
    assertThat(attempts).hasValueBetween(2, 100);
    assertThat(corridor.state(tenant).rules()).isEmpty();
  }

  @Test
  void a516WhenTheStoreFailsTheOldLogicStaysInForce() {
    TenantId tenant = corridor.tenantWithSchema();
    corridor.rule(tenant, "old", "User.Adult");
    var failing = new AtomicBoolean();
    var node =
        new Corridor(
            new StoreWrapper(corridor.store) {
              @Override
              public AppendResult append(
                  TenantId id, TenantState next, JournalEntry entry, AuditEvent audit) {
                if (failing.get()) {
                  throw new StoreUnavailable("down", new IllegalStateException("down"));
                }
                return super.append(id, next, entry, audit);
              }
            },
            compiler());
    assertThat(node.outcomes(tenant)).containsExactly("old+");
    failing.set(true);

    assertThatThrownBy(() -> node.rule(tenant, "new", "true")).isInstanceOf(StoreUnavailable.class);

    assertThat(node.outcomes(tenant)).containsExactly("old+");
    failing.set(false);
    node.rule(tenant, "new", "true");
    assertThat(node.outcomes(tenant)).containsExactly("old+", "new+");
  }

  @Test
  void twoNodesLoseNoRule() {
    var otherNode = new Corridor(corridor.store, compiler());
    TenantId tenant = corridor.tenantWithSchema();
    var accepted = new AtomicInteger();

    AtOnce.run(
        4,
        i -> {
          Corridor node = i % 2 == 0 ? corridor : otherNode;
          for (int n = 0; n < 10; n++) {
            var result = node.addRule.add(request(tenant), draft("rule " + i + '.' + n, "true"));
            if (result instanceof ChangeResult.Accepted<Rule>) {
              accepted.incrementAndGet();
            } else {
              assertThat(result).isInstanceOf(ChangeResult.Contended.class);
            }
          }
          return i;
        });

    assertThat(corridor.state(tenant).rules()).hasSize(accepted.get());
    assertThat(
            corridor
                .store
                .journal(tenant, false, new PageRequest<>(1000, Optional.empty()))
                .items())
        .hasSize(accepted.get() + 2);
  }

  @Test
  void aReaderMayAskForWhatAnotherNodeHasWritten() {
    var otherNode = new Corridor(corridor.store, compiler());
    TenantId tenant = corridor.tenantWithSchema();
    assertThat(otherNode.outcomes(tenant)).isEmpty();
    corridor.rule(tenant, "r", "true");

    assertThat(otherNode.evaluateFacts.open(tenant, new Wanted.AtLeast(4), Requester.UNKNOWN))
        .isEqualTo(new EvaluateFacts.Result.Behind(3));
    assertThat(otherNode.evaluateFacts.open(tenant, new Wanted.AtLeast(3), Requester.UNKNOWN))
        .isInstanceOf(EvaluateFacts.Result.Opened.class);
    assertThat(otherNode.outcomes(tenant)).containsExactly("r+");
  }

  @Test
  void tenantsOfTheSameShapeDecideApart() {
    List<TenantId> tenants =
        IntStream.range(0, 4).mapToObj(i -> corridor.tenantWithSchema()).toList();

    AtOnce.run(
        8,
        i -> {
          TenantId tenant = tenants.get(i % 4);
          String name = "rule " + i;
          corridor.rule(tenant, name, i % 2 == 0 ? "User.Adult" : "User.Vip");
          for (int n = 0; n < 50; n++) {
            assertThat(corridor.outcomes(tenant)).contains(name + (i % 2 == 0 ? "+" : "-"));
          }
          return i;
        });

    assertThat(corridor.ruleSets.size()).isEqualTo(4);
  }
}
