package dev.tenet.postgres;

import dev.tenet.application.audit.AuditFilter;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.audit.AuditChain;
import dev.tenet.domain.audit.AuditChain.Verification;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.AuditHead;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.tenant.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Keeps the audit in the tables `audit_log` and `audit_heads`.
final class PostgresAuditLog implements AuditLog {

  /// Rows that are in memory at once while a chain is verified. One may have 64 KiB.
  private static final int PIECE = 500;

  private final TenantTransaction transactions;

  PostgresAuditLog(TenantTransaction transactions) {
    this.transactions = transactions;
  }

  /// @throws StoreUnavailable also when the tenant is being moved to another database, and the chain with it
  @Override
  public void append(TenantId tenant, List<AuditEvent> events) {
    appendWhere(tenant, events, false);
  }

  /// Adds records of the events if the tenant is in this database.
  ///
  /// @return whether it is
  boolean appendIfHere(TenantId tenant, List<AuditEvent> events) {
    return appendWhere(tenant, events, true);
  }

  private boolean appendWhere(TenantId tenant, List<AuditEvent> events, boolean mustBeHere) {
    return transactions.inTenant(
        tenant,
        handle -> {
          Optional<Boolean> frozen = frozen(handle, tenant);
          if (frozen.orElse(false)) {
            throw new StoreUnavailable("The tenant %s is being moved.".formatted(tenant));
          }
          boolean goesOn = frozen.isPresent() || !mustBeHere;
          if (goesOn) {
            AuditWriter.append(handle, tenant, events);
          }
          return goesOn;
        });
  }

  /// {@return whether the tenant is frozen, which does not change until the transaction ends; empty when it is not here}
  private static Optional<Boolean> frozen(Handle handle, TenantId tenant) {
    return handle
        .createQuery("SELECT frozen FROM tenants WHERE tenant_id = :tenant FOR SHARE")
        .bind("tenant", tenant.value())
        .mapTo(Boolean.class)
        .findOne();
  }

  @Override
  public Page<AuditRecord, Long> list(TenantId tenant, AuditFilter filter, PageRequest<Long> page) {
    Map<String, Object> conditions = conditions(filter);
    String sql =
        "SELECT * FROM audit_log WHERE tenant_id = :tenant AND sequence < :before"
            + String.join("", conditions.keySet())
            + " ORDER BY sequence DESC LIMIT :most";
    List<AuditRecord> records =
        transactions.inTenant(
            tenant,
            handle -> {
              Query query =
                  handle
                      .createQuery(sql)
                      .bind("tenant", tenant.value())
                      .bind("before", page.after().orElse(Long.MAX_VALUE))
                      .bind("most", page.size() + 1);
              conditions.forEach(
                  (condition, value) ->
                      query.bind(condition.substring(condition.indexOf(':') + 1), value));
              return query
                  .map((row, context) -> AuditRow.read(row))
                  .map(row -> row.legible(tenant))
                  .list();
            });
    return Page.of(records, page, AuditRecord::sequence);
  }

  /// Conditions in SQL, each of which ends with its parameter, and the values of these.
  private static Map<String, Object> conditions(AuditFilter filter) {
    Map<String, Object> conditions = new LinkedHashMap<>();
    filter.actor().ifPresent(a -> conditions.put(" AND actor = :actor", StorableText.store(a)));
    filter.action().ifPresent(a -> conditions.put(" AND action = :action", StorableText.store(a)));
    filter
        .outcome()
        .map(Outcome::wireName)
        .ifPresent(name -> conditions.put(" AND outcome = :outcome", name));
    filter.since().ifPresent(moment -> conditions.put(" AND at >= :since", moment));
    filter.until().ifPresent(moment -> conditions.put(" AND at < :until", moment));
    return conditions;
  }

  @Override
  public boolean started(TenantId tenant) {
    return transactions.inTenant(tenant, handle -> head(handle, tenant)).isPresent();
  }

  /// {@return the end of the tenant's chain}
  static Optional<AuditHead> head(Handle handle, TenantId tenant) {
    return handle
        .createQuery("SELECT * FROM audit_heads WHERE tenant_id = :tenant")
        .bind("tenant", tenant.value())
        .map((row, context) -> AuditRow.head(row))
        .findOne();
  }

  @Override
  public Verification verify(TenantId tenant) {
    return transactions.inSnapshot(
        tenant,
        handle ->
            handle
                .createQuery("SELECT * FROM audit_log WHERE tenant_id = :tenant ORDER BY sequence")
                .bind("tenant", tenant.value())
                .setFetchSize(PIECE)
                .map((row, context) -> AuditRow.read(row).link(tenant))
                .withIterator(links -> AuditChain.verify(head(handle, tenant), links)));
  }
}
