package dev.tenet.application.plugin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tenet.domain.hash.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of code promises. A store's own test extends this class.
public abstract class ArtefactStoreContract {

  private @Nullable ArtefactStore opened;

  /// {@return a store without code}
  protected abstract ArtefactStore open();

  /// Changes code behind the store's back, one bit of it at least.
  ///
  /// @return whether that can be done to this store
  protected boolean damage(Sha256 artefact) {
    return false;
  }

  @BeforeEach
  final void openStore() {
    opened = open();
  }

  private ArtefactStore store() {
    return requireNonNull(opened);
  }

  private static byte[] code(int seed, int size) {
    byte[] code = new byte[size];
    new Random(seed).nextBytes(code);
    return code;
  }

  @Test
  void codeIsKeptUnderItsHash() {
    byte[] large = code(1, 4 << 20);
    Sha256 hash = store().keep(large);

    assertThat(hash).isEqualTo(Sha256.of(large));
    assertThat(store().find(hash)).hasValueSatisfying(found -> assertThat(found).isEqualTo(large));
    assertThat(store().find(Sha256.of("other"))).isEmpty();
    assertThat(store().keep(large)).isEqualTo(hash);
  }

  @Test
  void onlyCodeThatNothingRefersToIsRemoved() {
    Sha256 used = store().keep(code(2, 10));
    Sha256 unused = store().keep(code(3, 10));

    assertThat(store().removeUnused(Set.of(used), Instant.EPOCH)).isZero();
    assertThat(store().removeUnused(Set.of(used), later())).isEqualTo(1);
    assertThat(store().find(used)).isPresent();
    assertThat(store().find(unused)).isEmpty();
    assertThat(store().removeUnused(Set.of(), later())).isEqualTo(1);
  }

  @Test
  void manyKeepTheSameCodeAtOnce() {
    byte[] same = code(4, 300_000);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Sha256>> kept =
          IntStream.range(0, 16).mapToObj(i -> threads.submit(() -> store().keep(same))).toList();
      List<Future<Optional<byte[]>>> found =
          IntStream.range(0, 16)
              .mapToObj(i -> threads.submit(() -> store().find(Sha256.of(same))))
              .toList();
      assertThat(kept).allSatisfy(one -> assertThat(one.get()).isEqualTo(Sha256.of(same)));
      assertThat(found)
          .as("all of it or nothing")
          .allSatisfy(one -> one.get().ifPresent(content -> assertThat(content).isEqualTo(same)));
    }
    assertThat(store().find(Sha256.of(same))).hasValue(same);
    assertThat(store().removeUnused(Set.of(), later())).as("kept once").isEqualTo(1);
  }

  @Test
  void damagedCodeIsNotGivenAndCanBeKeptAgain() {
    byte[] code = code(5, 5_000);
    Sha256 damaged = store().keep(code);
    Sha256 other = store().keep(code(6, 5_000));
    assumeTrue(damage(damaged), "nobody can damage it");

    assertThat(store().find(damaged)).isEmpty();
    assertThat(store().find(other)).isPresent();
    store().keep(code);
    assertThat(store().find(damaged)).hasValue(code);
  }

  @Test
  void whatIsKeptAgainCountsAsKeptThen() {
    Sha256 again = store().keep(code(7, 10));
    Sha256 once = store().keep(code(8, 10));
    Instant between = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    while (Instant.now().isBefore(between.plusMillis(5))) {
      LockSupport.parkNanos(1_000_000);
    }
    store().keep(code(7, 10));

    assertThat(store().removeUnused(Set.of(), between)).isEqualTo(1);
    assertThat(store().find(again)).isPresent();
    assertThat(store().find(once)).isEmpty();
  }

  @Test
  void nothingIsCodeToo() {
    assertThat(store().find(store().keep(new byte[0]))).hasValue(new byte[0]);
  }

  private static Instant later() {
    return Instant.now().plusSeconds(3600);
  }
}
