package dev.tenet.domain.diagnostic;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// A fault in what somebody wrote: a rule, a schema or facts.
///
/// @param code stable and in snake_case, for programs
/// @param severity whether the fault refuses the input or is only worth a look
/// @param location where it is
/// @param message one human sentence that says what is wrong and what would be right
/// @param suggestion what was probably meant, when that can be guessed
public record Diagnostic(
    String code,
    Severity severity,
    Location location,
    String message,
    @Nullable String suggestion) {

  /// How bad a fault is.
  public enum Severity {
    ERROR,
    WARNING
  }

  public Diagnostic {
    requireNonNull(code);
    requireNonNull(severity);
    requireNonNull(location);
    requireNonNull(message);
  }

  /// {@return an error without a suggestion}
  public static Diagnostic error(String code, Location location, String message) {
    return new Diagnostic(code, Severity.ERROR, location, message, null);
  }

  /// {@return an error that says what was probably meant}
  public static Diagnostic error(
      String code, Location location, String message, @Nullable String suggestion) {
    return new Diagnostic(code, Severity.ERROR, location, message, suggestion);
  }

  /// {@return a warning}
  public static Diagnostic warning(String code, Location location, String message) {
    return new Diagnostic(code, Severity.WARNING, location, message, null);
  }

  /// {@return the message, and what was probably meant unless the message says so already}
  public String sentence() {
    return suggestion == null || message.contains(suggestion)
        ? message
        : "%s Did you mean %s?".formatted(message, Quoted.text(suggestion));
  }

  /// {@return place and sentence in one line}
  public String line() {
    return location.describe() + ": " + sentence();
  }

  /// {@return this diagnostic at another place}
  public Diagnostic at(Location elsewhere) {
    return new Diagnostic(code, severity, elsewhere, message, suggestion);
  }

  /// {@return whether any of the diagnostics refuses the input}
  public static boolean anyError(Collection<Diagnostic> diagnostics) {
    return diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR);
  }
}
