package dev.tenet.domain.there;

import dev.tenet.domain.here.Here;
import java.util.List;

/// Breaks rule 6 together with [Here].
public record There(List<Here> here) {
  /// {@return none}
  public static Here none() {
    return new Here(new There(List.of()));
  }
}
