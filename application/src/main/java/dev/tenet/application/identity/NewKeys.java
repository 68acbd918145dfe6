package dev.tenet.application.identity;

import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.identity.KeySecret;
import dev.tenet.domain.tenant.TenantId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/// Makes keys of chance that nobody can inject.
final class NewKeys {

  private final SecureRandom chance = new SecureRandom();
  private final IdSource ids;

  NewKeys(IdSource ids) {
    this.ids = ids;
  }

  /// A key that is not stored yet.
  record Made(ApiKey key, KeySecret secret) {}

  Made make(TenantId owner, IssueKey.Draft draft, String issuer, Instant now) {
    KeySecret secret = KeySecret.of(bytes(KeySecret.PREFIX_BYTES), bytes(KeySecret.RANDOM_BYTES));
    return new Made(
        new ApiKey(
            new ApiKeyId(ids.next()),
            secret.prefix(),
            draft.name(),
            Optional.of(owner).filter(id -> !id.equals(TenantId.PLATFORM)),
            draft.roles(),
            now,
            issuer,
            draft.expiresAt(),
            Optional.empty(),
            Optional.empty()),
        secret);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    chance.nextBytes(bytes);
    return bytes;
  }
}
