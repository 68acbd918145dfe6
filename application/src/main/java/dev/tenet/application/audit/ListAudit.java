package dev.tenet.application.audit;

import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.tenant.TenantId;

/// Lists what was recorded of a tenant, or of the platform, newest first. What was recorded of a tenant that is deleted is
/// still there.
public final class ListAudit {

  private final AuditLog log;
  private final TenantStore store;

  public ListAudit(AuditLog log, TenantStore store) {
    this.log = log;
    this.store = store;
  }

  /// What asking for records gives.
  public sealed interface Result {

    /// They are there.
    record Listed(Page<AuditRecord, Long> page) implements Result {}

    /// There is no such tenant, and never was one.
    record TenantNotFound() implements Result {}
  }

  /// {@return a page of the records}
  public Result list(TenantId tenant, AuditFilter filter, PageRequest<Long> page) {
    Page<AuditRecord, Long> records = log.list(tenant, filter, page);
    return records.items().isEmpty() && !isKnown(tenant)
        ? new Result.TenantNotFound()
        : new Result.Listed(records);
  }

  private boolean isKnown(TenantId tenant) {
    return tenant.equals(TenantId.PLATFORM)
        || store.revision(tenant).isPresent()
        || log.started(tenant);
  }
}
