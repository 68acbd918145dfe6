package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.change.Corridor;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.TenantTransaction.Door;
import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Reads on a streaming replica that is up to date, behind, away, and back.
@Timeout(120)
final class TenantReadsTest {

  private final TenantReads reads =
      new TenantReads(TestReplica.onPrimary(), Optional.of(TestReplica.onReplica()));
  private final TenantStore store = new PostgresTenantStore(TestReplica.onPrimary(), reads);
  private final Corridor corridor = new Corridor(store, new ScriptedRuleCompiler());

  @BeforeEach
  void empty() {
    TestReplica.empty();
  }

  @AfterEach
  void resume() {
    TestReplica.standby().ask("SELECT pg_wal_replay_resume()");
  }

  private static void pause() {
    TestReplica.standby().ask("SELECT pg_wal_replay_pause()");
    while (!TestReplica.standby().ask("SELECT pg_get_wal_replay_pause_state()").equals("paused")) {
      Thread.onSpinWait();
    }
  }

  private boolean comesFromTheReplica(TenantId tenant) {
    return reads.read(
        tenant,
        handle -> handle.createQuery("SELECT pg_is_in_recovery()").mapTo(Boolean.class).one());
  }

  private void awaitTheReplica(TenantId tenant) {
    while (!comesFromTheReplica(tenant)) {
      Thread.onSpinWait();
    }
  }

  private static <K> PageRequest<K> firstPage() {
    return new PageRequest<>(10, Optional.empty());
  }

  private void assertNothingIsFromThePast(TenantId tenant, long revision) {
    assertThat(store.load(tenant).orElseThrow().revision()).isEqualTo(revision);
    assertThat(store.loadAt(tenant, revision)).isEqualTo(store.load(tenant));
    assertThat(store.journal(tenant, false, firstPage()).items().getFirst().revision())
        .isEqualTo(revision);
  }

  @Test
  void whatTheReplicaKnowsComesFromThere() {
    TenantId tenant = corridor.tenantWithSchema();
    TestReplica.catchUp();

    assertThat(comesFromTheReplica(tenant)).isTrue();
    assertNothingIsFromThePast(tenant, 2);
  }

  @Test
  void aReplicaThatIsBehindIsNotAsked() {
    TenantId old = corridor.tenantWithSchema();
    TenantId gone = corridor.tenantWithSchema();
    TenantId untouched = corridor.tenantWithSchema();
    TestReplica.catchUp();
    pause();

    corridor.rule(old, "adults", "User.Adult");
    corridor.deleteTenant.delete(Corridor.request(gone));
    TenantId created = corridor.tenant();
    Corridor.accepted(corridor.define(created, Corridor.SCHEMA));
    Corridor.accepted(corridor.define(created, Corridor.WITHOUT_ADULT));

    assertNothingIsFromThePast(old, 3);
    assertThat(comesFromTheReplica(old)).isFalse();
    assertThat(store.load(gone)).isEmpty();
    assertThat(store.journal(gone, false, firstPage()).items()).isEmpty();
    assertNothingIsFromThePast(created, 3);
    assertThat(store.schemaVersion(created, 2)).isPresent();
    assertThat(store.schemaVersions(created, firstPage()).items()).hasSize(2);
    assertThat(comesFromTheReplica(untouched)).isTrue();

    resume();
    awaitTheReplica(old);
    awaitTheReplica(created);
    assertNothingIsFromThePast(old, 3);
    assertNothingIsFromThePast(created, 3);
    assertThat(store.load(gone)).isEmpty();
  }

  @Test
  void everythingGoesOnWithoutTheReplicaAndItIsUsedAgainWhenItIsBack() {
    TenantId tenant = corridor.tenantWithSchema();
    TestReplica.catchUp();
    assertThat(comesFromTheReplica(tenant)).isTrue();

    TestReplica.standby().kill();
    try {
      for (int revision = 3; revision < 13; revision++) {
        corridor.rule(tenant, "rule " + revision, "User.Adult");
        assertNothingIsFromThePast(tenant, revision);
        assertThat(comesFromTheReplica(tenant)).isFalse();
      }
    } finally {
      TestReplica.standby().start();
    }
    awaitTheReplica(tenant);
    assertNothingIsFromThePast(tenant, 12);
  }

  @Test
  void nobodyWaitsForAReplicaThatIsKnownToBeAway() {
    var now = new AtomicLong();
    var attempts = new AtomicInteger();
    Jdbi away =
        Jdbi.create(
            () -> {
              attempts.incrementAndGet();
              throw new SQLTransientConnectionException("away");
            });
    var replica =
        new TenantTransaction(
            new Door(away, ""), new Door(away, ""), ConnectionSettings.DEFAULT.forReplica());
    var store =
        new PostgresTenantStore(
            TestReplica.onPrimary(),
            new TenantReads(TestReplica.onPrimary(), Optional.of(replica), new Circuit(now::get)));
    TenantId tenant = corridor.tenant();

    for (int tries = 1; tries <= 3; tries++) {
      for (int i = 0; i < 10; i++) {
        assertThat(store.load(tenant)).isPresent();
      }
      assertThat(attempts).hasValue(tries);
      now.addAndGet(Circuit.PAUSE.toNanos());
    }
  }

  @Test
  void theSettingSendsStatesToTheReplica() {
    TenantId tenant = corridor.tenantWithSchema();
    TestReplica.catchUp();
    var standby = TestReplica.standby();
    var settings =
        Map.of(
            "DATABASE_URL", TestReplica.url(standby.primary().jdbcUrl()),
            "DATABASE_REPLICA_URL", TestReplica.url(standby.jdbcUrl()));
    String scans = "SELECT seq_scan + idx_scan FROM pg_stat_user_tables WHERE relname = 'rules'";
    long before = Long.parseLong(standby.ask(scans));

    try (var open =
        new PostgresStoreProvider()
            .open(new StoreProvider.Settings(Path.of("/nonexistent/tenet"), settings))) {
      while (Long.parseLong(standby.ask(scans)) <= before) {
        assertThat(open.tenants().load(tenant)).isPresent();
      }
      assertThat(open.tenants().tenants(TenantFilter.ALL, firstPage()).items()).hasSize(1);
    }
  }
}
