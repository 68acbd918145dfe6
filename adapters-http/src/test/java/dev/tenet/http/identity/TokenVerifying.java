package dev.tenet.http.identity;

import static dev.tenet.http.identity.TokenIssuer.ELLIPTIC;
import static dev.tenet.http.identity.TokenIssuer.RSA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.problem.ProblemException;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// An issuer of tokens, and who verifies them.
@Timeout(60)
abstract class TokenVerifying {

  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final TenantId ACME = new TenantId(new UUID(7, 1));

  /// Kept, so that its level is; outages are meant here.
  private static final Logger QUIET = Logger.getLogger("dev.tenet.http.identity");

  final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  TokenIssuer issuer = new TokenIssuer();
  TokenVerifier verifier = verifier(issuer.keys());

  @BeforeEach
  void start() {
    QUIET.setLevel(Level.SEVERE);
    stop();
    issuer = new TokenIssuer(RSA, ELLIPTIC);
    verifier = verifier(issuer.keys());
  }

  @AfterEach
  void stop() {
    verifier.close();
    issuer.close();
  }

  static TokenSettings settings(URI keys) {
    return new TokenSettings(
        "https://id.example.com/",
        "tenet",
        keys,
        TokenSettings.DEFAULT_TENANT_CLAIM,
        TokenSettings.DEFAULT_ROLES_CLAIM,
        false,
        TokenSettings.DEFAULT_SKEW,
        TokenSettings.DEFAULT_ALGORITHMS);
  }

  final TokenVerifier verifier(URI keys) {
    return new TokenVerifier(settings(keys), now::get);
  }

  static JWTClaimsSet.Builder good() {
    return new JWTClaimsSet.Builder()
        .issuer("https://id.example.com/")
        .audience(List.of("other", "tenet"))
        .subject("alice")
        .expirationTime(Date.from(NOW.plusSeconds(300)))
        .claim("tenant", ACME.toString())
        .claim("roles", List.of("author", "auditor"));
  }

  static final Principal ALICE =
      new Principal("jwt:alice", Optional.of(ACME), Set.of(Role.AUTHOR, Role.AUDITOR));

  final void assertRefused(String token) {
    assertRefused(token, 401, "credentials_invalid");
  }

  final void assertRefused(String token, int status, String code) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> verifier.subject(token))
        .satisfies(
            e -> {
              assertThat(e.problem().status()).isEqualTo(status);
              assertThat(e.problem().code()).isEqualTo(code);
              if (status == 401) {
                assertThat(e.problem().headers().get("WWW-Authenticate"))
                    .startsWith("Bearer realm=\"tenet\", error=\"invalid_token\"");
              }
            });
  }
}
