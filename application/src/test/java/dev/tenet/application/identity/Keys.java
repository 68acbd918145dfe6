package dev.tenet.application.identity;

import dev.tenet.application.identity.ApiKeyStore.StoredKey;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.identity.KeySecret;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Keys for tests.
final class Keys {

  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final TenantId ACME = new TenantId(new UUID(7, 1));
  static final TenantId OTHER = new TenantId(new UUID(7, 2));

  private Keys() {}

  /// {@return the n-th key as its holder has it}
  static KeySecret secret(int n) {
    return KeySecret.parse("tnt_%016x_%064x".formatted(n, 1_000_003L * n)).orElseThrow();
  }

  /// {@return the n-th key, issued n seconds after noon}
  static StoredKey key(int n, TenantId owner) {
    return new StoredKey(
        new ApiKey(
            new ApiKeyId(new UUID(1, n)),
            secret(n).prefix(),
            "key " + n,
            Optional.of(owner).filter(id -> !id.equals(TenantId.PLATFORM)),
            Set.of(Role.EVALUATOR, Role.AUDITOR),
            NOON.plusSeconds(n),
            "somebody",
            n % 2 == 0 ? Optional.empty() : Optional.of(NOON.plusSeconds(1_000 + n)),
            Optional.empty(),
            Optional.empty()),
        secret(n).hash());
  }
}
