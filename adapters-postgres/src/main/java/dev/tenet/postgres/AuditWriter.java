package dev.tenet.postgres;

import dev.tenet.domain.audit.AuditChain;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.AuditHead;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.tenant.TenantId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Adds to the chain of a tenant, in the transaction of whatever is recorded.
///
/// The row of the chain's end is locked until the transaction ends, which brings writers of one chain into an order. It is
/// to be the last lock that a transaction takes, so that no two wait for each other.
final class AuditWriter {

  private AuditWriter() {}

  /// Adds records of the events.
  ///
  /// @param handle of a transaction that acts as the tenant
  /// @throws IllegalStateException with a message for the operator when somebody has set the end of the chain back
  static void append(Handle handle, TenantId tenant, List<AuditEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    List<AuditRecord> records = AuditChain.extend(lockHead(handle, tenant), tenant, events);
    try {
      insert(handle, tenant, records.stream().map(AuditRow::of).toList());
    } catch (RuntimeException e) {
      if (Outage.violates("audit_log_pkey", e)) {
        throw new IllegalStateException(
            "The audit chain of the tenant %s has records after its end, so that nothing can be added: tenet audit verify tells the first broken link."
                .formatted(tenant),
            e);
      }
      throw e;
    }
    moveHead(handle, tenant, records.getLast().head());
  }

  /// Adds rows as they are. The end of the chain stays where it is.
  static void insert(Handle handle, TenantId tenant, List<AuditRow> rows) {
    try (var batch = handle.prepareBatch(AuditRow.INSERT)) {
      rows.forEach(row -> batch.add(row.parameters(tenant)));
      batch.execute();
    }
  }

  /// {@return the end of the tenant's chain, which nobody else moves until the transaction ends}
  static AuditHead lockHead(Handle handle, TenantId tenant) {
    Optional<AuditHead> head = findLocked(handle, tenant);
    if (head.isPresent()) {
      return head.get();
    }
    handle
        .createUpdate(
            "INSERT INTO audit_heads (tenant_id, sequence, hash) VALUES (:tenant, :sequence, :hash)"
                + " ON CONFLICT DO NOTHING")
        .bind("tenant", tenant.value())
        .bind("sequence", AuditHead.EMPTY.sequence())
        .bind("hash", bytes(AuditHead.EMPTY))
        .execute();
    return findLocked(handle, tenant).orElse(AuditHead.EMPTY);
  }

  private static Optional<AuditHead> findLocked(Handle handle, TenantId tenant) {
    return handle
        .createQuery("SELECT * FROM audit_heads WHERE tenant_id = :tenant FOR UPDATE")
        .bind("tenant", tenant.value())
        .map((row, context) -> AuditRow.head(row))
        .findOne();
  }

  /// Makes the chain end there.
  static void moveHead(Handle handle, TenantId tenant, AuditHead head) {
    handle
        .createUpdate(
            "UPDATE audit_heads SET sequence = :sequence, hash = :hash WHERE tenant_id = :tenant")
        .bind("tenant", tenant.value())
        .bind("sequence", head.sequence())
        .bind("hash", bytes(head))
        .execute();
  }

  private static byte[] bytes(AuditHead head) {
    return HexFormat.of().parseHex(head.hash().hex());
  }
}
