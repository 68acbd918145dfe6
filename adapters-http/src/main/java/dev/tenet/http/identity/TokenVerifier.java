package dev.tenet.http.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tenet.domain.identity.KeyHash;
import dev.tenet.domain.identity.Principal;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks tokens: who signed them, for whom, and until when they hold. What was verified is remembered until the token expires or
/// the issuer takes back its key.
final class TokenVerifier implements AutoCloseable {

  /// A shorter RSA key can be found out (NIST SP 800-131A).
  private static final int FEWEST_RSA_BITS = 2_048;

  /// Tokens for access; a token for something else, such as a logout, is none for us.
  private static final Set<JOSEObjectType> TYPES =
      Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

  /// A token costs the verification of a signature; so many are remembered that were verified.
  private static final int MOST_REMEMBERED = 10_000;

  /// What a token said whose signature was verified.
  ///
  /// @param header finds the key again
  /// @param key with which it was signed
  /// @param end from when on it is not believed
  private record Verified(JWSHeader header, JWK key, Principal principal, Instant end) {}

  private final TokenSettings settings;
  private final InstantSource clock;
  private final IssuerKeys keys;
  private final TokenClaims claims;

  /// By the hashes of the tokens: whoever reads the memory of the process finds no token there.
  private final Cache<KeyHash, Verified> verified =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).executor(Runnable::run).build();

  TokenVerifier(TokenSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    keys = new IssuerKeys(settings.keys());
    claims = new TokenClaims(settings);
  }

  /// {@return who the token says that its holder is}
  ///
  /// @throws dev.tenet.http.problem.ProblemException when it is not to be trusted
  Principal subject(String token) {
    KeyHash hash = KeyHash.ofText(token);
    Verified known = verified.getIfPresent(hash);
    if (known != null && keys.fitting(known.header()).contains(known.key())) {
      if (clock.instant().isBefore(known.end())) {
        return known.principal();
      }
      verified.invalidate(hash);
      throw Refusals.expired();
    }
    Verified seen = verify(parsed(token));
    verified.put(hash, seen);
    return seen.principal();
  }

  private Verified verify(SignedJWT signed) {
    JWSHeader header = signed.getHeader();
    if (!mayBeSignedSo(header)) {
      throw Refusals.invalid();
    }
    JWK signer =
        keys.fitting(header).stream()
            .filter(key -> signed(signed, key))
            .findFirst()
            .orElseThrow(Refusals::invalid);
    JWTClaimsSet said = claims(signed);
    Principal principal = claims.principal(said).orElseThrow(Refusals::invalid);
    Instant now = clock.instant();
    if (!isForUs(said) || !hasBegun(said, now)) {
      throw Refusals.invalid();
    }
    Instant end =
        Optional.ofNullable(said.getExpirationTime())
            .map(Date::toInstant)
            .orElseThrow(Refusals::invalid)
            .plus(settings.skew());
    if (!now.isBefore(end)) {
      throw Refusals.expired();
    }
    return new Verified(header, signer, principal, end);
  }

  private static SignedJWT parsed(String token) {
    try {
      return SignedJWT.parse(token);
    } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
      throw Refusals.invalid();
    }
  }

  /// The header is the sender's word: it chooses among what is allowed, and points at nothing that is believed.
  private boolean mayBeSignedSo(JWSHeader header) {
    Set<String> critical = header.getCriticalParams();
    return settings.algorithms().contains(header.getAlgorithm().getName())
        && (critical == null || critical.isEmpty())
        && (header.getType() == null || TYPES.contains(header.getType()));
  }

  private static boolean signed(SignedJWT token, JWK key) {
    try {
      return switch (key) {
        case RSAKey rsa -> rsa.size() >= FEWEST_RSA_BITS && token.verify(new RSASSAVerifier(rsa));
        case ECKey elliptic -> token.verify(new ECDSAVerifier(elliptic));
        case OctetKeyPair edwards -> token.verify(new EdwardsVerifier(edwards));
        default -> false;
      };
    } catch (JOSEException | IllegalArgumentException | IllegalStateException e) {
      return false;
    }
  }

  private static JWTClaimsSet claims(SignedJWT signed) {
    try {
      return signed.getJWTClaimsSet();
    } catch (ParseException e) {
      throw Refusals.invalid();
    }
  }

  private boolean isForUs(JWTClaimsSet said) {
    return settings.issuer().equals(said.getIssuer())
        && said.getAudience().contains(settings.audience());
  }

  private boolean hasBegun(JWTClaimsSet said, Instant now) {
    @Nullable Date begin = said.getNotBeforeTime();
    return begin == null || !now.isBefore(begin.toInstant().minus(settings.skew()));
  }

  @Override
  public void close() {
    keys.close();
  }
}
