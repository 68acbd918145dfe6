package dev.tenet.domain.identity;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.tenant.TenantId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Who asks.
///
/// @param name in the changelog, the audit and logs
/// @param tenant the one tenant that they may do something in; empty for all tenants and the platform itself
public record Principal(String name, Optional<TenantId> tenant, Set<Role> roles) {

  /// Everybody, where nobody need say who they are.
  public static final Principal ANYBODY =
      new Principal("anonymous", Optional.empty(), Set.of(Role.PLATFORM_ADMIN));

  public Principal {
    requireNonNull(name);
    requireNonNull(tenant);
    roles = Set.copyOf(roles);
  }

  /// {@return the roles that permit an action. Who belongs to a tenant is no administrator of the platform, whatever else they
  /// are called; and what concerns the platform itself only its administrators and auditors do}
  ///
  /// @param where the tenant; empty for what concerns none
  public Set<Role> rolesFor(Action action, Optional<TenantId> where) {
    boolean platform = where.isEmpty() || where.get().equals(TenantId.PLATFORM);
    Set<Role> permitting = EnumSet.noneOf(Role.class);
    for (Role role : roles) {
      if (role.actions().contains(action)
          && (role != Role.PLATFORM_ADMIN || tenant.isEmpty())
          && (!platform || role.isOfPlatform())) {
        permitting.add(role);
      }
    }
    return permitting.size() == roles.size() ? roles : Set.copyOf(permitting);
  }
}
