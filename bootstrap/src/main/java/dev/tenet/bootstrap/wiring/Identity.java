package dev.tenet.bootstrap.wiring;

import dev.tenet.http.identity.TokenSettings;
import java.util.Optional;

/// Whether requests must say who sends them.
///
/// @param required whether they must; otherwise everybody may do everything
/// @param tokens which tokens are believed besides API keys
/// @param localHost the host that only the own machine reaches, where nobody else is to be answered; empty for any
public record Identity(
    boolean required, Optional<TokenSettings> tokens, Optional<String> localHost) {

  /// Nobody need say who they are.
  public static final Identity ANYBODY = new Identity(false, Optional.empty(), Optional.empty());

  /// {@return that nobody on this machine need say who they are}
  ///
  /// @param host which only this machine reaches
  public static Identity local(String host) {
    return new Identity(false, Optional.empty(), Optional.of(host));
  }

  /// {@return that everybody must say who they are}
  public static Identity required(Optional<TokenSettings> tokens) {
    return new Identity(true, tokens, Optional.empty());
  }
}
