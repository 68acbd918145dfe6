package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.change.Corridor;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.store.RevisionFeed;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PostgresRevisionFeedTest {

  private record Told(TenantId tenant, long revision) {}

  /// Keeps what it is told.
  private static final class Ear implements RevisionFeed.Follower {
    final BlockingQueue<Told> announced = new LinkedBlockingQueue<>();
    final BlockingQueue<TenantId> gone = new LinkedBlockingQueue<>();
    final BlockingQueue<Map<TenantId, Long>> looked = new LinkedBlockingQueue<>();

    @Override
    public void announced(TenantId tenant, long revision) {
      announced.add(new Told(tenant, revision));
    }

    @Override
    public void looked(Map<TenantId, Long> revisions, long began) {
      looked.add(revisions);
    }

    @Override
    public void gone(TenantId tenant) {
      gone.add(tenant);
    }
  }

  private static PostgresRevisionFeed follow(Ear ear) {
    return new PostgresRevisionFeed(
        TestDatabase.addressOf(EmbeddedPostgres.ADMINISTRATION), Optional.empty(), ear);
  }

  @Test
  void looksFirstAndThenHearsOfEveryRevision() throws InterruptedException {
    TenantStore store = TestDatabase.emptyStore();
    var corridor = new Corridor(store, new ScriptedRuleCompiler());
    TenantId old = corridor.tenantWithSchema();
    var ear = new Ear();
    try (var feed = follow(ear)) {
      assertThat(ear.looked.take()).isEqualTo(Map.of(old, 2L));

      TenantId tenant = corridor.tenantWithSchema();
      corridor.rule(old, "adults", "User.Adult");
      corridor.deleteTenant.delete(Corridor.request(tenant));

      assertThat(ear.announced.take()).isEqualTo(new Told(tenant, 1));
      assertThat(ear.announced.take()).isEqualTo(new Told(tenant, 2));
      assertThat(ear.announced.take()).isEqualTo(new Told(old, 3));
      assertThat(ear.announced.take()).isEqualTo(new Told(tenant, 3));
      ear.looked.clear();
      while (!ear.looked.take().equals(Map.of(old, 3L))) {
        assertThat(feed.age()).isPresent();
      }
    }
  }

  @Test
  void tellsThatATenantIsGoneEvenWhenItWasDeletedWhileNobodyListened()
      throws InterruptedException, SQLException {
    TenantStore store = TestDatabase.emptyStore();
    var corridor = new Corridor(store, new ScriptedRuleCompiler());
    TenantId tenant = corridor.tenant();
    var ear = new Ear();
    try (var feed = follow(ear)) {
      assertThat(ear.looked.take()).containsKey(tenant);
      cut();
      corridor.deleteTenant.delete(Corridor.request(tenant));

      assertThat(ear.gone.take()).isEqualTo(tenant);
      assertThat(feed.age()).isPresent();
      assertThat(ear.gone).isEmpty();
    }
  }

  @Test
  void looksAgainAfterItsConnectionWasCut() throws InterruptedException, SQLException {
    TenantStore store = TestDatabase.emptyStore();
    var corridor = new Corridor(store, new ScriptedRuleCompiler());
    TenantId tenant = corridor.tenant();
    var ear = new Ear();
    try (var feed = follow(ear)) {
      for (int i = 1; i <= 3; i++) {
        assertThat(ear.looked.take()).containsKey(tenant);
        cut();
        corridor.renameTenant.rename(Corridor.request(tenant), "name " + i);
        while (!ear.looked.take().equals(Map.of(tenant, i + 1L))) {
          assertThat(feed.age()).isPresent();
        }
      }
    }
  }

  @Test
  void aFrozenTenantIsNeitherConfirmedNorGone() throws InterruptedException {
    TenantStore store = TestDatabase.emptyStore();
    var corridor = new Corridor(store, new ScriptedRuleCompiler());
    TenantId frozen = corridor.tenant();
    TenantId other = corridor.tenant();
    var ear = new Ear();
    try (var feed = follow(ear)) {
      assertThat(ear.looked.take()).containsOnlyKeys(frozen, other);
      TestDatabase.transactions()
          .inTenant(frozen, handle -> handle.execute("UPDATE tenants SET frozen = true"));

      while (!ear.looked.take().equals(Map.of(other, 1L))) {
        assertThat(feed.age()).isPresent();
      }
      assertThat(ear.looked.take()).containsOnlyKeys(other);
      assertThat(ear.gone).isEmpty();
    }
  }

  private static void cut() throws SQLException {
    try (Connection superuser = TestDatabase.connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = '"
              + PostgresRevisionFeed.APPLICATION_NAME
              + "'");
      try (ResultSet ended = statement.getResultSet()) {
        assertThat(ended.next()).isTrue();
      }
    }
  }
}
