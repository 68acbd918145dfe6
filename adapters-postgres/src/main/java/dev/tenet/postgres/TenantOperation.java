package dev.tenet.postgres;

import dev.tenet.application.reading.Age;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import dev.tenet.spi.StoreProvider;
import java.util.List;
import java.util.function.Consumer;

/// What operators do with tenants, beside the servers that run on the same databases.
///
/// Every method throws [dev.tenet.application.store.StoreUnavailable] when a database does not answer, and
/// `IllegalArgumentException` when something cannot be done so, both with a message for the operator.
public final class TenantOperation implements StoreOperation {

  private static final int POOL_SIZE = 3;
  private static final int PIECE = 500;

  private final Databases databases;

  private TenantOperation(Databases databases) {
    this.databases = databases;
  }

  /// A tenant and where it is.
  ///
  /// @param moving whether its changes are paused by a move
  public record Listed(TenantId id, String name, String database, long revision, boolean moving) {}

  /// Opens the databases that the settings name. Migrates none.
  public static TenantOperation open(StoreProvider.Settings settings) {
    return new TenantOperation(databases(settings));
  }

  /// {@return the databases that the settings name, open for an operator and not migrated}
  static Databases databases(StoreProvider.Settings settings) {
    DatabaseSettings said = DatabaseSettings.read(settings.settings());
    var quiet =
        new DatabaseSettings(said.location(), said.connections().withPoolSize(POOL_SIZE), false);
    FurtherDatabases further = FurtherDatabases.read(settings.settings());
    Database main =
        said.location()
            .map(location -> Database.open(location, quiet))
            .orElseGet(() -> embedded(settings, quiet));
    return Databases.open(main, further, quiet, false);
  }

  private static Database embedded(StoreProvider.Settings settings, DatabaseSettings said) {
    if (!EmbeddedPostgres.exists(settings.dataDirectory())) {
      throw new IllegalArgumentException(
          "There is no database in %s yet: tenet serve makes one; or set DATABASE_URL."
              .formatted(settings.dataDirectory()));
    }
    return Database.embedded(settings.dataDirectory(), said);
  }

  /// Tells all tenants, newest first.
  public void list(Consumer<Listed> consumer) {
    var everywhere =
        new TenantsEverywhere(databases, new PlacementTable(databases.main().transactions()));
    Age before = TenantList.NEWEST;
    List<TenantsEverywhere.Placed> piece;
    do {
      piece = everywhere.read(TenantFilter.ALL, before, PIECE);
      for (TenantsEverywhere.Placed placed : piece) {
        TenantList.Row row = placed.row();
        consumer.accept(
            new Listed(
                row.tenant().id(),
                row.tenant().name(),
                placed.database(),
                row.revision(),
                row.frozen()));
        before = row.age();
      }
    } while (piece.size() == PIECE);
  }

  /// Moves a tenant to another database; its changes are paused meanwhile. Finishes an earlier move that did not end, and
  /// undoes it when `database` is where the tenant was.
  ///
  /// @param report is told what happens, a line for each
  /// @throws IllegalStateException when the copy is not the same; the tenant then stays where it is
  public void move(TenantId tenant, String database, Consumer<String> report) {
    if (databases.names().size() == 1) {
      throw new IllegalArgumentException(
          "There is one database only: give further ones in settings such as DATABASE_URL_EU.");
    }
    new TenantMove(databases, tenant, report, step -> {}).to(database);
  }

  @Override
  public void close() {
    databases.close();
  }
}
