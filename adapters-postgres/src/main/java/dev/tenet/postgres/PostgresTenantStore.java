package dev.tenet.postgres;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Evolver;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Keeps tenants in PostgreSQL.
///
/// An accepted change is one transaction: the tenant's row goes from the revision before the entry to the entry's, which
/// is the compare-and-set, which a frozen tenant refuses, and makes writers of one tenant take turns; then the journal entry and the tables that follow
/// from it; then the new revision is announced on the channel `tenet_revision`; last, it is recorded in the audit. A state is
/// read from the tables, all of it from one moment.
final class PostgresTenantStore implements TenantStore {

  private static final int JOURNAL_PIECE = 500;

  private final TenantTransaction transactions;
  private final TenantReads reads;

  PostgresTenantStore(TenantTransaction transactions) {
    this(transactions, new TenantReads(transactions, Optional.empty()));
  }

  /// @param transactions on the primary
  /// @param reads for states and lists, which may come from elsewhere
  PostgresTenantStore(TenantTransaction transactions, TenantReads reads) {
    this.transactions = transactions;
    this.reads = reads;
  }

  /// {@return the same store, where [#load] and [#revision] do not find a tenant that is frozen: one that is being moved,
  /// or a copy that a move left behind}
  PostgresTenantStore withoutFrozen() {
    return new PostgresTenantStore(transactions, reads.withoutFrozen());
  }

  @Override
  public Optional<TenantState> load(TenantId tenant) {
    return reads.read(tenant, handle -> load(handle, tenant));
  }

  private Optional<TenantState> load(Handle handle, TenantId tenant) {
    record Head(Tenant tenant, long revision, int latestSchemaVersion) {}
    Optional<Head> head =
        handle
            .createQuery(
                "SELECT tenant_id, name, settings, revision, created_at, updated_at, (SELECT max(version)"
                    + " FROM schemas WHERE tenant_id = :tenant) AS latest"
                    + " FROM tenants WHERE tenant_id = :tenant"
                    + reads.condition())
            .bind("tenant", tenant.value())
            .map(
                (row, context) ->
                    new Head(Rows.tenant(row), row.getLong("revision"), row.getInt("latest")))
            .findOne();
    return head.map(
        found ->
            new TenantState(
                found.tenant(),
                found.revision(),
                of(tenant, handle, "SELECT * FROM schemas WHERE tenant_id = :tenant AND active")
                    .map((row, context) -> Rows.schemaVersion(row))
                    .findOne()
                    .orElse(null),
                found.latestSchemaVersion(),
                of(tenant, handle, inOrderOfCreation("derived_fields"))
                    .map((row, context) -> Rows.derivedField(row))
                    .list(),
                of(tenant, handle, inOrderOfCreation("rules"))
                    .map((row, context) -> Rows.rule(row))
                    .list()));
  }

  @Override
  public OptionalLong revision(TenantId tenant) {
    return transactions.inTenant(tenant, handle -> reads.revision(handle, tenant));
  }

  /// Reads the journal piece by piece, so that a long one is never in memory as a whole.
  @Override
  public Optional<TenantState> loadAt(TenantId tenant, long revision) {
    return reads
        .read(
            tenant,
            handle ->
                of(
                        tenant,
                        handle,
                        "SELECT * FROM journal WHERE tenant_id = :tenant AND revision <= :revision"
                            + " ORDER BY revision")
                    .bind("revision", revision)
                    .setFetchSize(JOURNAL_PIECE)
                    .map((row, context) -> Rows.journalEntry(row))
                    .withIterator(Evolver::replay))
        .filter(state -> state.revision() == revision);
  }

  private static Query of(TenantId tenant, Handle handle, String sql) {
    return handle.createQuery(sql).bind("tenant", tenant.value());
  }

  private static String inOrderOfCreation(String table) {
    return "SELECT * FROM "
        + table
        + " WHERE tenant_id = :tenant ORDER BY created_revision, created_position";
  }

  @Override
  public AppendResult create(TenantState state, JournalEntry entry, AuditEvent audit) {
    Tenant tenant = state.tenant();
    return transactions.inTenant(
        tenant.id(),
        handle -> {
          int created =
              handle
                  .createUpdate(
                      "INSERT INTO tenants (tenant_id, name, settings, revision, created_at,"
                          + " updated_at) VALUES (:tenant, :name, CAST(:settings AS json),"
                          + " :revision, :createdAt, :updatedAt)"
                          + " ON CONFLICT DO NOTHING")
                  .bind("tenant", tenant.id().value())
                  .bind("name", StorableText.store(tenant.name()))
                  .bind("settings", SettingsJson.text(tenant.settings()))
                  .bind("revision", entry.revision())
                  .bind("createdAt", tenant.createdAt())
                  .bind("updatedAt", tenant.updatedAt())
                  .execute();
          if (created == 0) {
            return new AppendResult.Conflict();
          }
          record(handle, tenant.id(), entry);
          AuditWriter.append(handle, tenant.id(), List.of(audit));
          return new AppendResult.Appended();
        });
  }

