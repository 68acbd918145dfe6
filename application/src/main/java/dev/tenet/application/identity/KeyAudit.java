package dev.tenet.application.identity;

import dev.tenet.application.audit.AuditFilter;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.audit.AuditDetail;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.KeySecret;
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

  /// {@return whether it is recorded that the key, which is revoked, was}
  boolean hasRevocation(ApiKey key) {
    var filter =
        new AuditFilter(
            Optional.empty(),
            Optional.of(REVOKED),
            Optional.empty(),
            key.revokedAt(),
            Optional.empty());
    Optional<Long> after = Optional.empty();
    do {
      Page<AuditRecord, Long> page =
          log.list(key.owner(), filter, new PageRequest<>(PageRequest.LARGEST, after));
      if (page.items().stream()
          .anyMatch(record -> record.event().resource().equals(resource(key)))) {
        return true;
      }
      after = page.end();
    } while (after.isPresent());
    return false;
  }

  private static String resource(ApiKey key) {
    return "key/" + key.id();
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
        resource(key),
        Outcome.ACCEPTED,
        requestId.orElse(null),
        AuditDetail.of(detail(key)));
  }

  private static Map<String, Object> detail(ApiKey key) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("name", key.name());
    detail.put("prefix", KeySecret.MARK + key.prefix());
    detail.put("roles", key.roles().stream().sorted().map(Role::key).toList());
    key.expiresAt().ifPresent(end -> detail.put("expiresAt", end.toString()));
    return detail;
  }
}
