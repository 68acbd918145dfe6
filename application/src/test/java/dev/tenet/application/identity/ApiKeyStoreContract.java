package dev.tenet.application.identity;

import static dev.tenet.application.identity.Keys.ACME;
import static dev.tenet.application.identity.Keys.NOON;
import static dev.tenet.application.identity.Keys.OTHER;
import static dev.tenet.application.identity.Keys.key;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.identity.ApiKeyStore.AddResult;
import dev.tenet.application.identity.ApiKeyStore.StoredKey;
import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of API keys promises, see [ApiKeyStore]. A store's own test extends this class.
public abstract class ApiKeyStoreContract {

  private static final AddResult ADDED = new AddResult.Added();
  private static final int MOST = 100;

  private @Nullable ApiKeyStore opened;

  /// {@return a store without keys}
  protected abstract ApiKeyStore open();

  @BeforeEach
  final void openStore() {
    opened = open();
  }

  private ApiKeyStore store() {
    return requireNonNull(opened);
  }

  private ApiKey added(int n, TenantId owner) {
    StoredKey key = key(n, owner);
    assertThat(store().add(key, MOST)).isEqualTo(ADDED);
    return key.key();
  }

  @Test
  void givesBackWhatWasStored() {
    for (TenantId owner : List.of(ACME, TenantId.PLATFORM)) {
      for (int n : List.of(1, 2)) {
        StoredKey key = key(owner.equals(ACME) ? n : 10 + n, owner);
        assertThat(store().add(key, MOST)).isEqualTo(ADDED);
        assertThat(store().byPrefix(key.key().prefix())).contains(key);
        assertThat(store().find(owner, key.key().id())).contains(key.key());
      }
    }
    assertThat(store().byPrefix("0000000000000099")).isEmpty();
    assertThat(store().find(ACME, key(99, ACME).key().id())).isEmpty();
  }

  @Test
  void aPrefixBelongsToOneKey() {
    ApiKey first = added(1, ACME);
    StoredKey same = key(1, OTHER);
    StoredKey second = new StoredKey(withId(same.key(), key(2, OTHER).key().id()), same.hash());
    assertThat(store().add(second, MOST)).isEqualTo(new AddResult.PrefixTaken());
    assertThat(store().byPrefix(first.prefix()).orElseThrow().key()).isEqualTo(first);
    assertThat(store().list(OTHER, first(10)).items()).isEmpty();
  }

  private static ApiKey withId(ApiKey key, ApiKeyId id) {
    return new ApiKey(
        id,
        key.prefix(),
        key.name(),
        key.tenant(),
        key.roles(),
        key.createdAt(),
        key.createdBy(),
        key.expiresAt(),
        key.revokedAt(),
        key.lastUsedAt());
  }

  @Test
  void anOwnerHasSoManyKeysThatAreNotRevoked() {
    ApiKey one = added(1, ACME);
    added(2, ACME);
    added(3, OTHER);
    assertThat(store().add(key(4, ACME), 2)).isEqualTo(new AddResult.TooMany());
    assertThat(store().find(ACME, key(4, ACME).key().id())).isEmpty();
    store().revoke(ACME, one.id(), NOON);
    assertThat(store().add(key(4, ACME), 2)).isEqualTo(ADDED);
  }

  @Test
  void keysOfOneOwnerAreNotSeenThroughAnother() {
    ApiKey theirs = added(1, ACME);
    ApiKey platform = added(2, TenantId.PLATFORM);
    for (TenantId owner : List.of(OTHER, TenantId.PLATFORM)) {
      assertThat(store().find(owner, theirs.id())).isEmpty();
      assertThat(store().revoke(owner, theirs.id(), NOON)).isEmpty();
      store().revokeAll(OTHER, NOON);
    }
    assertThat(store().find(ACME, platform.id())).isEmpty();
    assertThat(store().revoke(ACME, platform.id(), NOON)).isEmpty();
    assertThat(store().find(ACME, theirs.id())).contains(theirs);
    assertThat(store().find(TenantId.PLATFORM, platform.id())).contains(platform);
    assertThat(store().list(OTHER, first(10)).items()).isEmpty();
  }

