package dev.tenet.http.identity;

import dev.tenet.application.identity.KnownKeys;
import dev.tenet.application.identity.KnownKeys.Verdict;
import dev.tenet.domain.identity.KeySecret;
import dev.tenet.domain.identity.Principal;
import io.helidon.http.Headers;
import java.time.InstantSource;
import java.util.Optional;

/// Believes who sends an API key, or a token of the issuer that the operator trusts.
public final class CredentialAuthenticator implements Authenticator {

  private final KnownKeys keys;
  private final Optional<TokenVerifier> tokens;

  /// @param tokens which tokens to trust; empty for none
  public CredentialAuthenticator(
      KnownKeys keys, Optional<TokenSettings> tokens, InstantSource clock) {
    this.keys = keys;
    this.tokens = tokens.map(settings -> new TokenVerifier(settings, clock));
  }

  @Override
  public Principal authenticate(Headers headers) {
    String credential = PresentedCredential.of(headers);
    return credential.startsWith(KeySecret.MARK)
        ? holder(credential)
        : tokens.orElseThrow(Refusals::invalid).subject(credential);
  }

  private Principal holder(String text) {
    KeySecret presented = KeySecret.parse(text).orElseThrow(Refusals::invalid);
    return switch (keys.judge(presented)) {
      case Verdict.Good(var key) -> key.principal();
      case Verdict.Expired() -> throw Refusals.expired();
      case Verdict.Bad() -> throw Refusals.invalid();
    };
  }

  @Override
  public void close() {
    tokens.ifPresent(TokenVerifier::close);
  }
}
