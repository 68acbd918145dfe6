package dev.tenet.postgres;

import dev.tenet.spi.StoreProvider;

/// Opens the store on the PostgreSQL that `DATABASE_URL` names, or else on one that it runs itself in the data directory;
/// and on the further databases of [FurtherDatabases], each of which keeps some of the tenants.
public final class PostgresStoreProvider implements StoreProvider {

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public OpenStore open(Settings settings) {
    DatabaseSettings said = DatabaseSettings.read(settings.settings());
    FurtherDatabases further = FurtherDatabases.read(settings.settings());
    Database main =
        said.location()
            .map(location -> Database.open(location, said))
            .orElseGet(() -> Database.embedded(settings.dataDirectory(), said));
    Databases databases = Databases.open(main, further, said, true);
    return further.locations().isEmpty() ? main : new PlacedStore(databases, further.open());
  }
}
