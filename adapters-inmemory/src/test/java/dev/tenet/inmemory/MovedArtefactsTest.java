package dev.tenet.inmemory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.ArtefactStoreContract;
import dev.tenet.application.plugin.MovedArtefacts;
import dev.tenet.domain.hash.Sha256;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MovedArtefactsTest extends ArtefactStoreContract {

  private final ArtefactStore present = new InMemoryArtefactStore(InstantSource.system());
  private final ArtefactStore earlier = new InMemoryArtefactStore(InstantSource.system());

  @Override
  protected ArtefactStore open() {
    return new MovedArtefacts(present, earlier);
  }

  @Test
  void whatWasKeptEarlierIsFoundAndNoMoreComesThere() {
    Sha256 old = earlier.keep("old".getBytes(UTF_8));
    Sha256 fresh = open().keep("fresh".getBytes(UTF_8));

    assertThat(open().find(old)).hasValue("old".getBytes(UTF_8));
    assertThat(earlier.find(fresh)).isEmpty();
    assertThat(open().removeUnused(Set.of(), Instant.now().plusSeconds(60))).isEqualTo(2);
    assertThat(earlier.find(old)).isEmpty();
  }
}
