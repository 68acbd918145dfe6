package dev.tenet.application.identity;

import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.tenant.TenantId;

/// Whose keys somebody may look after.
final class Ownership {

  private Ownership() {}

  /// {@return whether the keys are those of the one tenant that they act in, or they act on the whole platform}
  static boolean mayManage(Principal principal, TenantId owner) {
    return principal.tenant().isEmpty()
        || (principal.tenant().get().equals(owner) && !owner.equals(TenantId.PLATFORM));
  }

  /// {@return whether there is such an owner}
  static boolean exists(TenantId owner, TenantStore tenants) {
    return owner.equals(TenantId.PLATFORM) || tenants.revision(owner).isPresent();
  }
}
