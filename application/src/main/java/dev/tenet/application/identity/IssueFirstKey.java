package dev.tenet.application.identity;

import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.identity.ApiKeyStore.StoredKey;
import dev.tenet.domain.identity.KeySecret;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/// Issues the key with which everything begins: that of an administrator of the platform, once in the life of a store.
public final class IssueFirstKey {

  private static final String NAME = "first key of the platform";
  private static final String ISSUER = "tenet";

  private final ApiKeyStore keys;
  private final NewKeys newKeys;
  private final InstantSource clock;
  private final KeyAudit audit;

  public IssueFirstKey(ApiKeyStore keys, IdSource ids, InstantSource clock, AuditLog audit) {
    this.keys = keys;
    this.newKeys = new NewKeys(ids);
    this.clock = clock;
    this.audit = new KeyAudit(audit);
  }

  /// What asking for the first key gives.
  public sealed interface Result {
    /// The key is issued.
    ///
    /// @param secret the key itself, which nobody can be told again
    record Issued(KeySecret secret) implements Result {}

    /// The platform has, or had, a key.
    record NotTheFirst() implements Result {}
  }

  /// Issues the key, unless the platform has or ever had one.
  public Result issue() {
    NewKeys.Made made =
        newKeys.make(
            TenantId.PLATFORM,
            new IssueKey.Draft(NAME, Set.of(Role.PLATFORM_ADMIN), Optional.empty()),
            ISSUER,
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    if (!keys.addFirst(new StoredKey(made.key(), made.secret().hash()))) {
      return new Result.NotTheFirst();
    }
    audit.issued(made.key(), Optional.empty());
    return new Result.Issued(made.secret());
  }
}
