package dev.tenet.application.reading;

import java.util.Optional;

/// Which part of a list to read.
///
/// @param size the most items, from 1
/// @param token where the last page ended: the `nextToken` of its [Page]
public record PageRequest(int size, Optional<String> token) {

  /// The largest page.
  public static final int LARGEST = 1_000;

  public PageRequest {
    if (size < 1 || size > LARGEST) {
      throw new IllegalArgumentException("a page has 1 to " + LARGEST + " items, not " + size);
    }
  }
}
