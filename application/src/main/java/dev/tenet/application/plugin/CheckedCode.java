package dev.tenet.application.plugin;

import dev.tenet.domain.hash.Sha256;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/// Looks at code that was kept somewhere: what no longer has its hash is damaged, and never runs.
public final class CheckedCode {

  private static final Logger LOG = System.getLogger(CheckedCode.class.getName());

  private CheckedCode() {}

  /// {@return the code, or empty when it is damaged, which is logged}
  ///
  /// @param artefact the hash that it was kept under
  /// @param place where it was kept, for the log, such as `the directory /var/lib/tenet/artefacts`
  public static Optional<byte[]> of(byte[] code, Sha256 artefact, String place) {
    if (Sha256.of(code).equals(artefact)) {
      return Optional.of(code);
    }
    LOG.log(
        Level.ERROR,
        () ->
            "the code %s in %s is damaged and is not used; publish the same plugin or script again to repair it"
                .formatted(artefact, place));
    return Optional.empty();
  }
}
