package dev.tenet.http.identity;

import static dev.tenet.http.identity.TokenIssuer.ELLIPTIC;
import static dev.tenet.http.identity.TokenIssuer.RSA;
import static dev.tenet.http.identity.TokenIssuer.sign;
import static dev.tenet.http.identity.TokenIssuer.unsigned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What tokens are believed.
@Timeout(60)
final class TokenVerifierTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final TenantId ACME = new TenantId(new UUID(7, 1));

  /// Kept, so that its level is; outages are meant here.
  private static final Logger QUIET = Logger.getLogger("dev.tenet.http.identity");

  private TokenIssuer issuer = new TokenIssuer();
  private TokenVerifier verifier = verifier(issuer.keys());

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

  private static TokenSettings settings(URI keys) {
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

  private static TokenVerifier verifier(URI keys) {
    return new TokenVerifier(settings(keys), () -> NOW);
  }

  private static JWTClaimsSet.Builder good() {
    return new JWTClaimsSet.Builder()
        .issuer("https://id.example.com/")
        .audience(List.of("other", "tenet"))
        .subject("alice")
        .expirationTime(Date.from(NOW.plusSeconds(300)))
        .claim("tenant", ACME.toString())
        .claim("roles", List.of("author", "auditor"));
  }

  private static final Principal ALICE =
      new Principal("jwt:alice", Optional.of(ACME), Set.of(Role.AUTHOR, Role.AUDITOR));

  private void assertRefused(String token) {
    assertRefused(token, 401, "credentials_invalid");
  }

  private void assertRefused(String token, int status, String code) {
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

  @Test
  void signedByTheIssuer() {
    assertThat(verifier.subject(sign(RSA, good().build()))).isEqualTo(ALICE);
    assertThat(verifier.subject(sign(ELLIPTIC, good().build()))).isEqualTo(ALICE);
    assertThat(
            verifier.subject(
                sign(
                    RSA,
                    new JWSHeader.Builder(JWSAlgorithm.RS256).type(new JOSEObjectType("at+jwt")),
                    good().build())))
        .as("without the name of the key")
        .isEqualTo(ALICE);
    assertThat(issuer.fetches()).isOne();
  }

  @Test
  void signedWithEd25519() {
    var edwards = TokenIssuer.Edwards.create("ed-1");
    issuer.publish(edwards.published());
    String token = edwards.sign(good().build());
    assertThat(verifier.subject(token)).isEqualTo(ALICE);
    assertRefused(TokenIssuer.Edwards.create("ed-1").sign(good().build()));
    assertRefused(token.substring(0, token.lastIndexOf('.')) + ".AAAA");
  }

  @Test
  void forgedSignatures() {
    String token = sign(RSA, good().build());
    String content = token.substring(0, token.lastIndexOf('.'));
    String signature = token.substring(token.lastIndexOf('.') + 1);
    char first = signature.charAt(0) == 'A' ? 'B' : 'A';
    assertRefused(content + '.' + first + signature.substring(1));
    assertRefused(content + '.');
    assertRefused(content);
    assertRefused(
        unsigned(
                "{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}",
                good().claim("roles", "platform-admin").build())
            + '.'
            + signature);
    assertRefused(sign(TokenIssuer.rsa("rsa-1"), good().build()));
    assertRefused(sign(TokenIssuer.elliptic("ec-1"), good().build()));
    // An ECDSA signature of zeros (CVE-2022-21449).
    assertRefused(
        unsigned("{\"alg\":\"ES256\",\"kid\":\"ec-1\"}", good().build())
            + '.'
            + Base64URL.encode(new byte[64]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "HS256", "dir", "RS384", "PS256"})
  void algorithmsThatAreNotAllowed(String algorithm) {
    String content = unsigned("{\"alg\":\"" + algorithm + "\",\"kid\":\"rsa-1\"}", good().build());
    String signed = sign(RSA, good().build());
    assertRefused(content + '.');
    assertRefused(content + signed.substring(signed.lastIndexOf('.')));
  }

  @Test
  void noHeaderAtAll() {
    assertRefused(unsigned("{}", good().build()) + ".AAAA");
    assertRefused(unsigned("no json", good().build()) + ".AAAA");
    assertRefused(unsigned("[".repeat(5_000), good().build()) + ".AAAA");
    assertRefused("..");
    assertRefused("a.b.c");
    assertRefused("token");
  }

  @Test
  void aPublicKeyUsedAsASecret() throws JOSEException {
    byte[] secret = RSA.toRSAPublicKey().getEncoded();
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1");
    assertRefused(sign(new MACSigner(secret), header, good().build()));
    // Not even where the issuer publishes a secret.
    var published = new OctetSequenceKey.Builder(secret).keyID("rsa-1").build();
    issuer.publish(200, "{\"keys\":[" + published.toJSONString() + "]}");
    assertRefused(sign(new MACSigner(secret), header, good().build()));
  }

  @Test
  void keysThatAreTooShort() throws JOSEException {
    RSAKey weak = new RSAKeyGenerator(1_024, true).keyID("weak").generate();
    issuer.publish(weak);
    String token = unsigned("{\"alg\":\"RS256\",\"kid\":\"weak\"}", good().build());
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(weak.toPrivateKey());
      signature.update(token.getBytes(UTF_8));
      assertRefused(token + '.' + Base64URL.encode(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void expiredOnlyForThoseToWhomTheyBelonged() {
    JWTClaimsSet expired = good().expirationTime(Date.from(NOW.minusSeconds(31))).build();
    assertRefused(sign(RSA, expired), 401, "credentials_expired");
    assertRefused(sign(TokenIssuer.rsa("rsa-1"), expired));
    assertRefused(
        sign(RSA, new JWTClaimsSet.Builder(expired).issuer("https://other.example.com").build()));
    assertThat(
            verifier.subject(
                sign(RSA, good().expirationTime(Date.from(NOW.minusSeconds(29))).build())))
        .as("the clocks differ")
        .isEqualTo(ALICE);
    assertRefused(sign(RSA, good().expirationTime(null).build()));
  }

  @Test
  void notYetValid() {
    assertRefused(sign(RSA, good().notBeforeTime(Date.from(NOW.plusSeconds(31))).build()));
    assertThat(
            verifier.subject(
                sign(RSA, good().notBeforeTime(Date.from(NOW.plusSeconds(29))).build())))
        .isEqualTo(ALICE);
  }

  @Test
  void forSomebodyElse() {
    assertRefused(sign(RSA, good().issuer("https://id.example.com").build()));
    assertRefused(sign(RSA, good().issuer(null).build()));
    assertRefused(sign(RSA, good().audience("other").build()));
    assertRefused(sign(RSA, good().audience((String) null).build()));
    assertRefused(
        sign(
            RSA,
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa-1")
                .type(new JOSEObjectType("logout+jwt")),
            good().build()));
    assertRefused(
        sign(
            RSA,
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa-1")
                .criticalParams(Set.of("exp"))
                .customParam("exp", 1),
            good().build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u202eb", "a\u2028b", "\u0000"})
  void namesThatWouldSpoilALog(String subject) {
    assertRefused(sign(RSA, good().subject(subject).build()));
  }

  @Test
  void namesThatAreMissingOrEndless() {
    assertRefused(sign(RSA, good().subject(null).build()));
    assertRefused(sign(RSA, good().subject("x".repeat(256)).build()));
  }

  @Test
  void aFloodOfUnknownKeysIsNoFloodOfFetches() {
    String known = sign(RSA, good().build());
    assertThat(verifier.subject(known)).isEqualTo(ALICE);
    for (int i = 0; i < 200; i++) {
      assertRefused(
          sign(
              RSA,
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("unknown-" + i),
              good().build()));
    }
    assertThat(issuer.fetches()).isLessThanOrEqualTo(3);
    assertThat(verifier.subject(known)).isEqualTo(ALICE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../etc/passwd",
        "rsa-1' OR '1'='1",
        "file:///etc/passwd",
        "rsa-1\u0000",
        "RSA-1",
        "${jndi:ldap://127.0.0.1/a}"
      })
  void aNameOfAKeyIsANameAndNothingElse(String id) {
    assertRefused(sign(RSA, new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id), good().build()));
  }

  @Test
  void keysThatTheTokenBringsAlong() {
    RSAKey own = TokenIssuer.rsa("rsa-1");
    try (var other = new TokenIssuer(own)) {
      assertRefused(
          sign(
              own,
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .keyID("rsa-1")
                  .jwk(own.toPublicJWK())
                  .jwkURL(other.keys())
                  .x509CertURL(other.keys()),
              good().build()));
      assertThat(other.fetches()).isZero();
    }
  }

  @Test
  void keysThatWereReplaced() {
    String old = sign(RSA, good().build());
    assertThat(verifier.subject(old)).isEqualTo(ALICE);
    RSAKey next = TokenIssuer.rsa("rsa-2");
    issuer.publish(next);
    assertThat(verifier.subject(sign(next, good().build()))).isEqualTo(ALICE);
    assertRefused(old);
  }

  @Test
  void anIssuerThatIsAway() {
    String token = sign(RSA, good().build());
    issuer.publish(503, "");
    assertRefused(token, 503, "token_keys_unavailable");
    issuer.publish(RSA);
    assertThat(verifier.subject(token)).isEqualTo(ALICE);
    issuer.publish(503, "");
    assertRefused(
        sign(RSA, new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("other"), good().build()));
    assertThat(verifier.subject(token)).as("with the keys of before").isEqualTo(ALICE);
  }

  @Test
  void anIssuerThatAnswersNonsenseOrTooMuch() {
    String token = sign(RSA, good().build());
    issuer.publish(200, "<html>");
    assertRefused(token, 503, "token_keys_unavailable");
    issuer.publish(200, TokenIssuer.set(RSA) + " ".repeat(300 * 1024));
    assertRefused(token, 503, "token_keys_unavailable");
  }

  @Test
  void anIssuerThatDoesNotAnswer() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      verifier.close();
      verifier = verifier(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/keys"));
      assertRefused(sign(RSA, good().build()), 503, "token_keys_unavailable");
    }
  }

  @Test
  void keysInAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys.json");
    Files.writeString(file, TokenIssuer.set(RSA));
    verifier.close();
    verifier = verifier(file.toUri());
    assertThat(verifier.subject(sign(RSA, good().build()))).isEqualTo(ALICE);
    RSAKey next = TokenIssuer.rsa("rsa-2");
    Files.writeString(file, TokenIssuer.set(next));
    assertThat(verifier.subject(sign(next, good().build()))).isEqualTo(ALICE);
    Files.delete(file);
    assertThat(verifier.subject(sign(next, good().build()))).isEqualTo(ALICE);
  }

  @Test
  void rolesThatNobodyKnowsAreNone() {
    assertThat(roles(List.of("evaluator", "owner", 7, "PLATFORM_ADMIN")))
        .containsExactly(Role.EVALUATOR);
    assertThat(roles("author  evaluator wizard"))
        .containsExactlyInAnyOrder(Role.AUTHOR, Role.EVALUATOR);
    assertThat(roles(null)).isEmpty();
    assertThat(roles(Map.of("author", true))).isEmpty();
    assertThat(roles(7)).isEmpty();
  }

  @Test
  void aTenantsTokenDoesNotAdministerThePlatform() {
    assertThat(roles(List.of("platform-admin", "tenant-admin"))).containsExactly(Role.TENANT_ADMIN);
  }

  private Set<Role> roles(@Nullable Object claim) {
    return verifier.subject(sign(RSA, good().claim("roles", claim).build())).roles();
  }

  @Test
  void aTokenWithoutATenantIsThePlatformsOnlyWhereThatIsSaid() {
    String token = sign(RSA, good().claim("tenant", null).claim("roles", "platform-admin").build());
    assertRefused(token);
    TokenSettings wide = settings(issuer.keys());
    verifier.close();
    verifier =
        new TokenVerifier(
            new TokenSettings(
                wide.issuer(),
                wide.audience(),
                wide.keys(),
                "org.tenet.tenant",
                "https://example.com/roles",
                true,
                Duration.ofSeconds(1),
                Set.of("RS256")),
            () -> NOW);
    assertThat(
            verifier.subject(
                sign(RSA, good().claim("https://example.com/roles", "platform-admin").build())))
        .isEqualTo(new Principal("jwt:alice", Optional.empty(), Set.of(Role.PLATFORM_ADMIN)));
    assertThat(
            verifier.subject(
                sign(
                    RSA,
                    good()
                        .claim("org", Map.of("tenet", Map.of("tenant", ACME.toString())))
                        .build())))
        .isEqualTo(new Principal("jwt:alice", Optional.of(ACME), Set.of()));
    assertRefused(sign(ELLIPTIC, good().build()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme",
        "",
        "00000000-0000-0000-0000-000000000000",
        "1-1-1-1-1",
        "0197a3c2-5d1e-7b6a-9f00-3c1d2e4f5a6b,0197a3c2-5d1e-7b6a-9f00-3c1d2e4f5a6c"
      })
  void tenantsThatAreNone(String tenant) {
    assertRefused(sign(RSA, good().claim("tenant", tenant).build()));
  }

  @Test
  void aTenantThatIsNoText() {
    assertRefused(sign(RSA, good().claim("tenant", List.of(ACME.toString())).build()));
    assertRefused(sign(RSA, good().claim("tenant", 7).build()));
  }
}
