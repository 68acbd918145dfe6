package dev.tenet.http.identity;

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
import dev.tenet.domain.identity.Principal;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks tokens: who signed them, for whom, and until when they hold.
final class TokenVerifier implements AutoCloseable {

  /// A shorter RSA key can be found out (NIST SP 800-131A).
  private static final int FEWEST_RSA_BITS = 2_048;

  /// Tokens for access; a token for something else, such as a logout, is none for us.
  private static final Set<JOSEObjectType> TYPES =
      Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

  private final TokenSettings settings;
  private final InstantSource clock;
  private final IssuerKeys keys;
  private final TokenClaims claims;

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
    SignedJWT signed = parsed(token);
    if (!mayBeSignedSo(signed.getHeader())
        || keys.fitting(signed.getHeader()).stream().noneMatch(key -> signed(signed, key))) {
      throw Refusals.invalid();
    }
    JWTClaimsSet said = claims(signed);
    Principal principal = claims.principal(said).orElseThrow(Refusals::invalid);
    Instant now = clock.instant();
    if (!isForUs(said) || !hasBegun(said, now)) {
      throw Refusals.invalid();
    }
    Instant end =
        Optional.ofNullable(said.getExpirationTime())
            .map(Date::toInstant)
            .orElseThrow(Refusals::invalid);
    if (!now.isBefore(end.plus(settings.skew()))) {
      throw Refusals.expired();
    }
    return principal;
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
