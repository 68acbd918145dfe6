package dev.tenet.postgres;

import dev.tenet.application.audit.AuditFilter;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.audit.AuditChain.Verification;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.tenant.TenantId;
import java.util.List;

/// Keeps the chain of each tenant in the tenant's database, and that of the platform in `main`. A chain moves with its
/// tenant.
final class PlacedAuditLog implements AuditLog {

  /// How many times a tenant may be moved while something is added to its chain.
  private static final int MOST_MOVES = 8;

  private final Databases databases;
  private final PlacementTable placements;

  PlacedAuditLog(Databases databases) {
    this.databases = databases;
    placements = new PlacementTable(databases.main().transactions());
  }

  /// A database that the tenant is not in was left by it, if the placement names another one now; or else there is no such
  /// tenant any more, and nobody moves it.
  @Override
  public void append(TenantId tenant, List<AuditEvent> events) {
    String place = placements.find(tenant);
    for (int move = 0; move < MOST_MOVES; move++) {
      PostgresAuditLog log = databases.get(place).auditHere();
      if (log.appendIfHere(tenant, events)) {
        return;
      }
      String now = placements.find(tenant);
      if (now.equals(place)) {
        log.append(tenant, events);
        return;
      }
      place = now;
    }
    throw new StoreUnavailable("The tenant %s is being moved all the time.".formatted(tenant));
  }

  private PostgresAuditLog of(TenantId tenant) {
    return databases.get(place(tenant)).auditHere();
  }

  /// {@return the name of the database that has the chain}
  String place(TenantId tenant) {
    return placements.find(tenant);
  }

  @Override
  public Page<AuditRecord, Long> list(TenantId tenant, AuditFilter filter, PageRequest<Long> page) {
    return of(tenant).list(tenant, filter, page);
  }

  @Override
  public boolean started(TenantId tenant) {
    return of(tenant).started(tenant);
  }

  @Override
  public Verification verify(TenantId tenant) {
    return of(tenant).verify(tenant);
  }
}
