package dev.tenet.http.routing;

import dev.tenet.http.problem.Problem;

/// Lets requests in, or answers them.
@FunctionalInterface
public interface Gate {

  /// {@return the request's way in}
  ///
  /// @throws dev.tenet.http.problem.ProblemException when it is not known who asks
  Passage passage(Route route, Call call);

  /// Is told of each request to a route that is answered with a problem.
  default void refused(Route route, Call call, Problem problem) {}
}
