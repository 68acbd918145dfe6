package dev.tenet.http.key;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.KeySecret;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.PageTokens;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An API key.
///
/// @param prefix how the key begins
/// @param tenantId missing for a key of the platform
/// @param key the key itself, in the answer to its issue and nowhere else
public record KeyJson(
    String id,
    String name,
    String prefix,
    @Nullable String tenantId,
    List<String> roles,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt,
    @Nullable String key) {

  static KeyJson of(ApiKey key) {
    return of(key, null);
  }

  static KeyJson issued(ApiKey key, KeySecret secret) {
    return of(key, secret.reveal());
  }

  private static KeyJson of(ApiKey key, @Nullable String revealed) {
    return new KeyJson(
        key.id().toString(),
        key.name(),
        KeySecret.MARK + key.prefix(),
        key.tenant().map(TenantId::toString).orElse(null),
        key.roles().stream().sorted().map(Role::key).toList(),
        key.createdAt(),
        key.createdBy(),
        key.expiresAt().orElse(null),
        key.revokedAt().orElse(null),
        key.lastUsedAt().orElse(null),
        revealed);
  }

  /// A page of keys.
  public record ListJson(List<KeyJson> keys, @Nullable String nextPageToken) {
    static ListJson of(Page<ApiKey, Age> page, Call call) {
      return new ListJson(
          page.items().stream().map(KeyJson::of).toList(), call.nextToken(page, PageTokens.BY_AGE));
    }
  }
}
