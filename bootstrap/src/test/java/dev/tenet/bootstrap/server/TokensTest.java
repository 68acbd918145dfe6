package dev.tenet.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tenet.bootstrap.config.Configuration;
import dev.tenet.bootstrap.config.ConfigurationReader;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.bootstrap.http.Client;
import dev.tenet.bootstrap.http.Reply;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tokens on a server that is configured as an operator would do it.
@Timeout(60)
final class TokensTest {

  @TempDir private Path folder = Path.of("");

  private static String token(RSAKey key, JWTClaimsSet.Builder claims) throws JOSEException {
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            claims
                .issuer("https://id.example.com/")
                .audience("tenet")
                .subject("alice")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static Reply send(URI uri, String token, String method, String path, String body) {
    return new Client(uri)
        .send(
            method, path, body.isEmpty() ? null : body, Map.of("Authorization", "Bearer " + token));
  }

  @Test
  void tokensOfTheIssuerAreBelieved() throws Exception {
    RSAKey key = new RSAKeyGenerator(2_048).keyID("k1").generate();
    Files.writeString(folder.resolve("keys.json"), new JWKSet(key.toPublicJWK()).toString());
    Path file =
        Files.writeString(
            folder.resolve("tenet.yaml"),
            """
            store: inmemory
            port: 0
            jwt:
              issuer: https://id.example.com/
              audience: tenet
              jwks: keys.json
              rolesClaim: realm_access.roles
              platformWithoutTenant: true
            """);
    Configuration configuration =
        ConfigurationReader.read(Map.of(Setting.CONFIG, file.toString()), Map.of());
    try (TenetServer server = TenetServer.start(configuration)) {
      assertThat(server.firstKey()).isPresent();
      URI uri = URI.create(server.url());
      String admin =
          token(
              key,
              new JWTClaimsSet.Builder()
                  .claim("realm_access", Map.of("roles", List.of("platform-admin"))));
      String tenant =
          send(uri, admin, "POST", "/api/v1/tenants", "{\"name\": \"acme\"}")
              .expect(201)
              .text("id");
      String path = "/api/v1/tenants/" + tenant;
      String author =
          token(
              key,
              new JWTClaimsSet.Builder()
                  .claim("tenant", tenant)
                  .claim("realm_access", Map.of("roles", List.of("author", "offline_access"))));
      send(uri, author, "POST", path + "/schema", "{\"definition\": {\"U\": {\"a\": \"int\"}}}")
          .expect(201);
      assertThat(send(uri, author, "GET", path + "/history", "").text("entries.0.actor"))
          .isEqualTo("jwt:alice");
      assertThat(send(uri, author, "GET", path + "/keys", "").status()).isEqualTo(403);
      String nobody = token(key, new JWTClaimsSet.Builder().claim("tenant", tenant));
      assertThat(send(uri, nobody, "GET", path, "").status()).isEqualTo(403);
      String elsewhere =
          token(
              key,
              new JWTClaimsSet.Builder()
                  .claim("tenant", UUID.randomUUID().toString())
                  .claim("realm_access", Map.of("roles", List.of("tenant-admin"))));
      assertThat(send(uri, elsewhere, "GET", path, "").status()).isIn(403, 404);
      RSAKey forger = new RSAKeyGenerator(2_048).keyID("k1").generate();
      send(uri, token(forger, new JWTClaimsSet.Builder()), "GET", "/api/v1/tenants", "")
          .problem(401, "credentials_invalid");
      send(uri, author + "x".repeat(10_000), "GET", path, "").problem(401, "credentials_invalid");
    }
  }
}
