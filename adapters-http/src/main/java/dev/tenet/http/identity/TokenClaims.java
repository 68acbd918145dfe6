package dev.tenet.http.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.tenet.domain.diagnostic.Printable;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads who somebody is in the claims of a token that is believed.
final class TokenClaims {

  private static final int LONGEST_SUBJECT = 255;

  private final TokenSettings settings;

  TokenClaims(TokenSettings settings) {
    this.settings = settings;
  }

  /// {@return who the claims speak of, or empty when they do not say}
  Optional<Principal> principal(JWTClaimsSet claims) {
    Map<String, Object> said = claims.getClaims();
    String subject = claims.getSubject();
    if (subject == null || !isName(subject)) {
      return Optional.empty();
    }
    Object tenant = find(said, settings.tenantClaim());
    if (tenant == null) {
      return settings.platformWithoutTenant()
          ? Optional.of(principal(subject, Optional.empty(), said))
          : Optional.empty();
    }
    return Optional.of(tenant)
        .filter(String.class::isInstance)
        .flatMap(id -> TenantId.parse((String) id))
        .filter(id -> !id.equals(TenantId.PLATFORM))
        .map(id -> principal(subject, Optional.of(id), said));
  }

  /// It stands in logs and in the audit.
  private static boolean isName(String subject) {
    return !Printable.isBlank(subject)
        && subject.length() <= LONGEST_SUBJECT
        && Printable.isPrintable(subject);
  }

  private Principal principal(
      String subject, Optional<TenantId> tenant, Map<String, Object> claims) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    texts(find(claims, settings.rolesClaim())).forEach(key -> Role.of(key).ifPresent(roles::add));
    if (tenant.isPresent()) {
      roles.remove(Role.PLATFORM_ADMIN);
    }
    return new Principal("jwt:" + subject, tenant, roles);
  }

  private static List<String> texts(@Nullable Object claim) {
    return switch (claim) {
      case String text -> Arrays.asList(text.split(" ", -1));
      case Collection<?> list ->
          list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case null, default -> List.of();
    };
  }

  /// A claim whose whole name has dots in it comes before one inside of objects.
  private static @Nullable Object find(Map<?, ?> claims, String name) {
    if (claims.containsKey(name)) {
      return claims.get(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
        ? find(inner, name.substring(dot + 1))
        : null;
  }
}
