package dev.tenet.http.identity;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// The issuer's public keys, from where it publishes them.
///
/// They are kept for [#FRESH] and fetched again in the background before that; a token with a key that is not among them has them
/// fetched at once, but not more than twice in [#BETWEEN_FETCHES], however many there are. While they cannot be fetched, those
/// that are there count for [#OUTAGE].
final class IssuerKeys implements AutoCloseable {

  private static final Logger LOG = System.getLogger(IssuerKeys.class.getName());

  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration OUTAGE = Duration.ofHours(1);
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 256 * 1024;

  /// A token that does not name its key is tried with so many.
  private static final int MOST_TRIED = 10;

  private final JWKSource<SecurityContext> source;

  /// @param place an `https`, `http` or `file` address
  IssuerKeys(URI place) {
    try {
      source =
          JWKSourceBuilder.create(
                  place.toURL(),
                  new DefaultResourceRetriever(
                      (int) CONNECT_TIMEOUT.toMillis(), (int) READ_TIMEOUT.toMillis(), MOST_BYTES))
              .cache(FRESH.toMillis(), LONGEST_WAIT.toMillis())
              .refreshAheadCache(SOON.toMillis(), false)
              .rateLimited(BETWEEN_FETCHES.toMillis())
              .outageTolerant(
                  OUTAGE.toMillis(),
                  event -> {
                    if (event instanceof OutageTolerantJWKSetSource.OutageEvent<?> outage) {
                      warn(outage.getException());
                    }
                  })
              .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not an address of keys: " + place, e);
    }
  }

  /// {@return the keys with which a token with this header may have been signed}
  ///
  /// @throws dev.tenet.http.problem.ProblemException 503 when there are no keys
  List<JWK> fitting(JWSHeader header) {
    try {
      List<JWK> keys = source.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null);
      return keys.subList(0, Math.min(keys.size(), MOST_TRIED));
    } catch (RateLimitReachedException e) {
      return List.of();
    } catch (KeySourceException e) {
      warn(e);
      throw Refusals.unverifiable();
    }
  }

  private static void warn(Exception e) {
    LOG.log(
        Level.WARNING,
        () -> "the keys that tokens are checked with cannot be read: " + e.getMessage());
  }

  @Override
  public void close() {
    if (source instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
