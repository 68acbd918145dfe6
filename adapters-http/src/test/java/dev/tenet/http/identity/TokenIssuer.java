package dev.tenet.http.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Publishes keys on a free port, and signs tokens with them.
final class TokenIssuer implements AutoCloseable {

  static final RSAKey RSA = rsa("rsa-1");
  static final ECKey ELLIPTIC = elliptic("ec-1");

  private final HttpServer server;
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile String published;
  private volatile int status = 200;

  TokenIssuer(JWK... keys) {
    published = set(keys);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/keys",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body = published.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  static String set(JWK... keys) {
    return new JWKSet(Arrays.asList(keys)).toPublicJWKSet().toString();
  }

  URI keys() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
  }

  /// {@return how often the keys were fetched}
  int fetches() {
    return fetches.get();
  }

  void publish(JWK... keys) {
    publish(200, set(keys));
  }

  void publish(int answered, String text) {
    published = text;
    status = answered;
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2_048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static ECKey elliptic(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String sign(RSAKey key, JWTClaimsSet claims) {
    return sign(key, new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()), claims);
  }

  static String sign(RSAKey key, JWSHeader.Builder header, JWTClaimsSet claims) {
    try {
      return sign(new RSASSASigner(key), header, claims);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String sign(ECKey key, JWTClaimsSet claims) {
    try {
      return sign(
          new ECDSASigner(key),
          new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()),
          claims);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String sign(JWSSigner signer, JWSHeader.Builder header, JWTClaimsSet claims) {
    try {
      var token = new SignedJWT(header.build(), claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /// A pair of keys as the JDK makes them.
  record Edwards(KeyPair pair, String id) {

    static Edwards create(String id) {
      try {
        return new Edwards(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), id);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    OctetKeyPair published() {
      byte[] encoded = pair.getPublic().getEncoded();
      byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
      return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).keyID(id).build();
    }

    String sign(JWTClaimsSet claims) {
      try {
        String signed = unsigned("{\"alg\":\"EdDSA\",\"kid\":\"" + id + "\"}", claims);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(signed.getBytes(UTF_8));
        return signed + '.' + Base64URL.encode(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }

  /// {@return header and claims of a token that is still to be signed}
  static String unsigned(String header, JWTClaimsSet claims) {
    return String.join(
        ".",
        List.of(
            Base64URL.encode(header).toString(), Base64URL.encode(claims.toString()).toString()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
