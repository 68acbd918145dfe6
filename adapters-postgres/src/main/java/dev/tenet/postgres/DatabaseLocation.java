package dev.tenet.postgres;

import java.util.Map;
import java.util.Optional;

/// Where one database is.
///
/// @param main for transactions; may lead through a pooler
/// @param direct reaches the primary itself, for announcements and migrations, which a pooler that lends connections for
///     one transaction does not carry; the same as `main` when nothing is said
record DatabaseLocation(DatabaseAddress main, DatabaseAddress direct) {

  private static final String MAIN = "DATABASE_URL";
  private static final String DIRECT = "DATABASE_DIRECT_URL";

  /// {@return the location that the settings give, or empty when they give none}
  ///
  /// @param suffix what ends the names of the settings of this database, such as `_EU`; empty for the first one
  /// @throws IllegalArgumentException with a message for the operator
  static Optional<DatabaseLocation> read(Map<String, String> settings, String suffix) {
    Optional<DatabaseAddress> main = address(settings, MAIN + suffix);
    Optional<DatabaseAddress> direct = address(settings, DIRECT + suffix);
    if (main.isEmpty() && direct.isPresent()) {
      throw new IllegalArgumentException(
          "%s is set without %s: set both, or neither.".formatted(DIRECT + suffix, MAIN + suffix));
    }
    return main.map(address -> new DatabaseLocation(address, direct.orElse(address)));
  }

  private static Optional<DatabaseAddress> address(Map<String, String> settings, String name) {
    return Optional.of(settings.getOrDefault(name, ""))
        .filter(url -> !url.isBlank())
        .map(url -> DatabaseAddress.parse(name, url));
  }
}
