package dev.tenet.inmemory;

import dev.tenet.application.plugin.PluginCatalogue;
import dev.tenet.application.plugin.PluginCatalogueContract;

final class InMemoryPluginCatalogueTest extends PluginCatalogueContract {

  @Override
  protected PluginCatalogue open() {
    return new InMemoryPluginCatalogue();
  }
}
