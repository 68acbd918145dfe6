package dev.tenet.application.audit;

import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.audit.AuditChain.Verification;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.tenant.TenantId;
import java.util.List;

/// Keeps for each tenant a chain of records, to which something may be added and in which nothing is changed. The platform
/// has one, too, for what belongs to no tenant. The chain of a tenant that was deleted stays.
///
/// Accepted changes of a tenant are recorded by the [dev.tenet.application.store.TenantStore], in the step that stores them.
///
/// Every method may throw [dev.tenet.application.store.StoreUnavailable]; then it did nothing, except that an `append`
/// whose outcome is not known may have happened as a whole.
public interface AuditLog {

  /// Adds records of the events to the end of the tenant's chain, all of them or none, in their order.
  void append(TenantId tenant, List<AuditEvent> events);

  /// {@return a page of the records that the filter accepts, newest first}
  Page<AuditRecord, Long> list(TenantId tenant, AuditFilter filter, PageRequest<Long> page);

  /// {@return whether the tenant has a record}
  boolean started(TenantId tenant);

  /// {@return whether each record of the tenant follows from the one before it, up to the end of the chain}
  Verification verify(TenantId tenant);
}
