package dev.tenet.postgres;

import dev.tenet.domain.diagnostic.Quoted;
import java.util.Map;
import java.util.Optional;

/// All that an operator says about databases.
///
/// | setting | meaning |
/// |---|---|
/// | `DATABASE_URL` | `postgresql://user:password@host:5432/database?sslmode=require` |
/// | `DATABASE_DIRECT_URL` | the primary itself, when `DATABASE_URL` leads through a pooler |
/// | `DATABASE_REPLICA_URL` | a copy of the database, to load states and lists from |
/// | `DATABASE_POOL_SIZE` | the most connections for requests, 20 when not said |
/// | `DATABASE_POOL_TIMEOUT` | how long a request waits for a connection, `3s` |
/// | `DATABASE_STATEMENT_TIMEOUT` | how long one statement may take, `10s` |
/// | `DATABASE_LOCK_TIMEOUT` | how long a statement may wait for a lock, `5s` |
/// | `TENET_MIGRATE` | `on`, or `off`: refuse to work with a database at another version |
///
/// @param location where the database is; empty for the embedded one
/// @param connections for every database alike
/// @param migrate whether a database at an older version may be migrated
record DatabaseSettings(
    Optional<DatabaseLocation> location, ConnectionSettings connections, boolean migrate) {

  /// {@return the settings, by their environment names}
  ///
  /// @throws IllegalArgumentException with a message for the operator that names the setting; it holds no password
  static DatabaseSettings read(Map<String, String> settings) {
    return new DatabaseSettings(
        DatabaseLocation.read(settings, ""), ConnectionSettings.read(settings), migrate(settings));
  }

  private static boolean migrate(Map<String, String> settings) {
    String text = settings.getOrDefault("TENET_MIGRATE", "").strip();
    return switch (text) {
      case "", "on", "true" -> true;
      case "off", "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "TENET_MIGRATE must be \"on\" or \"off\", not %s.".formatted(Quoted.text(text)));
    };
  }
}
