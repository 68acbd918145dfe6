package dev.tenet.http.routing;

import dev.tenet.domain.evaluation.Timestamps;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;

/// Of when something is asked for, by the query parameters `since` and `until`.
///
/// @param since the earliest moment; empty for the beginning
/// @param until the moment before which it was; empty for now
public record TimeSpan(Optional<Instant> since, Optional<Instant> until) {

  /// {@return what the request says}
  ///
  /// @throws ProblemException when one is no moment, or they are in the wrong order
  public static TimeSpan of(Call call) {
    TimeSpan span = new TimeSpan(moment(call, "since"), moment(call, "until"));
    if (span.since.isPresent()
        && span.until.isPresent()
        && span.since.get().isAfter(span.until.get())) {
      throw new ProblemException(
          Problem.of(
              400, "parameter_invalid", "The moment \"since\" must not be after \"until\"."));
    }
    return span;
  }

  private static Optional<Instant> moment(Call call, String name) {
    return call.parameter(name, Timestamps::parse, "a moment such as 2026-01-31T08:30:00Z");
  }
}
