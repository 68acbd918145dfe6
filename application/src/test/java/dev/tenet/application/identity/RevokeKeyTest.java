package dev.tenet.application.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.Principal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is recorded of a key that is revoked.
final class RevokeKeyTest {

  private final FewKeys store = new FewKeys();
  private final RecordedEvents audit = new RecordedEvents();
  private final RevokeKey revokeKey =
      new RevokeKey(store, key -> {}, () -> Keys.NOON.plusSeconds(60), audit);

  private RevokeKey.Result revoke(int n) {
    ApiKey key = Keys.key(n, Keys.ACME).key();
    return revokeKey.revoke(Keys.ACME, key.id(), Principal.ANYBODY, Optional.of("request-7"));
  }

  @Test
  void whatIsRevokedAlreadyIsNotRecordedAgain() {
    store.put(Keys.key(1, Keys.ACME));
    store.put(Keys.key(2, Keys.ACME));
    revoke(1);
    assertThat(revoke(1)).isInstanceOf(RevokeKey.Result.Revoked.class);
    revoke(2);
    assertThat(audit.events())
        .extracting(AuditEvent::resource)
        .containsExactly(
            "key/" + Keys.key(1, Keys.ACME).key().id(), "key/" + Keys.key(2, Keys.ACME).key().id());
    assertThat(audit.events().getFirst().detail().toString())
        .contains("tnt_" + Keys.secret(1).prefix());
  }

  @Test
  void aRecordThatFailedIsMadeByTheSameRequest() {
    store.put(Keys.key(1, Keys.ACME));
    audit.away(true);
    assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> revoke(1));
    audit.away(false);
    revoke(1);
    revoke(1);
    assertThat(audit.events()).hasSize(1);
  }
}
