package dev.tenet.postgres;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.spi.ConnectionPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All databases of a server: `main`, which is open, and the further ones, each of which may not answer.
final class Databases implements AutoCloseable {

  private final Database main;
  private final Map<String, NamedDatabase> byName;

  private Databases(Database main, List<NamedDatabase> further) {
    this.main = main;
    Map<String, NamedDatabase> all = new LinkedHashMap<>();
    all.put(PlacementTable.MAIN, NamedDatabase.of(PlacementTable.MAIN, main));
    further.forEach(database -> all.put(database.name(), database));
    byName = Collections.unmodifiableMap(all);
  }

  /// Makes sure that `main` is the database of this name, that all are known which tenants were placed in, and opens the
  /// further ones that answer.
  ///
  /// @param main is closed when this fails
  /// @param settings for the further databases
  /// @param waits whether to go on trying in the background to open those that do not answer
  /// @throws IllegalArgumentException with a message for the operator when databases are mixed up or missing
  static Databases open(
      Database main, FurtherDatabases further, DatabaseSettings settings, boolean waits) {
    List<NamedDatabase> opened = new ArrayList<>();
    try {
      DatabaseIdentity identity = DatabaseIdentity.claimMain(main.transactions());
      requireKnown(new PlacementTable(main.transactions()).databases(), further);
      further
          .locations()
          .forEach(
              (name, location) -> {
                var database =
                    new NamedDatabase(name, () -> open(name, location, settings, identity));
                opened.add(database);
                if (waits) {
                  database.openSoon();
                } else {
                  database.tryToOpen();
                }
              });
      return new Databases(main, opened);
    } catch (RuntimeException e) {
      opened.forEach(NamedDatabase::close);
      main.close();
      throw e;
    }
  }

  private static Database open(
      String name,
      DatabaseLocation location,
      DatabaseSettings settings,
      DatabaseIdentity identity) {
    Database database;
    try {
      database = Database.open(location, settings);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: %s".formatted(FurtherDatabases.setting(name), e.getMessage()), e);
    }
    try {
      identity.claim(name, database.transactions());
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static void requireKnown(List<String> used, FurtherDatabases further) {
    List<String> known = further.names();
    for (String name : used) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "Tenants were placed in the database %s, which is not known: set %s."
                .formatted(Quoted.text(name), FurtherDatabases.setting(name)));
      }
    }
  }

  /// {@return the database of this name}
  ///
  /// @throws StoreUnavailable when it is not known or does not answer
  Database get(String name) {
    NamedDatabase database = byName.get(name);
    if (database == null) {
      throw new StoreUnavailable(
          "The database \"%s\" is not known to this server: set %s."
              .formatted(name, FurtherDatabases.setting(name)));
    }
    return database.get();
  }

  Database main() {
    return main;
  }

  /// {@return all databases, `main` first}
  Collection<NamedDatabase> all() {
    return byName.values();
  }

  /// {@return the names of all databases, `main` first}
  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /// {@return the pools of the databases that are open}
  List<ConnectionPool> pools() {
    List<ConnectionPool> pools = new ArrayList<>(main.pools());
    for (NamedDatabase database : byName.values()) {
      if (!database.name().equals(PlacementTable.MAIN)) {
        database.ifOpen().ifPresent(open -> pools.addAll(open.pools(database.name())));
      }
    }
    return pools;
  }

  @Override
  public void close() {
    byName.values().stream().toList().reversed().forEach(NamedDatabase::close);
  }
}
