package dev.tenet.http.identity;

import dev.tenet.domain.identity.Principal;
import io.helidon.http.Headers;

/// Says who asks. What they may do is another's question.
@FunctionalInterface
public interface Authenticator extends AutoCloseable {

  /// Believes everybody to be [Principal#ANYBODY], whatever credentials they send.
  Authenticator OFF = headers -> Principal.ANYBODY;

  /// {@return who sent the request with these headers}
  ///
  /// @throws dev.tenet.http.problem.ProblemException 401 when they do not say who they are, or cannot prove it; 503 when that
  ///     cannot be found out at present
  /// @throws dev.tenet.application.store.StoreUnavailable likewise, when the store does not answer
  Principal authenticate(Headers headers);

  /// Lets go of what it keeps; nobody asks any more.
  @Override
  default void close() {}
}
