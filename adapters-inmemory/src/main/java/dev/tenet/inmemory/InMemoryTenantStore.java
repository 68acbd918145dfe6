package dev.tenet.inmemory;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Keeps tenants in memory.
public final class InMemoryTenantStore implements TenantStore {

  /// All that is kept of one tenant; guarded by itself.
  private static final class Shelf {
    TenantState state;
    boolean deleted;
    final List<JournalEntry> journal = new ArrayList<>();
    final Map<String, JournalEntry> byRequestKey = new HashMap<>();
    final List<SchemaVersion> schemaVersions = new ArrayList<>();

    Shelf(TenantState state) {
      this.state = state;
    }

    void append(TenantState next, JournalEntry entry) {
      state = next;
      journal.add(entry);
      if (entry.request() != null) {
        byRequestKey.put(entry.request().key(), entry);
      }
      for (Change change : entry.changes()) {
        if (change instanceof Change.SchemaDefined(var version, _)) {
          schemaVersions.add(version);
        }
      }
    }
  }

  private final ConcurrentMap<TenantId, Shelf> shelves = new ConcurrentHashMap<>();
  private final InMemoryAuditLog audits;

  /// A store whose audit nobody reads.
  public InMemoryTenantStore() {
    this(new InMemoryAuditLog());
  }

  /// A store whose changes are recorded there.
  public InMemoryTenantStore(InMemoryAuditLog audits) {
    this.audits = audits;
  }

  @Override
  public Optional<TenantState> load(TenantId tenant) {
    Shelf shelf = shelves.get(tenant);
    if (shelf == null) {
      return Optional.empty();
    }
    synchronized (shelf) {
      return shelf.deleted ? Optional.empty() : Optional.of(shelf.state);
    }
  }

  @Override
  public OptionalLong revision(TenantId tenant) {
    return load(tenant).stream().mapToLong(TenantState::revision).findFirst();
  }

  @Override
  public Optional<TenantState> loadAt(TenantId tenant, long revision) {
    Shelf shelf = shelves.get(tenant);
    if (shelf == null) {
      return Optional.empty();
    }
    List<JournalEntry> entries;
    synchronized (shelf) {
      if (shelf.deleted || revision < 1 || revision > shelf.journal.size()) {
        return Optional.empty();
      }
      entries = List.copyOf(shelf.journal.subList(0, Math.toIntExact(revision)));
    }
    return Evolver.replay(entries.iterator());
  }

  @Override
  public AppendResult create(TenantState state, JournalEntry entry, AuditEvent audit) {
    Shelf shelf = new Shelf(state);
    shelf.append(state, entry);
    synchronized (shelf) {
      if (shelves.putIfAbsent(state.id(), shelf) != null) {
        return new AppendResult.Conflict();
      }
      audits.append(state.id(), List.of(audit));
      return new AppendResult.Appended();
    }
  }

  @Override
  public AppendResult append(
      TenantId tenant, TenantState next, JournalEntry entry, AuditEvent audit) {
    Shelf shelf = shelves.get(tenant);
    if (shelf == null) {
      return new AppendResult.NotFound();
    }
    synchronized (shelf) {
      if (shelf.deleted) {
        return new AppendResult.NotFound();
      }
      if (shelf.state.revision() != entry.revision() - 1) {
        return new AppendResult.Conflict();
      }
      if (entry.changes().getFirst() instanceof Change.TenantDeleted) {
        shelf.deleted = true;
      } else {
        shelf.append(next, entry);
      }
      audits.append(tenant, List.of(audit));
      if (shelf.deleted) {
        shelves.remove(tenant, shelf);
      }
      return new AppendResult.Appended();
    }
  }

  @Override
  public Optional<JournalEntry> entryOf(TenantId tenant, String requestKey) {
    Shelf shelf = shelves.get(tenant);
    if (shelf == null) {
      return Optional.empty();
    }
    synchronized (shelf) {
      return Optional.ofNullable(shelf.byRequestKey.get(requestKey));
    }
  }

  @Override
  public Page<JournalEntry, Long> journal(
      TenantId tenant, boolean schemaOnly, PageRequest<Long> page) {
    Shelf shelf = shelves.get(tenant);
    if (shelf == null) {
      return new Page<>(List.of(), Optional.empty());
    }
    synchronized (shelf) {
      List<JournalEntry> entries =
          shelf.journal.stream()
              .filter(entry -> !schemaOnly || entry.schemaChange().isPresent())
              .toList();
      return Page.newestFirst(entries, page, JournalEntry::revision);
    }
  }

  @Override
  public Optional<SchemaVersion> schemaVersion(TenantId tenant, int version) {
    Shelf shelf = shelves.get(tenant);
    if (shelf == null) {
      return Optional.empty();
    }
    synchronized (shelf) {
      return shelf.schemaVersions.stream().filter(v -> v.version() == version).findFirst();
    }
  }

  @Override
  public Page<SchemaVersion, Long> schemaVersions(TenantId tenant, PageRequest<Long> page) {
    Shelf shelf = shelves.get(tenant);
    if (shelf == null) {
      return new Page<>(List.of(), Optional.empty());
    }
    synchronized (shelf) {
      return Page.newestFirst(shelf.schemaVersions, page, version -> (long) version.version());
    }
  }

  @Override
  public Page<Tenant, Age> tenants(TenantFilter filter, PageRequest<Age> page) {
    List<Tenant> tenants =
        shelves.keySet().stream()
            .flatMap(id -> load(id).stream())
            .map(TenantState::tenant)
            .filter(filter::accepts)
            .toList();
    return Page.newestFirst(tenants, page, Age::of);
  }

  @Override
  public boolean available() {
    return true;
  }
}
