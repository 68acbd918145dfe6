package dev.tenet.http.evaluation;

import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Lets evaluations in, up to a number that share the processors; the others are answered at once that the server is
/// overloaded. Only what computes counts: waiting for a client or for the store does not.
final class Admission {

  private static final int RETRY_SECONDS = 1;

  private final int most;
  private final AtomicInteger admitted = new AtomicInteger();

  /// @param most how many evaluations may be under way
  Admission(int most) {
    this.most = most;
  }

  /// Answers 503 when no evaluation would be let in now: before work is spent on its request.
  void check() {
    if (admitted.get() >= most) {
      throw overloaded();
    }
  }

  /// {@return what work with one evaluation or many gives, which counts as one; 503 when too much is under way}
  <T> T admit(Supplier<T> work) {
    if (admitted.incrementAndGet() > most) {
      admitted.decrementAndGet();
      throw overloaded();
    }
    try {
      return work.get();
    } finally {
      admitted.decrementAndGet();
    }
  }

  private static ProblemException overloaded() {
    return new ProblemException(
        Problem.of(
                503,
                "overloaded",
                "The server evaluates as much as it can; try again after the seconds in Retry-After.")
            .retryAfter(RETRY_SECONDS));
  }
}
