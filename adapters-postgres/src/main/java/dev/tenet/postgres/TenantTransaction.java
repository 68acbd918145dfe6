package dev.tenet.postgres;

import dev.tenet.domain.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/// The only way to the tables. Every transaction acts as one tenant, for which row-level security shows that tenant's
/// rows alone; or as the administration, which reads the list of tenants.
///
/// What binds a transaction is set with `SET LOCAL`, and so never outlives it, also behind a pooler that gives each
/// transaction another connection. A login of its own for each role is best: then no statement, whoever wrote it, can
/// leave the role. Where the operator gives one login for everything, each transaction begins with `SET LOCAL ROLE`.
///
/// All of them throw [dev.tenet.application.store.StoreUnavailable] in an outage. Each has time limits: for a statement,
/// for waiting on a lock, and between statements.
final class TenantTransaction {

  /// How long the server waits for the next statement of a transaction.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private static final String SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; ";

  private final Door application;
  private final Door administration;
  private final String limits;

  TenantTransaction(Door application, Door administration, ConnectionSettings settings) {
    this.application = application;
    this.administration = administration;
    limits = limits(settings);
  }

  /// {@return the statements that limit what a transaction waits for}
  static String limits(ConnectionSettings settings) {
    return limit("statement_timeout", settings.statementTimeout())
        + limit("lock_timeout", settings.lockTimeout())
        + limit("idle_in_transaction_session_timeout", LONGEST_PAUSE);
  }

  /// Where the connections of a role come from. Messages of errors do not repeat parameters, which are a tenant's data.
  record Door(Jdbi jdbi, String entry) {

    /// A door whose connections log in as the role.
    static Door of(DataSource connections) {
      return new Door(jdbi(connections), "");
    }

    /// A door whose connections log in as someone who may act as the role.
    ///
    /// @param role a plain identifier
    static Door of(DataSource connections, String role) {
      return new Door(jdbi(connections), "SET LOCAL ROLE " + role + "; ");
    }

    private static Jdbi jdbi(DataSource connections) {
      Jdbi jdbi = Jdbi.create(connections);
      jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
      return jdbi;
    }
  }

  /// {@return what `work` gives, done as this tenant: all of it or, when it throws, nothing}
  <T> T inTenant(TenantId tenant, HandleCallback<T, RuntimeException> work) {
    return run(application, limits + name(tenant), work);
  }

  /// {@return what `work` reads as this tenant, all of it from the same moment}
  <T> T inSnapshot(TenantId tenant, HandleCallback<T, RuntimeException> work) {
    return run(application, SNAPSHOT + limits + name(tenant), work);
  }

  /// {@return what `work` reads of the list of tenants}
  <T> T acrossTenants(HandleCallback<T, RuntimeException> work) {
    return run(administration, SNAPSHOT + limits, work);
  }

  /// {@return what `work` gives, done as the administration, which may write little}
  <T> T asAdministration(HandleCallback<T, RuntimeException> work) {
    return run(administration, limits, work);
  }

  private static String limit(String name, Duration limit) {
    return "SET LOCAL " + name + " = " + limit.toMillis() + "; ";
  }

  /// A UUID in its canonical form has nothing in it that could end the literal.
  private static String name(TenantId tenant) {
    return "SET LOCAL app.tenant_id = '" + tenant.value() + "'; ";
  }

  /// {@return what `work` gives behind a door, after these statements}
  static <T> T run(Door door, String settings, HandleCallback<T, RuntimeException> work) {
    try {
      return door.jdbi()
          .inTransaction(
              handle -> {
                begin(handle, settings + door.entry());
                return work.withHandle(handle);
              });
    } catch (RuntimeException e) {
      throw Outage.translate(e);
    }
  }

  private static void begin(Handle handle, String settings) {
    Connection connection = handle.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(settings);
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }
}
