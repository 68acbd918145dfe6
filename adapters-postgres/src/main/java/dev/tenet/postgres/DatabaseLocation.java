package dev.tenet.postgres;

import java.util.Map;
import java.util.Optional;

/// Where one database is.
///
/// @param main for transactions; may lead through a pooler
/// @param direct reaches the primary itself, for announcements and migrations, which a pooler that lends connections for
///     one transaction does not carry; the same as `main` when nothing is said
/// @param replica a copy that may be behind, to load states and lists from
record DatabaseLocation(
    DatabaseAddress main, DatabaseAddress direct, Optional<DatabaseAddress> replica) {

  private static final String MAIN = "DATABASE_URL";
  private static final String DIRECT = "DATABASE_DIRECT_URL";
  private static final String REPLICA = "DATABASE_REPLICA_URL";

  /// {@return the location that the settings give, or empty when they give none}
  ///
  /// @param suffix what ends the names of the settings of this database, such as `_EU`; empty for the first one
  /// @throws IllegalArgumentException with a message for the operator
  static Optional<DatabaseLocation> read(Map<String, String> settings, String suffix) {
    Optional<DatabaseAddress> main = address(settings, MAIN + suffix);
    Optional<DatabaseAddress> direct = address(settings, DIRECT + suffix);
    Optional<DatabaseAddress> replica = address(settings, REPLICA + suffix);
    if (main.isEmpty() && (direct.isPresent() || replica.isPresent())) {
      throw new IllegalArgumentException(
          "%s is set without %s: set both, or neither."
              .formatted((direct.isPresent() ? DIRECT : REPLICA) + suffix, MAIN + suffix));
    }
    return main.map(address -> new DatabaseLocation(address, direct.orElse(address), replica));
  }

  private static Optional<DatabaseAddress> address(Map<String, String> settings, String name) {
    return Optional.of(settings.getOrDefault(name, ""))
        .filter(url -> !url.isBlank())
        .map(url -> DatabaseAddress.parse(name, url));
  }
}
