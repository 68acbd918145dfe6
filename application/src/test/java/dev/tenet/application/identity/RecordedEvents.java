package dev.tenet.application.identity;

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
import dev.tenet.domain.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;

/// Remembers the events that are recorded, and can be away.
final class RecordedEvents implements AuditLog {

  private final List<AuditEvent> events = new ArrayList<>();
  private boolean away;

  List<AuditEvent> events() {
    return events;
  }

  void away(boolean now) {
    away = now;
  }

  @Override
  public void append(TenantId tenant, List<AuditEvent> more) {
    if (away) {
      throw new StoreUnavailable("away");
    }
    events.addAll(more);
  }

  @Override
  public Page<AuditRecord, Long> list(TenantId tenant, AuditFilter filter, PageRequest<Long> page) {
    return Page.newestFirst(
        AuditChain.extend(AuditHead.EMPTY, tenant, events).stream()
            .filter(record -> filter.accepts(record.event()))
            .toList(),
        page,
        AuditRecord::sequence);
  }

  @Override
  public boolean started(TenantId tenant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Verification verify(TenantId tenant) {
    throw new UnsupportedOperationException();
  }
}