  @Test
  void listsNewestFirstPageByPage() {
    List<ApiKey> keys = IntStream.rangeClosed(1, 5).mapToObj(n -> added(n, ACME)).toList();
    added(6, OTHER);
    Page<ApiKey, Age> first = store().list(ACME, first(2));
    assertThat(first.items()).containsExactly(keys.get(4), keys.get(3));
    Page<ApiKey, Age> second = store().list(ACME, new PageRequest<>(2, first.end()));
    assertThat(second.items()).containsExactly(keys.get(2), keys.get(1));
    Page<ApiKey, Age> last = store().list(ACME, new PageRequest<>(2, second.end()));
    assertThat(last.items()).containsExactly(keys.get(0));
    assertThat(last.end()).isEmpty();
  }

  private static PageRequest<Age> first(int size) {
    return new PageRequest<>(size, Optional.empty());
  }

  @Test
  void aRevokedKeyStaysRevokedFromThenOn() {
    ApiKey key = added(1, ACME);
    ApiKey other = added(2, ACME);
    ApiKey revoked = key.revoke(NOON);
    assertThat(store().revoke(ACME, key.id(), NOON)).contains(revoked);
    assertThat(store().revoke(ACME, key.id(), NOON.plusSeconds(60))).contains(revoked);
    assertThat(store().byPrefix(key.prefix()).orElseThrow().key()).isEqualTo(revoked);
    assertThat(store().find(ACME, other.id())).contains(other);
    assertThat(store().revoke(ACME, key(9, ACME).key().id(), NOON)).isEmpty();
  }

  @Test
  void allKeysOfAnOwnerAreRevokedAtOnce() {
    ApiKey early = added(1, ACME);
    ApiKey late = added(2, ACME);
    ApiKey theirs = added(3, OTHER);
    store().revoke(ACME, early.id(), NOON);
    store().revokeAll(ACME, NOON.plusSeconds(60));
    store().revokeAll(ACME, NOON.plusSeconds(90));
    assertThat(store().list(ACME, first(10)).items())
        .containsExactly(late.revoke(NOON.plusSeconds(60)), early.revoke(NOON));
    assertThat(store().find(OTHER, theirs.id())).contains(theirs);
  }

  @Test
  void theLastUseIsNotedOnceAMinuteAndNeverGoesBack() {
    ApiKey key = added(1, ACME);
    ApiKey unused = added(2, ACME);
    Instant use = NOON.plusSeconds(3_600);
    store().used(Map.of(key.id(), use, key(9, ACME).key().id(), use));
    store().used(Map.of(key.id(), use.plusSeconds(59)));
    assertThat(store().find(ACME, key.id()).orElseThrow().lastUsedAt()).contains(use);
    store().used(Map.of(key.id(), use.minusSeconds(600)));
    assertThat(store().find(ACME, key.id()).orElseThrow().lastUsedAt()).contains(use);
    store().used(Map.of(key.id(), use.plusSeconds(60)));
    assertThat(store().find(ACME, key.id()).orElseThrow().lastUsedAt())
        .contains(use.plusSeconds(60));
    store().used(Map.of());
    assertThat(store().find(ACME, unused.id())).contains(unused);
  }

  @Test
  void thereIsOneFirstKeyOfThePlatform() {
    added(1, ACME);
    StoredKey first = key(2, TenantId.PLATFORM);
    assertThat(store().addFirst(first)).isTrue();
    assertThat(store().byPrefix(first.key().prefix())).contains(first);
    assertThat(store().addFirst(key(3, TenantId.PLATFORM))).isFalse();
    store().revoke(TenantId.PLATFORM, first.key().id(), NOON);
    assertThat(store().addFirst(key(3, TenantId.PLATFORM))).isFalse();
    assertThat(store().list(TenantId.PLATFORM, first(10)).items()).hasSize(1);
  }

  @Test
  void ofSeveralNodesThatStartAtOnceOneGetsTheFirstKey() throws Exception {
    int nodes = 6;
    var start = new CyclicBarrier(nodes);
    try (ExecutorService threads = Executors.newFixedThreadPool(nodes)) {
      List<Future<Boolean>> tries =
          threads.invokeAll(
              IntStream.range(0, nodes)
                  .<Callable<Boolean>>mapToObj(
                      n ->
                          () -> {
                            start.await();
                            return store().addFirst(key(n, TenantId.PLATFORM));
                          })
                  .toList());
      int first = 0;
      for (Future<Boolean> attempt : tries) {
        first += attempt.get() ? 1 : 0;
      }
      assertThat(first).isOne();
    }
    assertThat(store().list(TenantId.PLATFORM, first(10)).items()).hasSize(1);
  }
}
