package dev.tenet.application.identity;

import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.identity.ApiKeyStore.AddResult;
import dev.tenet.application.identity.ApiKeyStore.StoredKey;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Names;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.KeySecret;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Issues an API key, which may do no more than who issues it. It is recorded before it is shown: one whose record fails is
/// nobody's, and revoked. Both in one transaction is not possible, for the chain of a tenant may be in another database.
public final class IssueKey {

  /// How many keys that are not revoked an owner may have.
  public static final int MOST_KEYS = 1_000;

  private final ApiKeyStore keys;
  private final TenantStore tenants;
  private final NewKeys newKeys;
  private final InstantSource clock;
  private final KeyAudit audit;

  public IssueKey(
      ApiKeyStore keys, TenantStore tenants, IdSource ids, InstantSource clock, AuditLog audit) {
    this.keys = keys;
    this.tenants = tenants;
    this.newKeys = new NewKeys(ids);
    this.clock = clock;
    this.audit = new KeyAudit(audit);
  }

  /// What a key is to be.
  ///
  /// @param expiresAt empty for never
  /// @param requestId names the request that asks for it, when there is one
  public record Draft(
      String name, Set<Role> roles, Optional<Instant> expiresAt, Optional<String> requestId) {
    public Draft {
      roles = Set.copyOf(roles);
    }

    /// What a key is to be that no request asks for.
    public Draft(String name, Set<Role> roles, Optional<Instant> expiresAt) {
      this(name, roles, expiresAt, Optional.empty());
    }
  }

  /// What asking for a key gives.
  public sealed interface Result {
    /// The key is issued.
    ///
    /// @param secret the key itself, which nobody can be told again
    record Issued(ApiKey key, KeySecret secret) implements Result {}

    /// The draft has these faults.
    record Rejected(List<Diagnostic> faults) implements Result {
      public Rejected {
        faults = List.copyOf(faults);
      }
    }

    /// The key would do what the issuer may not do.
    record BeyondIssuer() implements Result {}

    /// There is no such tenant.
    record TenantNotFound() implements Result {}

    /// The owner has as many keys as it may have.
    record TooMany() implements Result {}
  }

  /// Issues a key.
  ///
  /// @param owner the tenant that it is for, or the platform
  public Result issue(TenantId owner, Draft draft, Principal issuer) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Diagnostic> faults = faults(owner, draft, now);
    if (!faults.isEmpty()) {
      return new Result.Rejected(faults);
    }
    if (!Ownership.mayManage(issuer, owner)
        || !draft.roles().stream().allMatch(role -> mayGive(issuer, owner, role))) {
      return new Result.BeyondIssuer();
    }
    if (!Ownership.exists(owner, tenants)) {
      return new Result.TenantNotFound();
    }
    return issue(owner, draft, issuer.name(), now);
  }

  private Result issue(TenantId owner, Draft draft, String issuer, Instant now) {
    while (true) {
      NewKeys.Made made = newKeys.make(owner, draft, issuer, now);
      switch (keys.add(new StoredKey(made.key(), made.secret().hash()), MOST_KEYS)) {
        case AddResult.Added() -> {
          recordIssue(made.key(), draft);
          return new Result.Issued(made.key(), made.secret());
        }
        case AddResult.TooMany() -> {
          return new Result.TooMany();
        }
        case AddResult.PrefixTaken() -> {
          // One in billions; the next key has another prefix.
        }
      }
    }
  }

  private void recordIssue(ApiKey key, Draft draft) {
    try {
      audit.issued(key, draft.requestId());
    } catch (StoreUnavailable e) {
      try {
        keys.revoke(key.owner(), key.id(), key.createdAt());
      } catch (StoreUnavailable alsoAway) {
        e.addSuppressed(alsoAway);
      }
      throw e;
    }
  }

  private static List<Diagnostic> faults(TenantId owner, Draft draft, Instant now) {
    List<Diagnostic> faults = new ArrayList<>();
    Names.fault("name", draft.name()).ifPresent(faults::add);
    if (draft.roles().isEmpty()) {
      faults.add(
          Diagnostic.error(
              "roles_required",
              Location.field("roles"),
              "The key needs at least one role, such as \"%s\".".formatted(Role.EVALUATOR.key())));
    }
    if (draft.roles().contains(Role.PLATFORM_ADMIN) && !owner.equals(TenantId.PLATFORM)) {
      faults.add(
          Diagnostic.error(
              "role_not_for_tenants",
              Location.field("roles"),
              "The role \"%s\" is for keys of the platform; a tenant's key may have \"%s\"."
                  .formatted(Role.PLATFORM_ADMIN.key(), Role.TENANT_ADMIN.key())));
    }
    if (draft.expiresAt().filter(end -> !end.isAfter(now)).isPresent()) {
      faults.add(
          Diagnostic.error(
              "expires_at_past",
              Location.field("expiresAt"),
              "The key would be expired already; give a moment that is to come."));
    }
    return faults;
  }

  /// Who administers a tenant gives each of its roles, others give their own alone.
  private static boolean mayGive(Principal issuer, TenantId owner, Role role) {
    return issuer.roles().contains(Role.PLATFORM_ADMIN)
        || issuer.roles().contains(role)
        || (issuer.roles().contains(Role.TENANT_ADMIN) && !owner.equals(TenantId.PLATFORM));
  }
}
