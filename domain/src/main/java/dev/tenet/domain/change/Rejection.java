package dev.tenet.domain.change;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.diagnostic.Diagnostic;
import java.util.List;

/// Why a command changed nothing.
///
/// @param code stable and in snake_case, for programs
/// @param message one human sentence
/// @param diagnostics all the faults, when there are any
/// @param dependants the rules and derived fields in the way, when there are any
public record Rejection(
    Reason reason,
    String code,
    String message,
    List<Diagnostic> diagnostics,
    List<Dependant> dependants) {

  /// What kind of answer it is.
  public enum Reason {
    /// The input has faults.
    INVALID,
    /// The input is well-formed and contradicts what is there.
    CONFLICT,
    /// What the command speaks of does not exist.
    NOT_FOUND,
    /// A limit of the tenant is reached.
    LIMIT
  }

  /// A rule or derived field that the command would break.
  ///
  /// @param kind `rule` or `derived`
  public record Dependant(String kind, String id, String name, List<Diagnostic> faults) {
    public Dependant {
      faults = List.copyOf(faults);
    }
  }

  public Rejection {
    requireNonNull(reason);
    requireNonNull(code);
    requireNonNull(message);
    diagnostics = List.copyOf(diagnostics);
    dependants = List.copyOf(dependants);
  }

  /// {@return the answer to input with faults, named after the first}
  public static Rejection invalid(List<Diagnostic> diagnostics) {
    Diagnostic first = diagnostics.getFirst();
    return new Rejection(Reason.INVALID, first.code(), first.message(), diagnostics, List.of());
  }

  static Rejection of(Reason reason, String code, String message) {
    return new Rejection(reason, code, message, List.of(), List.of());
  }

  static Rejection blocked(String code, String message, List<Dependant> dependants) {
    return new Rejection(Reason.CONFLICT, code, message, List.of(), dependants);
  }

  /// {@return the answer when somebody who was asked is against it}
  ///
  /// @param reason a sentence
  public static Rejection refused(String reason) {
    return of(Reason.CONFLICT, "change_refused", reason);
  }

  /// {@return the answer when `what` does not exist, such as `rule`}
  public static Rejection notFound(String what) {
    return of(
        Reason.NOT_FOUND, what.replace(' ', '_') + "_not_found", "There is no such " + what + ".");
  }
}
