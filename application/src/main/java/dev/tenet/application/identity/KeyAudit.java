package dev.tenet.application.identity;

import dev.tenet.application.audit.AuditLog;
import dev.tenet.domain.audit.AuditDetail;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Records what becomes of keys, in the chain of their owner.
final class KeyAudit {

  private static final String ISSUED = "api_key_issued";
  private static final String REVOKED = "api_key_revoked";

  private final AuditLog log;

  KeyAudit(AuditLog log) {
    this.log = log;
  }

  void issued(ApiKey key, Optional<String> requestId) {
    record(key, key.createdAt(), key.createdBy(), ISSUED, requestId);
  }

  void revoked(ApiKey key, Instant at, String revoker, Optional<String> requestId) {
    record(key, at, revoker, REVOKED, requestId);
  }

  /// @param owner of all of them
  void revoked(
      TenantId owner, List<ApiKey> keys, Instant at, String revoker, Optional<String> requestId) {
    if (!keys.isEmpty()) {
      log.append(
          owner, keys.stream().map(key -> event(key, at, revoker, REVOKED, requestId)).toList());
    }
  }

  private void record(
      ApiKey key, Instant at, String actor, String action, Optional<String> requestId) {
    log.append(key.owner(), List.of(event(key, at, actor, action, requestId)));
  }

  private static AuditEvent event(
      ApiKey key, Instant at, String actor, String action, Optional<String> requestId) {
    return AuditEvent.of(
        at,
        actor,
        action,
        "key/" + key.id(),
        Outcome.ACCEPTED,
        requestId.orElse(null),
        AuditDetail.of(detail(key)));
  }

  private static Map<String, Object> detail(ApiKey key) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("name", key.name());
    detail.put("prefix", key.prefix());
    detail.put("roles", key.roles().stream().sorted().map(Role::key).toList());
    key.expiresAt().ifPresent(end -> detail.put("expiresAt", end.toString()));
    return detail;
  }
}