  @Override
  public AppendResult append(
      TenantId tenant, TenantState next, JournalEntry entry, AuditEvent audit) {
    try {
      return transactions.inTenant(
          tenant,
          handle -> {
            boolean deletion = entry.changes().getFirst() instanceof Change.TenantDeleted;
            int moved = deletion ? delete(handle, tenant, entry) : move(handle, next, entry);
            if (moved == 0) {
              return refusal(handle, tenant);
            }
            if (deletion) {
              announce(handle, tenant, entry);
            } else {
              record(handle, tenant, entry);
            }
            AuditWriter.append(handle, tenant, List.of(audit));
            return new AppendResult.Appended();
          });
    } catch (RuntimeException e) {
      if (Outage.isContention(e) || Outage.violates("journal_request_key", e)) {
        return new AppendResult.Conflict();
      }
      throw e;
    }
  }

  private static int move(Handle handle, TenantState next, JournalEntry entry) {
    return handle
        .createUpdate(
            "UPDATE tenants SET revision = revision + 1, name = :name,"
                + " settings = CAST(:settings AS json), updated_at = :updatedAt"
                + " WHERE tenant_id = :tenant AND revision = :before AND NOT frozen")
        .bind("tenant", next.id().value())
        .bind("before", entry.revision() - 1)
        .bind("name", StorableText.store(next.tenant().name()))
        .bind("settings", SettingsJson.text(next.settings()))
        .bind("updatedAt", next.tenant().updatedAt())
        .execute();
  }

  private static int delete(Handle handle, TenantId tenant, JournalEntry entry) {
    return handle
        .createUpdate(
            "DELETE FROM tenants WHERE tenant_id = :tenant AND revision = :before AND NOT frozen")
        .bind("tenant", tenant.value())
        .bind("before", entry.revision() - 1)
        .execute();
  }

  private static AppendResult refusal(Handle handle, TenantId tenant) {
    return of(tenant, handle, "SELECT frozen FROM tenants WHERE tenant_id = :tenant")
        .mapTo(Boolean.class)
        .findOne()
        .<AppendResult>map(
            frozen -> frozen ? new AppendResult.Moving() : new AppendResult.Conflict())
        .orElseGet(AppendResult.NotFound::new);
  }

  private static void record(Handle handle, TenantId tenant, JournalEntry entry) {
    JournalWriter.write(handle, tenant, List.of(entry));
    announce(handle, tenant, entry);
  }

  private static void announce(Handle handle, TenantId tenant, JournalEntry entry) {
    handle
        .createQuery("SELECT true FROM pg_notify('tenet_revision', :message)")
        .bind("message", tenant + ":" + entry.revision())
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public Optional<JournalEntry> entryOf(TenantId tenant, String requestKey) {
    return transactions.inTenant(
        tenant,
        handle ->
            of(
                    tenant,
                    handle,
                    "SELECT * FROM journal WHERE tenant_id = :tenant AND request_key = :key")
                .bind("key", StorableText.store(requestKey))
                .map((row, context) -> Rows.journalEntry(row))
                .findOne());
  }

  @Override
  public Page<JournalEntry, Long> journal(
      TenantId tenant, boolean schemaOnly, PageRequest<Long> page) {
    List<JournalEntry> entries =
        reads.read(
            tenant,
            handle ->
                of(
                        tenant,
                        handle,
                        "SELECT * FROM journal WHERE tenant_id = :tenant AND revision < :before"
                            + (schemaOnly ? " AND changes_schema" : "")
                            + " ORDER BY revision DESC LIMIT :most")
                    .bind("before", page.after().orElse(Long.MAX_VALUE))
                    .bind("most", page.size() + 1)
                    .map((row, context) -> Rows.journalEntry(row))
                    .list());
    return Page.of(entries, page, JournalEntry::revision);
  }

  @Override
  public Optional<SchemaVersion> schemaVersion(TenantId tenant, int version) {
    return reads.read(
        tenant,
        handle ->
            of(
                    tenant,
                    handle,
                    "SELECT * FROM schemas WHERE tenant_id = :tenant AND version = :version")
                .bind("version", version)
                .map((row, context) -> Rows.schemaVersion(row))
                .findOne());
  }

  @Override
  public Page<SchemaVersion, Long> schemaVersions(TenantId tenant, PageRequest<Long> page) {
    List<SchemaVersion> versions =
        reads.read(
            tenant,
            handle ->
                of(
                        tenant,
                        handle,
                        "SELECT * FROM schemas WHERE tenant_id = :tenant AND version < :before"
                            + " ORDER BY version DESC LIMIT :most")
                    .bind("before", page.after().orElse(Long.MAX_VALUE))
                    .bind("most", page.size() + 1)
                    .map((row, context) -> Rows.schemaVersion(row))
                    .list());
    return Page.of(versions, page, version -> (long) version.version());
  }

  @Override
  public Page<Tenant, Age> tenants(TenantFilter filter, PageRequest<Age> page) {
    List<Tenant> tenants =
        TenantList.read(
                transactions, filter, page.after().orElse(TenantList.NEWEST), page.size() + 1)
            .stream()
            .map(TenantList.Row::tenant)
            .toList();
    return Page.of(tenants, page, Age::of);
  }

  @Override
  public boolean available() {
    try {
      return transactions.acrossTenants(
          handle -> handle.createQuery("SELECT true").mapTo(Boolean.class).one());
    } catch (StoreUnavailable away) {
      return false;
    }
  }
}
