package dev.tenet.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.tenet.application.store.TenantIsolationContract;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.TenantTransaction.Door;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The store on a database with one login, which owns the tables and becomes another role for each transaction.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SingleLoginContract extends TenantIsolationContract {

  private @Nullable HikariDataSource pool;

  /// {@return where the database is found}
  abstract DatabaseAddress address();

  @BeforeAll
  final void migrate() {
    new Migrations(address()).run(true);
    pool = ConnectionPools.open("single", address(), ConnectionSettings.DEFAULT.withPoolSize(4));
  }

  @AfterAll
  final void closePool() {
    if (pool != null) {
      pool.close();
    }
  }

  private HikariDataSource pool() {
    return requireNonNull(pool);
  }

  private TenantTransaction transactions() {
    return new TenantTransaction(
        Door.of(pool(), "tenet_application"),
        Door.of(pool(), "tenet_administration"),
        ConnectionSettings.DEFAULT);
  }

  @Override
  protected final TenantStore open() {
    Jdbi.create(pool()).useHandle(h -> h.execute("TRUNCATE tenants CASCADE"));
    return new PostgresTenantStore(transactions());
  }

  @Test
  void eachTransactionActsAsItsRole() {
    var tenant = new TenantId(new UUID(1, 2));
    String query =
        "SELECT current_user || ' ' || coalesce(current_setting('app.tenant_id', true), '')";

    for (int i = 0; i < 5; i++) {
      String application =
          transactions().inTenant(tenant, h -> h.createQuery(query).mapTo(String.class).one());
      String administration =
          transactions().acrossTenants(h -> h.createQuery(query).mapTo(String.class).one());

      assertThat(application).isEqualTo("tenet_application " + tenant);
      assertThat(administration).isEqualTo("tenet_administration ");
    }
  }
}
