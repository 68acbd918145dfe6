package dev.tenet.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {

  private static final Instant NOW = Instant.parse("2026-01-31T08:30:00.123Z");

  @Test
  void isAUuidOfVersion7WithTheTimeInFront() {
    UUID id = new TimeOrderedIds(InstantSource.fixed(NOW)).next();
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void sortsAlsoWithinAMillisecondAndWhenTheClockIsSetBack() {
    var now = new AtomicReference<>(NOW);
    var ids = new TimeOrderedIds(now::get);
    List<String> made =
        Stream.concat(
                Stream.generate(() -> ids.next().toString()).limit(10_000),
                Stream.generate(
                        () -> {
                          now.updateAndGet(time -> time.minusSeconds(1));
                          return ids.next().toString();
                        })
                    .limit(100))
            .toList();
    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void isDistinctAcrossThreadsAndProcesses() throws Exception {
    Set<UUID> made = ConcurrentHashMap.newKeySet();
    InstantSource clock = InstantSource.fixed(NOW);
    var one = new TimeOrderedIds(clock);
    var another = new TimeOrderedIds(clock);
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<Void> work =
          () -> {
            for (int i = 0; i < 5_000; i++) {
              made.add(one.next());
              made.add(another.next());
            }
            return null;
          };
      for (Future<Void> done :
          threads.invokeAll(IntStream.range(0, 4).mapToObj(i -> work).toList())) {
        done.get();
      }
    }
    assertThat(made).hasSize(40_000);
  }
}
