package dev.tenet.postgres;

import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.ArtefactStoreContract;

final class PostgresArtefactStoreTest extends ArtefactStoreContract {

  @Override
  protected ArtefactStore open() {
    TestDatabase.empty();
    return new PostgresArtefactStore(TestDatabase.transactions());
  }
}
