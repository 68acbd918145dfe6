package dev.tenet.application.access;

import dev.tenet.domain.identity.Action;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import java.util.Map;
import java.util.Optional;

/// Somebody wants to do something.
///
/// @param tenant the tenant in which they want to do it; empty for what concerns no tenant
/// @param method of the HTTP request
/// @param path of the HTTP request
public record AccessRequest(
    Principal principal, Action action, Optional<TenantId> tenant, String method, String path) {

  /// The schema of the facts over which access rules are written.
  static final Map<String, Object> SCHEMA =
      Map.of(
          "principal",
          Map.of("name", "string", "tenant", "string", "roles", "list<string>"),
          "action",
          Map.of("name", "string"),
          "resource",
          Map.of("tenant", "string"),
          "request",
          Map.of("method", "string", "path", "string"));

  /// {@return the facts over which access rules are written; what there is not is an empty text}
  Map<String, Object> facts() {
    return Map.of(
        "principal",
        Map.of(
            "name",
            principal.name(),
            "tenant",
            principal.tenant().map(TenantId::toString).orElse(""),
            "roles",
            principal.roles().stream().map(Role::key).sorted().toList()),
        "action",
        Map.of("name", action.key()),
        "resource",
        Map.of("tenant", tenant.map(TenantId::toString).orElse("")),
        "request",
        Map.of("method", method, "path", path));
  }
}
