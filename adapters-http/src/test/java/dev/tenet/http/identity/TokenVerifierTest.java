package dev.tenet.http.identity;

import static dev.tenet.http.identity.TokenIssuer.ELLIPTIC;
import static dev.tenet.http.identity.TokenIssuer.RSA;
import static dev.tenet.http.identity.TokenIssuer.sign;
import static dev.tenet.http.identity.TokenIssuer.unsigned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What tokens are believed.
final class TokenVerifierTest extends TokenVerifying {

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
  void whatWasVerifiedIsBelievedUntilItExpires() {
    String token = sign(RSA, good().build());
    assertThat(verifier.subject(token)).isEqualTo(ALICE);
    now.set(NOW.plusSeconds(300).plus(TokenSettings.DEFAULT_SKEW).minusNanos(1));
    assertThat(verifier.subject(token)).isEqualTo(ALICE);
    now.set(NOW.plusSeconds(300).plus(TokenSettings.DEFAULT_SKEW));
    assertRefused(token, 401, "credentials_expired");
    assertRefused(token, 401, "credentials_expired");
    assertRefused(token + 'A');
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
