package dev.tenet.http.problem;

/// Ends a request with a problem. Only for use inside the HTTP interface.
public final class ProblemException extends RuntimeException {

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /// {@return what went wrong}
  public Problem problem() {
    return problem;
  }
}
