package dev.tenet.postgres;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jdbi.v3.core.ConnectionException;

/// Lets only one operator at a time move a tenant. Held in `main` by a connection of its own, and so free as soon as the
/// mover has ended, however that ends.
final class MoveLock implements AutoCloseable {

  private static final Logger LOG = System.getLogger(MoveLock.class.getName());
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Connection connection;

  private MoveLock(Connection connection) {
    this.connection = connection;
  }

  /// Takes the lock.
  ///
  /// @param address where connections reach `main` itself, not a pooler
  /// @throws IllegalArgumentException with a message for the operator when another one has it
  static MoveLock take(DatabaseAddress address, TenantId tenant) {
    try {
      Connection connection = address.named("tenet-move").connect(LONGEST_SILENCE);
      try {
        if (!lock(connection, tenant)) {
          throw new IllegalArgumentException(
              "The tenant %s is being moved by another command: wait until that has ended."
                  .formatted(tenant));
        }
        return new MoveLock(connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /// Waits a little, for the lock of a mover that was killed is free a moment later.
  private static boolean lock(Connection connection, TenantId tenant) throws SQLException {
    try (Statement limit = connection.createStatement();
        PreparedStatement statement =
            connection.prepareStatement("SELECT pg_advisory_lock(hashtextextended(?, 0))")) {
      limit.execute("SET lock_timeout = " + LONGEST_WAIT.toMillis());
      statement.setString(1, "tenet-move:" + tenant);
      statement.execute();
      return true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /// Makes sure that the lock is still held.
  ///
  /// @throws StoreUnavailable when the connection broke, and the lock with it
  void check() {
    try (PreparedStatement statement = connection.prepareStatement("SELECT 1");
        ResultSet result = statement.executeQuery()) {
      result.next();
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static RuntimeException unavailable(SQLException e) {
    return Outage.translate(new ConnectionException(e));
  }

  @Override
  public void close() {
    try (connection;
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_unlock_all()");
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "The lock was lost already", e);
    }
  }
}
