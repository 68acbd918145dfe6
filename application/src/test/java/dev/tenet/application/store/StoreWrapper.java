package dev.tenet.application.store;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.Optional;
import java.util.OptionalLong;

/// Does what another store does, for tests that change one thing about it.
public class StoreWrapper implements TenantStore {

  private final TenantStore store;

  public StoreWrapper(TenantStore store) {
    this.store = store;
  }

  @Override
  public Optional<TenantState> load(TenantId tenant) {
    return store.load(tenant);
  }

  @Override
  public OptionalLong revision(TenantId tenant) {
    return store.revision(tenant);
  }

  @Override
  public Optional<TenantState> loadAt(TenantId tenant, long revision) {
    return store.loadAt(tenant, revision);
  }

  @Override
  public AppendResult create(TenantState state, JournalEntry entry, AuditEvent audit) {
    return store.create(state, entry, audit);
  }

  @Override
  public AppendResult append(
      TenantId tenant, TenantState next, JournalEntry entry, AuditEvent audit) {
    return store.append(tenant, next, entry, audit);
  }

  @Override
  public Optional<JournalEntry> entryOf(TenantId tenant, String requestKey) {
    return store.entryOf(tenant, requestKey);
  }

  @Override
  public Page<JournalEntry, Long> journal(
      TenantId tenant, boolean schemaOnly, PageRequest<Long> page) {
    return store.journal(tenant, schemaOnly, page);
  }

  @Override
  public Optional<SchemaVersion> schemaVersion(TenantId tenant, int version) {
    return store.schemaVersion(tenant, version);
  }

  @Override
  public Page<SchemaVersion, Long> schemaVersions(TenantId tenant, PageRequest<Long> page) {
    return store.schemaVersions(tenant, page);
  }

  @Override
  public Page<Tenant, Age> tenants(TenantFilter filter, PageRequest<Age> page) {
    return store.tenants(filter, page);
  }

  @Override
  public boolean available() {
    return store.available();
  }
}
