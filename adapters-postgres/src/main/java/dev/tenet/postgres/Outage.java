package dev.tenet.postgres;

import dev.tenet.application.store.StoreUnavailable;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells an outage of the database, which passes, from a mistake of ours, which does not.
///
/// See the appendix "PostgreSQL Error Codes" of its manual for the classes.
final class Outage {

  /// Connection failures, too few resources, and faults of the system under the database.
  private static final Set<String> CLASSES = Set.of("08", "53", "58");

  /// Shutting down or starting; a time limit reached; a server that only reads, after a change of roles among replicas;
  /// a refused login or a missing database, for an operator is changing them.
  private static final Set<String> STATES =
      Set.of(
          "57014", "57P01", "57P02", "57P03", "57P04", "57P05", "55P03", "25006", "25P03", "25P04",
          "28000", "28P01", "3D000");

  /// Two transactions were in each other's way: doing it again is right.
  private static final Set<String> CONTENTIONS = Set.of("40001", "40P01");

  private static final String UNIQUE_VIOLATION = "23505";

  private Outage() {}

  /// {@return the exception as a [StoreUnavailable] when an outage caused it, else itself}
  static RuntimeException translate(RuntimeException exception) {
    return isOutage(exception)
        ? new StoreUnavailable("The database does not answer.", exception)
        : exception;
  }

  static boolean isOutage(Throwable exception) {
    return sqlCause(exception)
        .map(
            cause -> {
              String state = state(cause);
              return cause instanceof SQLTransientConnectionException
                  || STATES.contains(state)
                  || CONTENTIONS.contains(state)
                  || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
            })
        .orElse(false);
  }

  /// {@return whether another transaction was faster}
  static boolean isContention(Throwable exception) {
    return sqlCause(exception).map(cause -> CONTENTIONS.contains(state(cause))).orElse(false);
  }

  /// {@return whether a row with the same key is there already}
  static boolean violates(String constraint, Throwable exception) {
    return sqlCause(exception)
        .filter(cause -> state(cause).equals(UNIQUE_VIOLATION))
        .map(cause -> String.valueOf(cause.getMessage()).contains('"' + constraint + '"'))
        .orElse(false);
  }

  /// {@return whether the database refused with this state}
  static boolean isState(String state, Throwable exception) {
    return sqlCause(exception).map(cause -> state(cause).equals(state)).orElse(false);
  }

  private static String state(SQLException exception) {
    String state = exception.getSQLState();
    return state == null ? "" : state;
  }

  /// {@return what the database or its driver said}
  static String words(Throwable exception) {
    return String.valueOf(
        sqlCause(exception).map(Throwable::getMessage).orElseGet(exception::getMessage));
  }

  /// {@return the first SQL exception among the causes}
  private static Optional<SQLException> sqlCause(@Nullable Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }
}
