package dev.tenet.application.plugin;

import dev.tenet.application.store.StoreUnavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;

/// Lets go of code that no release refers to. What was kept lately stays: its release may be about to come.
public final class CollectArtefacts {

  private static final Logger LOG = System.getLogger(CollectArtefacts.class.getName());
  private static final Duration GRACE = Duration.ofHours(1);

  private final PluginCatalogue catalogue;
  private final ArtefactStore artefacts;
  private final InstantSource clock;

  public CollectArtefacts(PluginCatalogue catalogue, ArtefactStore artefacts, InstantSource clock) {
    this.catalogue = catalogue;
    this.artefacts = artefacts;
    this.clock = clock;
  }

  /// Lets go of it. When the store does not answer, the next time does it.
  public void run() {
    try {
      int gone = artefacts.removeUnused(catalogue.artefacts(), clock.instant().minus(GRACE));
      if (gone > 0) {
        LOG.log(Level.INFO, () -> gone + " pieces of code that nothing refers to are gone");
      }
    } catch (StoreUnavailable e) {
      LOG.log(Level.DEBUG, "code that nothing refers to could not be removed", e);
    }
  }
}
