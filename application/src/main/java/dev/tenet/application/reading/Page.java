package dev.tenet.application.reading;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A part of a list that goes from the newest to the oldest.
///
/// @param <K> what tells where an item stands in the list
/// @param end where the last item stands, when the list goes on after it
public record Page<T, K>(List<T> items, Optional<K> end) {
  public Page {
    items = List.copyOf(items);
  }

  /// {@return the page of a list that has one item more when there is a next page}
  ///
  /// @param items the first items of the page, newest first, and one more if there is one
  public static <T, K> Page<T, K> of(List<T> items, PageRequest<K> request, Function<T, K> place) {
    if (items.size() <= request.size()) {
      return new Page<>(items, Optional.empty());
    }
    List<T> delivered = items.subList(0, request.size());
    return new Page<>(delivered, Optional.of(place.apply(delivered.getLast())));
  }

  /// {@return a page of a list held in memory}
  ///
  /// Items added or removed meanwhile neither repeat nor hide others.
  ///
  /// @param list all items, in any order
  /// @param place where an item stands; the newest is the greatest
  public static <T, K extends Comparable<K>> Page<T, K> newestFirst(
      List<T> list, PageRequest<K> request, Function<T, K> place) {
    List<T> items =
        list.stream()
            .filter(
                item -> request.after().map(k -> place.apply(item).compareTo(k) < 0).orElse(true))
            .sorted(Comparator.comparing(place).reversed())
            .limit(request.size() + 1L)
            .toList();
    return of(items, request, place);
  }

  /// {@return the page of what `mapping` makes of each item}
  public <R> Page<R, K> map(Function<T, R> mapping) {
    return new Page<>(items.stream().map(mapping).toList(), end);
  }
}
