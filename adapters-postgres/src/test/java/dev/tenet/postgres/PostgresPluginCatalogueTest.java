package dev.tenet.postgres;

import dev.tenet.application.plugin.PluginCatalogue;
import dev.tenet.application.plugin.PluginCatalogueContract;

final class PostgresPluginCatalogueTest extends PluginCatalogueContract {

  @Override
  protected PluginCatalogue open() {
    TestDatabase.empty();
    return new PostgresPluginCatalogue(TestDatabase.transactions());
  }
}
