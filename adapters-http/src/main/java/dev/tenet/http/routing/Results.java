package dev.tenet.http.routing;

import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Answers for the results that all use cases share.
public final class Results {

  private Results() {}

  /// {@return the answer to an accepted change, marked when it is an earlier one's; anything else is a problem}
  public static <T> Answer answer(
      ChangeResult<T> result, Function<ChangeResult.Accepted<T>, Answer.Whole> accepted) {
    if (result instanceof ChangeResult.Accepted<T> change) {
      Answer.Whole answer = accepted.apply(change);
      return change.replayed() ? answer.with("Idempotency-Replayed", "true") : answer;
    }
    throw new ProblemException(Problem.of(result));
  }

  /// {@return the answer to what was found; what was not is a problem}
  ///
  /// @param body makes the wire record of the value and the tenant's revision
  public static <T> Answer.Whole found(ReadResult<T> result, BiFunction<T, Long, Object> body) {
    return switch (result) {
      case ReadResult.NotFound<T>(var what) -> throw new ProblemException(Problem.notFound(what));
      case ReadResult.Found<T>(var value, var revision) ->
          Answer.json(200, body.apply(value, revision), revision);
    };
  }
}
