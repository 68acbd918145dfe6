package dev.tenet.application.plugin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.hash.Sha256;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of code promises. A store's own test extends this class.
public abstract class ArtefactStoreContract {

  private @Nullable ArtefactStore opened;

  /// {@return a store without code}
  protected abstract ArtefactStore open();

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

  private static Instant later() {
    return Instant.now().plusSeconds(3600);
  }
}
