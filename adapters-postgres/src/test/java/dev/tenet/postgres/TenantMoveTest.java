package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.audit.AuditFilter;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.change.AtOnce;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.Corridor;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.audit.AuditChain.Verification;
import dev.tenet.domain.audit.AuditDetail;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import dev.tenet.postgres.TenantMove.Step;
import dev.tenet.spi.StoreProvider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Moving a tenant from one database to another, seen by the mover and by two nodes that know where it was before.
final class TenantMoveTest extends MovingTenants {

  TenantMoveTest() {
    super("move");
  }

  @Test
  void everythingMovesAndNothingStays() {
    TenantId tenant = tenant(130);
    TenantState state = node(0).state(tenant);
    List<String> changelog = changelog("main", tenant);
    audit(0).append(tenant, List.of(denial()));
    List<AuditRecord> audit = records(tenant);
    assertThat(audit).hasSize(137);

    move(tenant, "eu");

    assertThat(records(tenant)).isEqualTo(audit);
    assertThat(placesOfAudit(tenant)).containsExactly("eu");

    assertThat(placesOf(tenant)).containsExactly("eu");
    assertBothNodesFind(state);
    assertThat(changelog("eu", tenant)).isEqualTo(changelog).hasSize(3);
    assertThat(
            node(1).renameTenant.rename(Corridor.keyed(tenant, "key\u241b", "print"), "replayed"))
        .isInstanceOfSatisfying(
            ChangeResult.Accepted.class, accepted -> assertThat(accepted.replayed()).isTrue());
    assertTakesChanges(tenant);
    assertThat(report)
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("The tenant is in main; its changes are paused."),
            line -> assertThat(line).isEqualTo("136 journal entries are copied to eu."),
            line -> assertThat(line).startsWith("The copy is the same"),
            line ->
                assertThat(line)
                    .matches("The tenant is in eu now; .* paused for \\d+\\.\\d\\d s\\."),
            line -> assertThat(line).isEqualTo("Its old copy in main is removed."));

