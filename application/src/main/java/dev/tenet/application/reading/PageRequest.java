package dev.tenet.application.reading;

import java.util.Optional;

/// Which part of a list to read.
///
/// @param <K> what tells where an item stands in the list
/// @param size the most items, from 1
/// @param after where the last page ended: the `end` of its [Page]
public record PageRequest<K>(int size, Optional<K> after) {

  /// The largest page.
  public static final int LARGEST = 1_000;

  public PageRequest {
    if (size < 1 || size > LARGEST) {
      throw new IllegalArgumentException("a page has 1 to " + LARGEST + " items, not " + size);
    }
  }
}
