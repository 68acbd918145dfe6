package dev.tenet.bootstrap.wiring;

import dev.tenet.http.identity.TokenSettings;
import java.util.Optional;

/// Whether requests must say who sends them.
///
/// @param required whether they must; otherwise everybody may do everything
/// @param tokens which tokens are believed besides API keys
public record Identity(boolean required, Optional<TokenSettings> tokens) {

  /// Nobody need say who they are.
  public static final Identity ANYBODY = new Identity(false, Optional.empty());

  /// {@return that everybody must say who they are}
  public static Identity required(Optional<TokenSettings> tokens) {
    return new Identity(true, tokens);
  }
}
