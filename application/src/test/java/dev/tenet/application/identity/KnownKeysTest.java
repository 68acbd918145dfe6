package dev.tenet.application.identity;

import static dev.tenet.application.identity.Keys.ACME;
import static dev.tenet.application.identity.Keys.NOON;
import static dev.tenet.application.identity.Keys.key;
import static dev.tenet.application.identity.Keys.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.application.identity.KnownKeys.Verdict;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.KeySecret;
import dev.tenet.domain.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class KnownKeysTest {

  private static final Verdict BAD = new Verdict.Bad();
  private static final Verdict EXPIRED = new Verdict.Expired();

  private final FewKeys store = new FewKeys().put(key(1, ACME)).put(key(2, ACME));
  private final ApiKey one = key(1, ACME).key();
  private final ApiKey two = key(2, ACME).key();
  private final Queue<Runnable> background = new ArrayDeque<>();
  private final RecordedEvents audit = new RecordedEvents();
  private Duration since = Duration.ZERO;
  private final KnownKeys keys =
      new KnownKeys(store, this::now, () -> since.toNanos(), background::add);

  private Instant now() {
    return NOON.plusSeconds(10).plus(since);
  }

  private void pass(Duration time) {
    since = since.plus(time);
  }

  private void runBackground() {
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }

  private static Verdict good(ApiKey key) {
    return new Verdict.Good(key);
  }

  @Test
  void judges() {
    assertThat(keys.judge(secret(1))).isEqualTo(good(one));
    assertThat(keys.judge(secret(9))).isEqualTo(BAD);
    assertThat(keys.judge(wrong(1))).isEqualTo(BAD);
    pass(Duration.ofSeconds(991));
    assertThat(keys.judge(secret(1))).as("expired at this moment").isEqualTo(EXPIRED);
    assertThat(keys.judge(wrong(1))).as("expired, and not theirs").isEqualTo(BAD);
    assertThat(keys.judge(secret(2))).isEqualTo(good(two));
  }

  /// {@return a key with the prefix of another and no right to it}
  private static KeySecret wrong(int n) {
    return KeySecret.parse("tnt_%s_%064x".formatted(secret(n).prefix(), 99)).orElseThrow();
  }

  @Test
  void aRequestSeldomAsksTheStore() {
    for (int i = 0; i < 100; i++) {
      assertThat(keys.judge(secret(1))).isEqualTo(good(one));
      assertThat(keys.judge(wrong(1))).isEqualTo(BAD);
      assertThat(keys.judge(secret(9))).isEqualTo(BAD);
    }
    assertThat(store.lookUps()).isEqualTo(2);
  }

  @Test
  void aKeyThatIsUsedIsLookedUpInTheBackground() {
    keys.judge(secret(2));
    background.clear();
    pass(Duration.ofSeconds(6));
    for (int i = 0; i < 10; i++) {
      assertThat(keys.judge(secret(2))).isEqualTo(good(two));
    }
    assertThat(store.lookUps()).isOne();
    assertThat(background).hasSize(1);
    runBackground();
    assertThat(store.lookUps()).isEqualTo(2);
    pass(Duration.ofSeconds(4));
    keys.judge(secret(2));
    assertThat(store.lookUps()).as("young again").isEqualTo(2);
  }

  @Test
  void whatAnotherNodeRevokesIsRefusedWithinTenSeconds() {
    keys.judge(secret(2));
    store.revoke(ACME, two.id(), NOON);
    pass(KnownKeys.FRESH.minusNanos(1));
    assertThat(keys.judge(secret(2))).as("not known yet").isEqualTo(good(two));
    pass(Duration.ofNanos(1));
    assertThat(keys.judge(secret(2))).isEqualTo(BAD);
  }

  @Test
  void whatThisNodeRevokesIsRefusedAtOnce() {
    keys.judge(secret(2));
    var revoke = new RevokeKey(store, keys::forget, this::now, audit);
    audit.away(true);
    assertThatExceptionOfType(StoreUnavailable.class)
        .as("it is not recorded")
        .isThrownBy(() -> revoke.revoke(ACME, two.id(), Principal.ANYBODY, Optional.empty()));
    assertThat(keys.judge(secret(2))).isEqualTo(BAD);
  }

  @Test
  void aKeyThatIsRevokedWhileItIsLookedUpIsNotKept() {
    store.whileLookingUp(
        () -> {
          store.revoke(ACME, two.id(), NOON);
          keys.forget(two);
        });
    assertThat(keys.judge(secret(2))).as("it began before").isEqualTo(good(two));
    assertThat(keys.judge(secret(2))).isEqualTo(BAD);
  }

  @Test
  void keysInMemoryOutliveAnOutageForAWhile() {
    keys.judge(secret(2));
    store.away(true);
    pass(Duration.ofSeconds(11));
    assertThat(keys.judge(secret(2))).isEqualTo(good(two));
    int tries = store.lookUps();
    for (int i = 0; i < 100; i++) {
      assertThat(keys.judge(secret(2))).isEqualTo(good(two));
      assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> keys.judge(secret(9)));
    }
    assertThat(store.lookUps()).as("nobody asks in vain").isEqualTo(tries);
    pass(Duration.ofMinutes(9));
    assertThat(keys.judge(secret(2))).isEqualTo(good(two));
    pass(Duration.ofMinutes(1));
    assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> keys.judge(secret(2)));
  }

  @Test
  void afterAnOutageKeysAreLookedUpAgain() {
    keys.judge(secret(2));
    store.away(true);
    pass(Duration.ofSeconds(11));
    keys.judge(secret(2));
    store.away(false);
    store.revoke(ACME, two.id(), NOON);
    background.clear();
    assertThat(keys.judge(secret(2))).as("nobody has tried yet").isEqualTo(good(two));
    pass(Duration.ofSeconds(5));
    assertThat(keys.judge(secret(2))).as("one tries in the background").isEqualTo(good(two));
    runBackground();
    assertThat(keys.judge(secret(2))).isEqualTo(BAD);
    assertThat(keys.judge(secret(1))).isEqualTo(good(one));
  }

  @Test
  void anOutageEndsForKeysThatAreNotInMemory() {
    store.away(true);
    assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> keys.judge(secret(1)));
    store.away(false);
    assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> keys.judge(secret(1)));
    pass(Duration.ofSeconds(5));
    assertThat(keys.judge(secret(1))).isEqualTo(good(one));
    assertThat(keys.judge(secret(9))).isEqualTo(BAD);
  }

  @Test
  void aFloodOfUnknownKeysDisplacesNoOther() {
    keys.judge(secret(1));
    for (int n = 100; n < 30_000; n++) {
      assertThat(keys.judge(secret(n))).isEqualTo(BAD);
    }
    int lookUps = store.lookUps();
    assertThat(keys.judge(secret(1))).isEqualTo(good(one));
    assertThat(store.lookUps()).isEqualTo(lookUps);
  }

  @Test
  void usesAreNotedOnceAMinuteAndNotByTheRequest() {
    for (int i = 0; i < 50; i++) {
      keys.judge(secret(1));
      keys.judge(secret(2));
      keys.judge(wrong(2));
    }
    assertThat(store.uses()).isEmpty();
    runBackground();
    Instant first = now();
    assertThat(store.uses()).containsExactly(Map.of(one.id(), first, two.id(), first));
    pass(Duration.ofSeconds(59));
    keys.judge(secret(1));
    runBackground();
    assertThat(store.uses()).hasSize(1);
    pass(Duration.ofSeconds(1));
    keys.judge(secret(1));
    runBackground();
    assertThat(store.uses()).element(1).isEqualTo(Map.of(one.id(), first.plusSeconds(60)));
  }

  @Test
  void aUseThatCannotBeNotedHarmsNobody() {
    keys.judge(secret(2));
    store.away(true);
    runBackground();
    store.away(false);
    pass(Duration.ofSeconds(60));
    assertThat(keys.judge(secret(2))).isEqualTo(good(two));
    runBackground();
    assertThat(store.uses()).containsExactly(Map.of(two.id(), now()));
  }

  @Test
  void aUseThatAnotherNodeNotedIsNotNotedAgain() {
    store.put(new ApiKeyStore.StoredKey(two.use(now().minusSeconds(30)), key(2, ACME).hash()));
    keys.judge(secret(2));
    runBackground();
    assertThat(store.uses()).isEmpty();
  }
}
