package dev.tenet.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.Placement;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import java.util.function.Function;

/// Keeps each tenant in one of several databases: in the one that the placement table names.
///
/// What was read of the table is kept, and may be old: the tenant may have been moved. That does no harm, for at any moment
/// at most one database has the tenant unfrozen, and it is the one that the table names. So what is remembered is enough for
/// a database that has the tenant unfrozen; when it has not, the table is asked anew. A frozen tenant is read only where
/// the table, just asked, says that it is.
final class PlacedTenantStore implements TenantStore, Placement {

  private static final int MOST_REMEMBERED = 100_000;

  /// How many times a tenant may be moved while one request looks for it.
  private static final int MOST_MOVES = 8;

  private final Databases databases;
  private final List<String> open;
  private final PlacementTable placements;
  private final TenantsEverywhere everywhere;
  private final Cache<TenantId, String> remembered =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  /// @param open the names of the databases that take tenants for which nobody chose one
  PlacedTenantStore(Databases databases, List<String> open) {
    this.databases = databases;
    this.open = List.copyOf(open);
    placements = new PlacementTable(databases.main().transactions());
    everywhere = new TenantsEverywhere(databases, placements);
  }

  @Override
  public List<String> names() {
    return databases.names();
  }

  @Override
  public boolean choose(TenantId tenant, String name) {
    return placements.recorded(tenant).orElseGet(() -> place(tenant, name)).equals(name);
  }

  /// Nothing is recorded when the database does not answer.
  private String place(TenantId tenant, String database) {
    if (!databases.get(database).tenants().available()) {
      throw new StoreUnavailable("The database \"%s\" does not answer.".formatted(database));
    }
    return placements.place(tenant, database);
  }

  @Override
  public AppendResult create(TenantState state, JournalEntry entry, AuditEvent audit) {
    TenantId tenant = state.id();
    String place = placements.recorded(tenant).orElseGet(() -> place(tenant, chosen(tenant)));
    AppendResult result = databases.get(place).tenants().create(state, entry, audit);
    remembered.put(tenant, place);
    return result;
  }

  /// The platform itself is in `main`, as all that belongs to no tenant.
  private String chosen(TenantId tenant) {
    return tenant.equals(TenantId.PLATFORM)
        ? PlacementTable.MAIN
        : RendezvousHash.choose(tenant, open);
  }

  @Override
  public AppendResult append(
      TenantId tenant, TenantState next, JournalEntry entry, AuditEvent audit) {
    String place = placeOf(tenant);
    for (int move = 0; move < MOST_MOVES; move++) {
      AppendResult result = databases.get(place).tenants().append(tenant, next, entry, audit);
      boolean elsewhere =
          result instanceof AppendResult.NotFound || result instanceof AppendResult.Moving;
      if (!elsewhere) {
        return result;
      }
      String now = ask(tenant);
      if (now.equals(place)) {
        return result;
      }
      place = now;
    }
    return new AppendResult.Moving();
  }

  /// {@return the name of the database that has the tenant, or had it when it was last used}
  String placeOf(TenantId tenant) {
    return Optional.ofNullable(remembered.getIfPresent(tenant)).orElseGet(() -> ask(tenant));
  }

  private String ask(TenantId tenant) {
    String place = placements.find(tenant);
    remembered.put(tenant, place);
    return place;
  }

  @Override
  public Optional<TenantState> load(TenantId tenant) {
    return read(tenant, store -> store.load(tenant), (store, state) -> state.isPresent());
  }

  @Override
  public OptionalLong revision(TenantId tenant) {
    return read(tenant, store -> store.revision(tenant), (store, revision) -> revision.isPresent());
  }

  @Override
  public Optional<TenantState> loadAt(TenantId tenant, long revision) {
    return read(tenant, store -> store.loadAt(tenant, revision));
  }

  @Override
  public Optional<JournalEntry> entryOf(TenantId tenant, String requestKey) {
    return read(tenant, store -> store.entryOf(tenant, requestKey));
  }

  @Override
  public Page<JournalEntry, Long> journal(
      TenantId tenant, boolean schemaOnly, PageRequest<Long> page) {
    return read(tenant, store -> store.journal(tenant, schemaOnly, page));
  }

  @Override
  public Optional<SchemaVersion> schemaVersion(TenantId tenant, int version) {
    return read(tenant, store -> store.schemaVersion(tenant, version));
  }

  @Override
  public Page<SchemaVersion, Long> schemaVersions(TenantId tenant, PageRequest<Long> page) {
    return read(tenant, store -> store.schemaVersions(tenant, page));
  }

  /// Reads what does not tell by itself whether the tenant is there. That it is there afterwards is enough: a tenant comes
  /// back to a database that it was moved away from only by another move.
  private <T> T read(TenantId tenant, Function<TenantStore, T> reading) {
    return read(tenant, reading, (store, found) -> store.revision(tenant).isPresent());
  }

  /// @param isThere whether the store that gave this answer has the tenant
  private <T> T read(
      TenantId tenant, Function<TenantStore, T> reading, BiPredicate<TenantStore, T> isThere) {
    String place = remembered.getIfPresent(tenant);
    if (place != null) {
      try {
        TenantStore store = databases.get(place).unfrozenTenants();
        T found = reading.apply(store);
        if (isThere.test(store, found)) {
          return found;
        }
      } catch (StoreUnavailable e) {
        if (ask(tenant).equals(place)) {
          throw e;
        }
      }
    }
    return readWhereItIs(tenant, reading, isThere);
  }

  private <T> T readWhereItIs(
      TenantId tenant, Function<TenantStore, T> reading, BiPredicate<TenantStore, T> isThere) {
    String place = placements.find(tenant);
    for (int move = 0; move < MOST_MOVES; move++) {
      TenantStore store = databases.get(place).tenants();
      T found = reading.apply(store);
      if (isThere.test(store, found)) {
        remembered.put(tenant, place);
        return found;
      }
      String now = placements.find(tenant);
      if (now.equals(place)) {
        remembered.invalidate(tenant);
        return found;
      }
      place = now;
    }
    throw new StoreUnavailable("The tenant %s is being moved all the time.".formatted(tenant));
  }

  @Override
  public Page<Tenant, Age> tenants(TenantFilter filter, PageRequest<Age> page) {
    List<Tenant> tenants =
        everywhere.read(filter, page.after().orElse(TenantList.NEWEST), page.size() + 1).stream()
            .map(placed -> placed.row().tenant())
            .toList();
    return Page.of(tenants, page, Age::of);
  }

  /// {@return whether `main` answers: without it, tenants that were not used before cannot be found}
  @Override
  public boolean available() {
    return databases.main().tenants().available();
  }
}
