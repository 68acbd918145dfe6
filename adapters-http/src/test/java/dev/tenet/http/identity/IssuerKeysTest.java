package dev.tenet.http.identity;

import static dev.tenet.http.identity.TokenIssuer.RSA;
import static dev.tenet.http.identity.TokenIssuer.sign;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the issuer's keys come from, and what becomes of tokens when they change or cannot be had.
final class IssuerKeysTest extends TokenVerifying {

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
}