    move(tenant, "us");
    move(tenant, "main");
    assertThat(placesOf(tenant)).containsExactly("main");
    assertTakesChanges(tenant);
    audit(1).append(tenant, List.of(denial()));
    assertThat(records(tenant)).hasSize(142).endsWith(audit.toArray(AuditRecord[]::new));
    assertThat(audit(0).verify(tenant)).isInstanceOf(Verification.Proved.class);
    assertThat(placesOfAudit(tenant)).containsExactly("main");
    Corridor.accepted(node(1).deleteTenant.delete(Corridor.request(tenant)));
    assertThat(nodes[0].tenants().load(tenant)).isEmpty();
  }

  private AuditLog audit(int node) {
    return nodes[node].audit().orElseThrow();
  }

  private static AuditEvent denial() {
    return AuditEvent.of(
        Instant.parse("2026-01-31T08:30:00Z"),
        "mallory",
        "definitions:write",
        "tenant",
        Outcome.DENIED,
        "request",
        AuditDetail.NONE);
  }

  private List<AuditRecord> records(TenantId tenant) {
    return audit(1)
        .list(tenant, AuditFilter.ALL, new PageRequest<>(PageRequest.LARGEST, Optional.empty()))
        .items();
  }

  /// {@return the databases that have something of the tenant's audit}
  private List<String> placesOfAudit(TenantId tenant) {
    return operator.names().stream()
        .filter(name -> operator.get(name).auditHere().started(tenant))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void theAuditSurvivesAMoverThatEndsAnywhere(Step step) {
    TenantId tenant = tenant();
    List<AuditRecord> audit = records(tenant);
    crashAfter(step, tenant, "eu");

    boolean frozen = step.compareTo(Step.RELEASE) < 0;
    if (frozen) {
      assertThatThrownBy(() -> audit(0).append(tenant, List.of(denial())))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("is being moved");
    } else {
      audit(0).append(tenant, List.of(denial()));
    }
    assertThat(records(tenant)).hasSize(audit.size() + (frozen ? 0 : 1));
    move(tenant, "main");
    audit(0).append(tenant, List.of(denial()));
    move(tenant, "eu");
    audit(1).append(tenant, List.of(denial()));

    assertThat(records(tenant))
        .hasSize(audit.size() + (frozen ? 2 : 3))
        .endsWith(audit.toArray(AuditRecord[]::new));
    assertThat(audit(0).verify(tenant)).isInstanceOf(Verification.Proved.class);
    assertThat(placesOfAudit(tenant)).containsExactly("eu");
  }

  @Test
  void aBrokenChainMovesAsItIs() {
    TenantId tenant = tenant();
    databases.execute(
        "main",
        "SET app.tenant_id = '%s'; UPDATE audit_log SET actor = 'nobody' WHERE sequence = 3"
            .formatted(tenant));
    Verification broken = audit(0).verify(tenant);
    assertThat(broken).isInstanceOf(Verification.Broken.class);

    move(tenant, "eu");

    assertThat(audit(0).verify(tenant)).isEqualTo(broken);
    assertThat(placesOfAudit(tenant)).containsExactly("eu");
  }

  private List<String> changelog(String database, TenantId tenant) {
    return operator
        .get(database)
        .transactions()
        .inTenant(
            tenant,
            handle ->
                handle
                    .createQuery(
                        "SELECT (to_jsonb(l) - 'id')::text FROM schema_changelog l ORDER BY revision")
                    .mapTo(String.class)
                    .list());
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aMoverThatDiesLosesNothingAndTheSameMoveFinishes(Step step) {
    TenantId tenant = tenant();
    TenantState state = node(0).state(tenant);

    crashAfter(step, tenant, "eu");
    assertBothNodesFind(state);
    boolean released = step.compareTo(Step.RELEASE) >= 0;
    ChangeResult<?> change = node(1).renameTenant.rename(Corridor.request(tenant), "meanwhile");
    assertThat(change)
        .isInstanceOf(released ? ChangeResult.Accepted.class : ChangeResult.Moving.class);
    TenantState present = nodes[1].tenants().load(tenant).orElseThrow();
    assertBothNodesFind(present);

    move(tenant, "eu");
    assertThat(placesOf(tenant)).containsExactly("eu");
    assertBothNodesFind(present);
    assertTakesChanges(tenant);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aMoveThatDidNotEndCanBeUndone(Step step) {
    TenantId tenant = tenant();
    TenantState state = node(0).state(tenant);

    crashAfter(step, tenant, "eu");
    move(tenant, "main");

    assertThat(placesOf(tenant)).containsExactly("main");
    assertBothNodesFind(state);
    assertTakesChanges(tenant);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aMoveThatDidNotEndCanGoElsewhere(Step step) {
    TenantId tenant = tenant();
    TenantState state = node(0).state(tenant);

    crashAfter(step, tenant, "eu");
    move(tenant, "us");
    assertBothNodesFind(state);
    assertTakesChanges(tenant);
    TenantState present = nodes[0].tenants().load(tenant).orElseThrow();

    move(tenant, "us");
    assertThat(placesOf(tenant)).containsExactly("us");
    assertBothNodesFind(present);
  }

  /// A node may remember for long that the tenant was where now only a copy is left.
  @Test
  void aCopyLeftBehindIsNeverRead() {
    TenantId tenant = tenant();
    crashAfter(Step.RELEASE, tenant, "eu");
    assertThat(placesOf(tenant)).containsExactly("main", "eu");
    for (int i = 0; i < 5; i++) {
      node(0).rule(tenant, "later " + i, "User.Vip");
      assertThat(nodes[1].tenants().revision(tenant))
          .isEqualTo(nodes[0].tenants().revision(tenant));
      assertBothNodesFind(nodes[0].tenants().load(tenant).orElseThrow());
    }
    Corridor.accepted(node(0).deleteTenant.delete(Corridor.request(tenant)));
    for (StoreProvider.OpenStore node : nodes) {
      assertThat(node.tenants().load(tenant)).isEmpty();
      assertThat(node.tenants().entryOf(tenant, "key\u241b")).isEmpty();
      assertThat(
              node.tenants()
                  .tenants(TenantFilter.ALL, new PageRequest<>(10, Optional.empty()))
                  .items())
          .isEmpty();
    }
  }

  @Test
  void writersSeeSuccessOrAPauseAndNothingAcknowledgedIsLost() {
    TenantId tenant = tenant();
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    var highest = new AtomicLong(node(0).state(tenant).revision());
    var moved = new AtomicBoolean();
    var paused = new AtomicLong();
    AtOnce.run(
        6,
        worker -> {
          if (worker == 0) {
            try {
              for (String to : List.of("eu", "us", "main", "eu")) {
                move(tenant, to);
              }
            } finally {
              moved.set(true);
            }
          } else if (worker <= 3) {
            write(node(worker % 2), tenant, worker, acknowledged, highest, paused, moved);
          } else {
            read(nodes[worker % 2].tenants(), tenant, highest, moved);
          }
          return worker;
        });

    assertThat(acknowledged).isNotEmpty();
    TenantState state = nodes[0].tenants().load(tenant).orElseThrow();
    assertThat(state.rules().stream().map(Rule::name).filter(name -> name.startsWith("worker")))
        .containsExactlyInAnyOrderElementsOf(acknowledged);
    assertBothNodesFind(state);
    assertThat(placesOf(tenant)).containsExactly("eu");
  }

  private static void write(
      Corridor corridor,
      TenantId tenant,
      int worker,
      Set<String> acknowledged,
      AtomicLong highest,
      AtomicLong paused,
      AtomicBoolean moved) {
    for (int i = 0; !moved.get(); i++) {
      String name = "worker " + worker + " rule " + i;
      switch (corridor.addRule.add(Corridor.request(tenant), Corridor.draft(name, "User.Adult"))) {
        case ChangeResult.Accepted<Rule> accepted -> {
          acknowledged.add(name);
          highest.accumulateAndGet(accepted.revision(), Math::max);
        }
        case ChangeResult.Moving<Rule>() -> paused.incrementAndGet();
        case ChangeResult<Rule> other -> throw new AssertionError("unexpected: " + other);
      }
    }
  }

  private static void read(
      TenantStore store, TenantId tenant, AtomicLong highest, AtomicBoolean moved) {
    while (!moved.get()) {
      long before = highest.get();
      TenantState state = store.load(tenant).orElseThrow();
      assertThat(state.revision()).isGreaterThanOrEqualTo(before);
      assertThat(store.revision(tenant).orElseThrow()).isGreaterThanOrEqualTo(before);
      assertThat(store.loadAt(tenant, before)).isPresent();
    }
  }

  @Test
  void aCopyThatIsNotTheSameIsNotUsed() {
    TenantId tenant = tenant();
    TenantState state = node(0).state(tenant);

    assertThatThrownBy(
            () ->
                move(
                    tenant,
                    "eu",
                    step -> {
                      if (step == Step.COPY) {
                        damage("eu", tenant);
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("differs from the original: the present state is not the same");
    assertThat(report).last().isEqualTo("The tenant stays in main, and takes changes again.");
    assertBothNodesFind(state);
    assertTakesChanges(tenant);
    move(tenant, "eu");
    assertThat(placesOf(tenant)).containsExactly("eu");
  }

  private void damage(String database, TenantId tenant) {
    operator
        .get(database)
        .transactions()
        .inTenant(tenant, handle -> handle.execute("DELETE FROM rules WHERE name = 'rule 7'"));
  }

  @Test
  void whatCannotBeMovedIsRefusedAndStaysAsItIs() {
    TenantId tenant = tenant();
    var unknown = new TenantId(new UUID(4, 4));

    assertThatThrownBy(() -> move(unknown, "eu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no tenant %s: tenet tenants list shows all.", unknown);
    assertThatThrownBy(() -> move(tenant, "ue"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There is no database \"ue\"; did you mean \"eu\"? The databases are main, eu, us.");
    try (var lock = MoveLock.take(operator.main().direct(), tenant)) {
      lock.check();
      assertThatThrownBy(() -> move(tenant, "eu"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is being moved by another command");
    }
    move(tenant, "main");
    assertThat(report).containsExactly("The tenant is in main already.");
    assertTakesChanges(tenant);
  }

  /// Such as after one of the databases was restored from a backup.
  @Test
  void aTenantThatTakesChangesInTwoDatabasesIsLeftToTheOperator() {
    TenantId tenant = tenant();
    crashAfter(Step.RELEASE, tenant, "eu");
    operator
        .main()
        .transactions()
        .inTenant(tenant, handle -> handle.execute("UPDATE tenants SET frozen = false"));

    assertThatThrownBy(() -> move(tenant, "eu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing is removed");
    assertThat(placesOf(tenant)).containsExactly("main", "eu");
  }
}
