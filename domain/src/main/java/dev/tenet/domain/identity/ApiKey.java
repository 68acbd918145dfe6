package dev.tenet.domain.identity;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What is known of an API key; its secret is not.
///
/// @param prefix the part of the key that finds it, see [KeySecret]
/// @param name for people; several keys may have the same
/// @param tenant the one tenant that it acts in; empty for all tenants and the platform itself
/// @param roles what it may do
/// @param createdBy the name of who issued it
/// @param expiresAt from when on it is refused; empty for never
/// @param revokedAt when it was revoked; empty while it is not
/// @param lastUsedAt when it was last used, a minute or so late; empty before
public record ApiKey(
    ApiKeyId id,
    String prefix,
    String name,
    Optional<TenantId> tenant,
    Set<Role> roles,
    Instant createdAt,
    String createdBy,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    Optional<Instant> lastUsedAt) {

  public ApiKey {
    requireNonNull(id);
    requireNonNull(prefix);
    requireNonNull(name);
    requireNonNull(tenant);
    roles = Set.copyOf(roles);
    requireNonNull(createdAt);
    requireNonNull(createdBy);
    requireNonNull(expiresAt);
    requireNonNull(revokedAt);
    requireNonNull(lastUsedAt);
  }

  /// {@return whose key it is: a tenant's, or the platform's}
  public TenantId owner() {
    return tenant.orElse(TenantId.PLATFORM);
  }

  /// {@return whether it is past the moment at which it expires}
  public boolean isExpired(Instant now) {
    return expiresAt.map(end -> !now.isBefore(end)).orElse(false);
  }

  /// {@return this key as one that was revoked then, or earlier}
  public ApiKey revoke(Instant at) {
    return new ApiKey(
        id,
        prefix,
        name,
        tenant,
        roles,
        createdAt,
        createdBy,
        expiresAt,
        Optional.of(revokedAt.orElse(at)),
        lastUsedAt);
  }

  /// {@return this key as one that was used then, or later}
  public ApiKey use(Instant at) {
    return new ApiKey(
        id,
        prefix,
        name,
        tenant,
        roles,
        createdAt,
        createdBy,
        expiresAt,
        revokedAt,
        Optional.of(lastUsedAt.filter(at::isBefore).orElse(at)));
  }

  /// {@return who asks with this key}
  public Principal principal() {
    return new Principal("key:" + id, tenant, roles);
  }
}
