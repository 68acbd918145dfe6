package dev.tenet.application.plugin;

import dev.tenet.domain.hash.Sha256;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Keeps code under the hash of its content, so that the same code is kept once, and nobody can put other code in its place.
///
/// Code is handed over as a whole: signatures are checked of all of it, and the sandbox compiles all of it, before it is kept and
/// before it is called. Whatever goes wrong with the place is a [dev.tenet.application.store.StoreUnavailable].
public interface ArtefactStore {

  /// Keeps the code. Others see all of it or nothing. Code that is there already counts as kept now.
  ///
  /// @return its hash
  Sha256 keep(byte[] code);

  /// {@return the code with this hash, which has been checked to be that, or empty; what is damaged is reported in the log and not given}
  Optional<byte[]> find(Sha256 artefact);

  /// Lets go of the code that no release refers to.
  ///
  /// @param used the hashes that releases refer to
  /// @param before what was kept later stays: its release may be about to come
  /// @return how many pieces of code are gone
  int removeUnused(Set<Sha256> used, Instant before);
}
