package dev.tenet.application.reading;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A part of a list.
///
/// @param nextToken asks for the part after this one; empty at the end
public record Page<T>(List<T> items, Optional<String> nextToken) {
  public Page {
    items = List.copyOf(items);
  }

  /// {@return a page of a list held in memory}
  ///
  /// The token is the key of the last item delivered, so that items added or removed meanwhile neither repeat nor hide
  /// others, as long as the last one delivered is still there; if it is gone the list is read to its end.
  ///
  /// @param list all items, in the order of the pages
  /// @param key tells an item from the others
  public static <T> Page<T> of(List<T> list, PageRequest request, Function<T, String> key) {
    int start = request.token().map(token -> indexAfter(list, token, key)).orElse(0);
    int end = Math.min(list.size(), start + request.size());
    Optional<String> next =
        end < list.size() ? Optional.of(key.apply(list.get(end - 1))) : Optional.empty();
    return new Page<>(list.subList(start, end), next);
  }

  private static <T> int indexAfter(List<T> list, String token, Function<T, String> key) {
    for (int i = 0; i < list.size(); i++) {
      if (key.apply(list.get(i)).equals(token)) {
        return i + 1;
      }
    }
    return list.size();
  }

  /// {@return the page of what `mapping` makes of each item}
  public <R> Page<R> map(Function<T, R> mapping) {
    return new Page<>(items.stream().map(mapping).toList(), nextToken);
  }
}
