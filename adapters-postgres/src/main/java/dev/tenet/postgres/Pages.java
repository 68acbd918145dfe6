package dev.tenet.postgres;

import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes pages of what a database gave.
final class Pages {

  private Pages() {}

  /// {@return the page of a list that has one item more when there is a next page}
  ///
  /// @param token says where an item stands in the whole list
  static <T> Page<T> of(List<T> items, PageRequest page, Function<T, String> token) {
    if (items.size() <= page.size()) {
      return new Page<>(items, Optional.empty());
    }
    List<T> delivered = items.subList(0, page.size());
    return new Page<>(delivered, Optional.of(token.apply(delivered.getLast())));
  }
}
