package dev.tenet.application.change;

import dev.tenet.domain.change.JournalEntry.RequestKey;
import dev.tenet.domain.tenant.TenantId;
import java.util.Optional;
import java.util.OptionalLong;

/// What is common to all requests that change a tenant.
///
/// @param ifRevision change only if the tenant is at this revision
/// @param dryRun decide and compile, and store nothing
/// @param key how the client names the request
/// @param actor who asks
/// @param requestId names the request in the audit and in logs; empty for what is done without one
public record ChangeRequest(
    TenantId tenant,
    OptionalLong ifRevision,
    boolean dryRun,
    Optional<RequestKey> key,
    String actor,
    Optional<String> requestId) {

  /// What is done without a request that has a name.
  public ChangeRequest(
      TenantId tenant,
      OptionalLong ifRevision,
      boolean dryRun,
      Optional<RequestKey> key,
      String actor) {
    this(tenant, ifRevision, dryRun, key, actor, Optional.empty());
  }

  /// {@return this request as a dry run}
  public ChangeRequest tried() {
    return new ChangeRequest(tenant, ifRevision, true, key, actor, requestId);
  }
}
