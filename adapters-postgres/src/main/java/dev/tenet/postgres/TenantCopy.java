package dev.tenet.postgres;

import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Copies a frozen tenant from one database into another: its journal, the tables that follow from it, and its audit log. The
/// copy is frozen, too.
final class TenantCopy {

  /// Entries that are in memory at once. One may hold a schema of a megabyte.
  private static final int PIECE = 100;

  private final TenantId tenant;
  private final TenantTransaction source;
  private final TenantTransaction target;

  /// What is read through these comes from the primaries, never from a replica.
  private final TenantStore from;

  private final TenantStore to;
  private final AuditCopy audit;

  TenantCopy(TenantId tenant, TenantTransaction source, TenantTransaction target) {
    this.tenant = tenant;
    this.source = source;
    this.target = target;
    from = new PostgresTenantStore(source);
    to = new PostgresTenantStore(target);
    audit = new AuditCopy(tenant, source);
  }

  /// Copies everything, or nothing.
  ///
  /// @return the revision of the tenant, which is the number of entries copied
  long copy() {
    TenantState state = from.load(tenant).orElseThrow(this::vanished);
    target.inTenant(
        tenant,
        handle -> {
          Tenant row = state.tenant();
          handle
              .createUpdate(
                  "INSERT INTO tenants (tenant_id, name, settings, revision, created_at,"
                      + " updated_at, frozen) VALUES (:tenant, :name, CAST(:settings AS json),"
                      + " :revision, :createdAt, :updatedAt, true)")
              .bind("tenant", tenant.value())
              .bind("name", StorableText.store(row.name()))
              .bind("settings", SettingsJson.text(row.settings()))
              .bind("revision", state.revision())
              .bind("createdAt", row.createdAt())
              .bind("updatedAt", row.updatedAt())
              .execute();
          for (long done = 0; done < state.revision(); ) {
            List<JournalEntry> piece = entriesAfter(done);
            if (piece.isEmpty()) {
              throw different("the journal ends before revision " + state.revision());
            }
            JournalWriter.write(handle, tenant, piece);
            done = piece.getLast().revision();
          }
          audit.copy(handle);
          return state.revision();
        });
    return state.revision();
  }

  private List<JournalEntry> entriesAfter(long revision) {
    return source.inTenant(
        tenant,
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM journal WHERE tenant_id = :tenant AND revision > :after"
                        + " ORDER BY revision LIMIT :most")
                .bind("tenant", tenant.value())
                .bind("after", revision)
                .bind("most", PIECE)
                .map((row, context) -> Rows.journalEntry(row))
                .list());
  }

  /// Compares all that can be read of the tenant in both databases, and the copy's tables with its journal.
  ///
  /// @throws IllegalStateException naming the first difference
  void verify() {
    TenantState state = from.load(tenant).orElseThrow(this::vanished);
    requireEqual("the present state", Optional.of(state), to.load(tenant));
    requireEqual(
        "the state that the journal gives",
        Optional.of(state),
        to.loadAt(tenant, state.revision()));
    requireEqualLists(
        "journal entry",
        page -> from.journal(tenant, false, page),
        page -> to.journal(tenant, false, page),
        JournalEntry::revision);
    requireEqualLists(
        "schema version",
        page -> from.schemaVersions(tenant, page),
        page -> to.schemaVersions(tenant, page),
        version -> (long) version.version());
    if (!audit.isSame(target)) {
      throw different("the audit log is not the same");
    }
  }

  private <T> void requireEqualLists(
      String what,
      Function<PageRequest<Long>, Page<T, Long>> from,
      Function<PageRequest<Long>, Page<T, Long>> to,
      Function<T, Long> number) {
    Optional<Long> after = Optional.empty();
    do {
      var request = new PageRequest<>(PIECE, after);
      Page<T, Long> expected = from.apply(request);
      Page<T, Long> found = to.apply(request);
      for (int i = 0; i < Math.min(expected.items().size(), found.items().size()); i++) {
        T item = expected.items().get(i);
        requireEqual(what + " " + number.apply(item), item, found.items().get(i));
      }
      requireEqual("the number of items of kind: " + what, expected, found);
      after = expected.end();
    } while (after.isPresent());
  }

  private void requireEqual(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw different(what + " is not the same");
    }
  }

  private IllegalStateException different(String difference) {
    return new IllegalStateException(
        "The copy of the tenant %s differs from the original: %s.".formatted(tenant, difference));
  }

  private IllegalStateException vanished() {
    return new IllegalStateException("The tenant %s is not there any more.".formatted(tenant));
  }
}
