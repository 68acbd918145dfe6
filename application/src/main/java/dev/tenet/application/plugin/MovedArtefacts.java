package dev.tenet.application.plugin;

import dev.tenet.domain.hash.Sha256;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Keeps code in one place, and still finds what was kept in another before that.
public final class MovedArtefacts implements ArtefactStore {

  private final ArtefactStore present;
  private final ArtefactStore earlier;

  /// @param present where code is kept
  /// @param earlier where no more comes to
  public MovedArtefacts(ArtefactStore present, ArtefactStore earlier) {
    this.present = present;
    this.earlier = earlier;
  }

  @Override
  public Sha256 keep(byte[] code) {
    return present.keep(code);
  }

  @Override
  public Optional<byte[]> find(Sha256 artefact) {
    return present.find(artefact).or(() -> earlier.find(artefact));
  }

  @Override
  public int removeUnused(Set<Sha256> used, Instant before) {
    return present.removeUnused(used, before) + earlier.removeUnused(used, before);
  }
}
