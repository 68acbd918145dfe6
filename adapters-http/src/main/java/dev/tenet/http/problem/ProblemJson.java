package dev.tenet.http.problem;

import dev.tenet.domain.change.Rejection;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A problem as RFC 9457 writes it, with the members that Tenet adds.
///
/// @param type where the page of problems explains it, relative to the server
/// @param error the same as `detail`: always a string, for clients that look no further
/// @param message what the code means in general, where the client prefers another language than English; `title` is in that
///     language then
/// @param field the first fault's object or field
/// @param errors all faults at once
/// @param dependants the rules and derived fields in the way
public record ProblemJson(
    String type,
    String title,
    int status,
    String detail,
    String error,
    @Nullable String message,
    String code,
    @Nullable String field,
    @Nullable List<FaultJson> errors,
    @Nullable List<DependantJson> dependants,
    @Nullable Long revision,
    String traceId) {

  /// One fault and its place.
  public record FaultJson(
      String code,
      String message,
      @Nullable String severity,
      @Nullable String field,
      @Nullable String pointer,
      @Nullable SpanJson span,
      @Nullable String suggestion) {

    /// {@return the fault as it is written}
    public static FaultJson of(Diagnostic diagnostic) {
      return new FaultJson(
          diagnostic.code(),
          diagnostic.message(),
          diagnostic.severity() == Diagnostic.Severity.WARNING ? "warning" : null,
          field(diagnostic.location()),
          diagnostic.location() instanceof Location.Pointer(var pointer) ? pointer : null,
          diagnostic.location() instanceof Location.Span span
              ? new SpanJson(span.offset(), span.length(), span.line(), span.column())
              : null,
          diagnostic.suggestion());
    }

    private static @Nullable String field(Location location) {
      return switch (location) {
        case Location.Field(var name) -> name;
        case Location.Span span -> span.part();
        case Location.Pointer pointer -> null;
      };
    }
  }

  /// A stretch of an expression: offset and length in UTF-16 code units, line and column from 1.
  public record SpanJson(int offset, int length, int line, int column) {}

  /// A rule or derived field in the way.
  public record DependantJson(
      String kind, String id, String name, String error, List<FaultJson> errors) {

    static DependantJson of(Rejection.Dependant dependant) {
      return new DependantJson(
          dependant.kind(),
          dependant.id(),
          dependant.name(),
          dependant.faults().getFirst().message(),
          dependant.faults().stream().map(FaultJson::of).toList());
    }
  }

  /// {@return the problem as it is written}
  ///
  /// @param translation what its code means, unless in English
  /// @param traceId names the request in logs
  public static ProblemJson of(Problem problem, Optional<Translation> translation, String traceId) {
    List<FaultJson> errors = problem.diagnostics().stream().map(FaultJson::of).toList();
    return new ProblemJson(
        "/docs/problems#" + problem.code(),
        translation.map(Translation::title).orElseGet(() -> title(problem.code())),
        problem.status(),
        problem.detail(),
        problem.detail(),
        translation.map(Translation::message).orElse(null),
        problem.code(),
        errors.stream()
            .map(fault -> fault.field() != null ? fault.field() : fault.pointer())
            .findFirst()
            .orElse(null),
        errors.isEmpty() ? null : errors,
        problem.dependants().isEmpty()
            ? null
            : problem.dependants().stream().map(DependantJson::of).toList(),
        problem.revision().isPresent() ? problem.revision().getAsLong() : null,
        traceId);
  }

  private static String title(String code) {
    return code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1).replace('_', ' ');
  }
}
