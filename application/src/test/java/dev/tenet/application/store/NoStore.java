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

/// A store that does not answer.
public class NoStore implements TenantStore {

  @Override
  public Optional<TenantState> load(TenantId tenant) {
    throw unavailable();
  }

  @Override
  public OptionalLong revision(TenantId tenant) {
    return load(tenant).stream().mapToLong(TenantState::revision).findFirst();
  }

  @Override
  public Optional<TenantState> loadAt(TenantId tenant, long revision) {
    throw unavailable();
  }

  @Override
  public AppendResult create(TenantState state, JournalEntry entry, AuditEvent audit) {
    throw unavailable();
  }

  @Override
  public AppendResult append(
      TenantId tenant, TenantState next, JournalEntry entry, AuditEvent audit) {
    throw unavailable();
  }

  @Override
  public Optional<JournalEntry> entryOf(TenantId tenant, String requestKey) {
    throw unavailable();
  }

  @Override
  public Page<JournalEntry, Long> journal(
      TenantId tenant, boolean schemaOnly, PageRequest<Long> page) {
    throw unavailable();
  }

  @Override
  public Optional<SchemaVersion> schemaVersion(TenantId tenant, int version) {
    throw unavailable();
  }

  @Override
  public Page<SchemaVersion, Long> schemaVersions(TenantId tenant, PageRequest<Long> page) {
    throw unavailable();
  }

  @Override
  public Page<Tenant, Age> tenants(TenantFilter filter, PageRequest<Age> page) {
    throw unavailable();
  }

  @Override
  public boolean available() {
    return false;
  }

  private static StoreUnavailable unavailable() {
    return new StoreUnavailable("this store never answers", new IllegalStateException("no store"));
  }
}
