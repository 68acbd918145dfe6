package dev.tenet.http.identity;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Which tokens (JWTs, RFC 7519) to trust.
///
/// @param issuer what their claim `iss` must be
/// @param audience what their claim `aud` must contain
/// @param keys where the issuer's public keys are, a JWK set (RFC 7517): an `https` or `file` address, or `http` on this machine
/// @param tenantClaim the claim that has the tenant's id; dots lead into objects
/// @param rolesClaim the claim that has the roles, a list or a text with spaces between; dots lead into objects
/// @param platformWithoutTenant whether a token without a tenant acts on the whole platform; else it is refused
/// @param skew how far the issuer's clock may be from ours
/// @param algorithms with which they may be signed, some of [#ALGORITHMS]
public record TokenSettings(
    String issuer,
    String audience,
    URI keys,
    String tenantClaim,
    String rolesClaim,
    boolean platformWithoutTenant,
    Duration skew,
    Set<String> algorithms) {

  /// All algorithms there are. None of them signs with a key that others have to know.
  public static final List<String> ALGORITHMS =
      List.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  public static final String DEFAULT_TENANT_CLAIM = "tenant";
  public static final String DEFAULT_ROLES_CLAIM = "roles";
  public static final Duration DEFAULT_SKEW = Duration.ofSeconds(30);
  public static final Set<String> DEFAULT_ALGORITHMS = Set.of("RS256", "ES256", "EdDSA");

  public TokenSettings {
    requireNonNull(issuer);
    requireNonNull(audience);
    requireNonNull(keys);
    requireNonNull(tenantClaim);
    requireNonNull(rolesClaim);
    requireNonNull(skew);
    algorithms = Set.copyOf(algorithms);
    if (algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
      throw new IllegalArgumentException("not all of these are algorithms: " + algorithms);
    }
  }
}
