package dev.tenet.postgres;

import dev.tenet.application.reading.Age;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.domain.tenant.TenantId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists the tenants of all databases, newest first. Needs all of them: a list without the tenants of one would be wrong.
final class TenantsEverywhere {

  private final Databases databases;
  private final PlacementTable placements;

  TenantsEverywhere(Databases databases, PlacementTable placements) {
    this.databases = databases;
    this.placements = placements;
  }

  /// A tenant and the name of the database that has it.
  record Placed(TenantList.Row row, String database) {
    Age age() {
      return row.age();
    }
  }

  /// {@return the tenants older than `before` that the filter accepts}
  List<Placed> read(TenantFilter filter, Age before, int most) {
    List<Source> sources =
        databases.names().stream()
            .map(database -> new Source(database, filter, before, most))
            .toList();
    List<Placed> read = new ArrayList<>();
    while (read.size() < most) {
      Optional<Source> newest =
          sources.stream()
              .filter(Source::hasNext)
              .max(Comparator.comparing(source -> source.next().age()));
      if (newest.isEmpty()) {
        break;
      }
      read.add(newest.get().take());
    }
    return read;
  }

  /// What is left of one database's list.
  private final class Source {

    private final String database;
    private final TenantFilter filter;
    private final int most;
    private final Deque<Placed> ready = new ArrayDeque<>();
    private Age before;
    private boolean ended;

    Source(String database, TenantFilter filter, Age before, int most) {
      this.database = database;
      this.filter = filter;
      this.before = before;
      this.most = most;
    }

    boolean hasNext() {
      while (ready.isEmpty() && !ended) {
        fetch();
      }
      return !ready.isEmpty();
    }

    Placed next() {
      return ready.getFirst();
    }

    Placed take() {
      return ready.removeFirst();
    }

    /// A tenant that is placed elsewhere is a copy that a move has made and not removed.
    private void fetch() {
      List<TenantList.Row> rows =
          TenantList.read(databases.get(database).transactions(), filter, before, most);
      Map<TenantId, String> recorded =
          placements.recorded(rows.stream().map(row -> row.tenant().id()).toList());
      for (TenantList.Row row : rows) {
        String place = recorded.getOrDefault(row.tenant().id(), PlacementTable.MAIN);
        if (place.equals(database)) {
          ready.addLast(new Placed(row, database));
        }
      }
      ended = rows.size() < most;
      if (!ended) {
        before = rows.getLast().age();
      }
    }
  }
}
