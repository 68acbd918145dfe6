package dev.tenet.inmemory;

import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.domain.evaluation.Bytes;
import dev.tenet.domain.hash.Sha256;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps code in memory.
public final class InMemoryArtefactStore implements ArtefactStore {

  private record Artefact(Bytes code, Instant keptAt) {}

  private final Map<Sha256, Artefact> artefacts = new ConcurrentHashMap<>();
  private final InstantSource clock;

  public InMemoryArtefactStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Sha256 keep(byte[] code) {
    Sha256 hash = Sha256.of(code);
    artefacts.put(hash, new Artefact(Bytes.of(code), clock.instant()));
    return hash;
  }

  @Override
  public Optional<byte[]> find(Sha256 artefact) {
    return Optional.ofNullable(artefacts.get(artefact)).map(found -> found.code().toByteArray());
  }

  @Override
  public int removeUnused(Set<Sha256> used, Instant before) {
    var gone = new AtomicInteger();
    artefacts
        .entrySet()
        .removeIf(
            entry -> {
              boolean unused =
                  !used.contains(entry.getKey()) && entry.getValue().keptAt().isBefore(before);
              gone.addAndGet(unused ? 1 : 0);
              return unused;
            });
    return gone.get();
  }
}
