package dev.tenet.application.plugin;

import org.jspecify.annotations.Nullable;

/// JSON in UTF-8, to and from plain values: `Map`, `List`, `String`, `Long`, `Double`, `Boolean` and null.
public interface JsonFormat {

  /// {@return the value as JSON}
  byte[] write(@Nullable Object value);

  /// {@return the value that the JSON holds}
  ///
  /// @throws IllegalArgumentException with the reason and the place, when it is not JSON
  @Nullable Object read(byte[] json);
}
