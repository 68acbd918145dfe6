package dev.tenet.application.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What becomes of the keys of a tenant that is deleted.
final class RevokeAllKeysTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final TenantId ACME = new TenantId(new UUID(7, 1));
  private static final TenantId OTHER = new TenantId(new UUID(7, 2));

  private final FewKeys store = new FewKeys();
  private final RecordedEvents audit = new RecordedEvents();
  private final List<ApiKey> told = new ArrayList<>();
  private final RevokeAllKeys revokeAll = new RevokeAllKeys(store, told::add, () -> NOON, audit);

  private void revoke() {
    revokeAll.revoke(ACME, "alice", Optional.of("request-7"));
  }

  @Test
  void eachIsRecordedWithWhoDidIt() {
    store.put(Keys.key(1, ACME));
    store.put(Keys.key(2, ACME));
    store.put(Keys.key(3, OTHER));
    store.revoke(ACME, Keys.key(2, ACME).key().id(), NOON.minusSeconds(60));

    revoke();

    assertThat(audit.events())
        .singleElement()
        .returns("api_key_revoked", AuditEvent::action)
        .returns("alice", AuditEvent::actor)
        .returns("request-7", AuditEvent::requestId)
        .returns("key/" + Keys.key(1, ACME).key().id(), AuditEvent::resource);
    assertThat(told).extracting(ApiKey::id).containsExactly(Keys.key(1, ACME).key().id());
    revoke();
    assertThat(audit.events()).as("once").hasSize(1);
  }

  @Test
  void nothingIsRevokedUnrecorded() {
    store.put(Keys.key(1, ACME));
    audit.away(true);
    assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(this::revoke);
    audit.away(false);
    revoke();
    assertThat(audit.events()).hasSize(1);
  }
}
