package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.TenantTransaction.Door;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// All waiting for the database ends when the operator says.
@Timeout(60)
final class TimeLimitsTest {

  private static final TenantId TENANT = new TenantId(new UUID(1, 2));
  private static final ConnectionSettings SETTINGS =
      new ConnectionSettings(
          1, Duration.ofMillis(300), Duration.ofMillis(1_200), Duration.ofMillis(100));

  private final HikariDataSource pool =
      ConnectionPools.open(
          "limits", TestDatabase.addressOf(EmbeddedPostgres.APPLICATION), SETTINGS);
  private final TenantTransaction transactions =
      new TenantTransaction(Door.of(pool), Door.of(pool), SETTINGS);

  @AfterEach
  void close() {
    pool.close();
  }

  private static String text(Handle handle, String query) {
    return handle.createQuery(query).mapTo(String.class).one();
  }

  @Test
  void eachTransactionHasTheLimitsOfTheSettings() {
    String query =
        "SELECT current_setting('statement_timeout') || ' ' || current_setting('lock_timeout')";

    List<String> limits =
        List.of(
            transactions.inTenant(TENANT, handle -> text(handle, query)),
            transactions.inSnapshot(TENANT, handle -> text(handle, query)),
            transactions.acrossTenants(handle -> text(handle, query)));

    assertThat(limits).containsOnly("1200ms 100ms");
  }

  @Test
  void aStatementThatTakesTooLongIsGivenUp() {
    assertThatThrownBy(
            () ->
                transactions.inTenant(TENANT, handle -> text(handle, "SELECT pg_sleep(50)::text")))
        .isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void aLockThatIsNotFreeInTimeIsGivenUp() throws SQLException {
    try (Connection owner = TestDatabase.connect(EmbeddedPostgres.OWNER);
        var statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.execute("LOCK TABLE tenants");
      assertThatThrownBy(
              () -> transactions.inTenant(TENANT, h -> text(h, "SELECT count(*) FROM tenants")))
          .isInstanceOf(StoreUnavailable.class);
      owner.rollback();
    }
  }

  @Test
  void whoFindsNoFreeConnectionInTimeIsToldThatTheDatabaseIsAway() throws SQLException {
    try (Connection taken = pool.getConnection()) {
      assertThat(taken.isValid(0)).isTrue();
      assertThatThrownBy(() -> transactions.inTenant(TENANT, h -> text(h, "SELECT 'x'")))
          .isInstanceOf(StoreUnavailable.class);
    }
  }
}
