package dev.tenet.inmemory;

import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.ArtefactStoreContract;
import java.time.InstantSource;

final class InMemoryArtefactStoreTest extends ArtefactStoreContract {

  @Override
  protected ArtefactStore open() {
    return new InMemoryArtefactStore(InstantSource.system());
  }
}
