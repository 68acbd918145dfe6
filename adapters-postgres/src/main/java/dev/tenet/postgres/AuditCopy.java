package dev.tenet.postgres;

import dev.tenet.domain.audit.AuditHead;
import dev.tenet.domain.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/// Copies the chain of a tenant that is frozen from one database into another, row by row as it is, so that a chain that is
/// broken is broken in the same place afterwards.
///
/// Records cannot be removed by the role that serves requests. So the target may have the beginning of the chain, from an
/// earlier move; then the rest is copied.
final class AuditCopy {

  /// Rows that are in memory at once. One may have 64 KiB.
  private static final int PIECE = 500;

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final TenantId tenant;
  private final TenantTransaction source;

  AuditCopy(TenantId tenant, TenantTransaction source) {
    this.tenant = tenant;
    this.source = source;
  }

  /// Copies what the target does not have.
  ///
  /// @param target of a transaction that acts as the tenant
  /// @throws IllegalStateException when the target has something that is not the beginning of the chain
  void copy(Handle target) {
    AuditHead present = AuditWriter.lockHead(target, tenant);
    if (!continues(present)) {
      throw new IllegalStateException(
          "The audit log that the database already has of the tenant %s is not the beginning of the one to be copied."
              .formatted(tenant));
    }
    long done = present.sequence();
    for (List<AuditRow> piece = rowsAfter(done); !piece.isEmpty(); piece = rowsAfter(done)) {
      AuditWriter.insert(target, tenant, piece);
      done = piece.getLast().sequence();
    }
    head(source).ifPresent(head -> AuditWriter.moveHead(target, tenant, head));
  }

  /// {@return whether the chain begins with the one that ends there}
  private boolean continues(AuditHead end) {
    return end.equals(AuditHead.EMPTY)
        || rows(source, end.sequence() - 1, 1).stream()
            .anyMatch(
                row -> row.sequence() == end.sequence() && row.hash().equals(end.hash().hex()));
  }

  private List<AuditRow> rowsAfter(long sequence) {
    return rows(source, sequence, PIECE);
  }

  private List<AuditRow> rows(TenantTransaction database, long after, int most) {
    return database.inTenant(
        tenant,
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM audit_log WHERE tenant_id = :tenant AND sequence > :after"
                        + " ORDER BY sequence LIMIT :most")
                .bind("tenant", tenant.value())
                .bind("after", after)
                .bind("most", most)
                .map((row, context) -> AuditRow.read(row))
                .list());
  }

  private Optional<AuditHead> head(TenantTransaction database) {
    return database.inTenant(tenant, handle -> PostgresAuditLog.head(handle, tenant));
  }

  /// {@return whether the copy is the same, row by row}
  boolean isSame(TenantTransaction target) {
    long done = 0;
    List<AuditRow> piece;
    do {
      piece = rowsAfter(done);
      if (!piece.equals(rows(target, done, PIECE))) {
        return false;
      }
      done = piece.isEmpty() ? done : piece.getLast().sequence();
    } while (!piece.isEmpty());
    return head(source).orElse(AuditHead.EMPTY).equals(head(target).orElse(AuditHead.EMPTY));
  }

  /// Removes what another database has of the chain, if it is the beginning of it.
  ///
  /// @return why something stays there, as the rest of a sentence; empty when nothing does
  /// @throws dev.tenet.application.store.StoreUnavailable when the database does not answer
  Optional<String> removeFrom(Database other) {
    Optional<AuditHead> left = head(other.transactions());
    if (left.isEmpty()) {
      return Optional.empty();
    }
    if (!continues(left.get())) {
      return Optional.of("it is not the beginning of the one that is used");
    }
    try (Connection owner = other.owner().connect(LONGEST_SILENCE);
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.execute("SET LOCAL app.tenant_id = '%s'".formatted(tenant));
      for (String table : List.of("audit_log", "audit_heads")) {
        statement.executeUpdate("DELETE FROM %s WHERE tenant_id = '%s'".formatted(table, tenant));
      }
      owner.commit();
      return Optional.empty();
    } catch (SQLException e) {
      if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        return Optional.of("this login may not remove it, only the owner of the tables");
      }
      throw Outage.translate(new ConnectionException(e));
    }
  }
}
