package dev.tenet.inmemory;

import dev.tenet.application.audit.AuditFilter;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.audit.AuditChain;
import dev.tenet.domain.audit.AuditChain.Link;
import dev.tenet.domain.audit.AuditChain.Verification;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.AuditHead;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Keeps the audit in memory.
public final class InMemoryAuditLog implements AuditLog {

  /// The records of one tenant; guarded by itself.
  private static final class Chain {
    AuditHead head = AuditHead.EMPTY;
    final List<AuditRecord> records = new ArrayList<>();
  }

  private final ConcurrentMap<TenantId, Chain> chains = new ConcurrentHashMap<>();

  @Override
  public void append(TenantId tenant, List<AuditEvent> events) {
    Chain chain = chains.computeIfAbsent(tenant, id -> new Chain());
    synchronized (chain) {
      for (AuditRecord record : AuditChain.extend(chain.head, tenant, events)) {
        chain.records.add(record);
        chain.head = record.head();
      }
    }
  }

  @Override
  public Page<AuditRecord, Long> list(TenantId tenant, AuditFilter filter, PageRequest<Long> page) {
    return Page.newestFirst(
        records(tenant).stream().filter(record -> filter.accepts(record.event())).toList(),
        page,
        AuditRecord::sequence);
  }

  private List<AuditRecord> records(TenantId tenant) {
    Chain chain = chains.get(tenant);
    if (chain == null) {
      return List.of();
    }
    synchronized (chain) {
      return List.copyOf(chain.records);
    }
  }

  @Override
  public boolean started(TenantId tenant) {
    return !records(tenant).isEmpty();
  }

  @Override
  public Verification verify(TenantId tenant) {
    Chain chain = chains.getOrDefault(tenant, new Chain());
    synchronized (chain) {
      return AuditChain.verify(
          Optional.of(chain.head), chain.records.stream().<Link>map(Link.Legible::new).iterator());
    }
  }
}
