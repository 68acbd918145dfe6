package dev.tenet.http.routing;

/// Lets requests in, or answers them.
@FunctionalInterface
public interface Gate {

  /// {@return the request's way in}
  ///
  /// @throws dev.tenet.http.problem.ProblemException when it is not known who asks
  Passage passage(Route route, Call call);
}
