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

/// Keeps tenants: for each its journal, the fold of the journal, and every version of its schema.
///
/// Every method may throw [StoreUnavailable]; then it did nothing, except that an `append` whose outcome is not known may
/// have happened as a whole. Nothing of one tenant is ever visible through another's id.
public interface TenantStore {

  /// What appending gives.
  sealed interface AppendResult {
    /// The entry and its effects are stored, all of them.
    record Appended() implements AppendResult {}

    /// Someone else appended first; nothing is stored.
    record Conflict() implements AppendResult {}

    /// There is no such tenant (any more); nothing is stored.
    record NotFound() implements AppendResult {}

    /// The tenant is being moved to another database, and does not change meanwhile; nothing is stored.
    record Moving() implements AppendResult {}
  }

  /// {@return the tenant's present revision, or empty when there is no such tenant; never an earlier one than that of an
  /// entry that was appended before}
  OptionalLong revision(TenantId tenant);

  /// {@return the tenant's present state, or empty when there is no such tenant; never an earlier one than that after an
  /// entry that was appended before}
  Optional<TenantState> load(TenantId tenant);

  /// {@return the tenant's state as it was at a revision, folded from its journal; empty when the tenant has no such
  /// revision}
  Optional<TenantState> loadAt(TenantId tenant, long revision);

  /// Stores a new tenant with the first entry of its journal.
  ///
  /// @param state the state after the entry, at revision 1
  /// @param audit is added to the tenant's [dev.tenet.application.audit.AuditLog] in the same step, if the store has one
  /// @return `Conflict` when there is a tenant with this id
  AppendResult create(TenantState state, JournalEntry entry, AuditEvent audit);

  /// Appends an entry if the tenant is still at the revision before it, and applies the entry's changes in the same
  /// step. A deletion removes all that the tenant has.
  ///
  /// @param next the state after the entry
  /// @param audit is added to the tenant's [dev.tenet.application.audit.AuditLog] in the same step, if the store has one;
  ///     what was recorded of a deleted tenant stays
  AppendResult append(TenantId tenant, TenantState next, JournalEntry entry, AuditEvent audit);

  /// {@return the entry of the request with this key}
  Optional<JournalEntry> entryOf(TenantId tenant, String requestKey);

  /// {@return a page of the tenant's journal, newest first; empty when there is no such tenant}
  ///
  /// @param schemaOnly only entries that define or activate a schema
  Page<JournalEntry, Long> journal(TenantId tenant, boolean schemaOnly, PageRequest<Long> page);

  /// {@return a version of the tenant's schema}
  Optional<SchemaVersion> schemaVersion(TenantId tenant, int version);

  /// {@return a page of the versions of the tenant's schema, newest first; empty when there is no such tenant}
  Page<SchemaVersion, Long> schemaVersions(TenantId tenant, PageRequest<Long> page);

  /// {@return a page of the tenants that the filter accepts, newest first}
  Page<Tenant, Age> tenants(TenantFilter filter, PageRequest<Age> page);

  /// {@return whether the store answers}
  boolean available();
}
