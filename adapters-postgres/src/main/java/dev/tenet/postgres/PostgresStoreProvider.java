package dev.tenet.postgres;

import dev.tenet.spi.StoreProvider;

/// Opens the store on the PostgreSQL that `DATABASE_URL` names, or else on one that it runs itself in the data directory.
public final class PostgresStoreProvider implements StoreProvider {

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public OpenStore open(Settings settings) {
    DatabaseSettings said = DatabaseSettings.read(settings.settings());
    return said.location()
        .map(location -> Database.open(location, said))
        .orElseGet(() -> Database.embedded(settings.dataDirectory(), said));
  }
}
