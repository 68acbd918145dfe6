package dev.tenet.http.evaluation;

import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Lets evaluations in, up to a number that run or wait to run; the others are answered at once that the server is
/// overloaded.
///
/// An evaluation does nothing but compute and so never leaves its carrier thread. Fewer run than there are carriers: one is
/// always free to read what arrives, and to say no. Only what computes counts: waiting for a client or for the store does
/// not.
final class Admission {

  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";
  private static final int RETRY_SECONDS = 1;

  private final int most;
  private final AtomicInteger admitted = new AtomicInteger();
  private final Semaphore running;

  /// @param most how many evaluations may run or wait to run
  Admission(int most) {
    this.most = most;
    int carriers = Integer.getInteger(CARRIERS, Runtime.getRuntime().availableProcessors());
    this.running = new Semaphore(Math.max(1, carriers - 1));
  }

  /// Answers 503 when no evaluation would be let in now: before work is spent on its request.
  void check() {
    if (admitted.get() >= most) {
      throw overloaded();
    }
  }

  /// {@return what the evaluation gives; 503 when too many run or wait already}
  <T> T evaluate(Supplier<T> evaluation) {
    return admit(() -> run(evaluation));
  }

  /// {@return what work with many evaluations gives, which counts as one; 503 when too many run or wait already}
  ///
  /// @param work which [#run(Supplier)]s its evaluations one after the other
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

  /// {@return what one evaluation of many gives; it waits until it may run}
  <T> T run(Supplier<T> evaluation) {
    running.acquireUninterruptibly();
    try {
      return evaluation.get();
    } finally {
      running.release();
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
