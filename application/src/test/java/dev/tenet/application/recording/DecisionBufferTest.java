package dev.tenet.application.recording;

import static dev.tenet.application.recording.Entries.decision;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.decision.LogEntry;
import dev.tenet.domain.decision.LogGap;
import dev.tenet.domain.decision.LoggedDecision;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The buffer in front of a log that is slow, full or away. Nothing here depends on how long anything takes.
@Timeout(120)
final class DecisionBufferTest {

  private static final TenantId TENANT = new TenantId(new UUID(7, 1));
  private static final TenantId OTHER = new TenantId(new UUID(7, 2));
  private static final TenantId ELSEWHERE = new TenantId(new UUID(0, 3));
  private static final Duration NEVER = Duration.ofDays(1);
  private static final boolean DURABLE = true;
  private static final boolean BEST_EFFORT = false;

  private final GatedLog log = new GatedLog();
  private final AtomicLong ids = new AtomicLong();
  private DecisionBuffer buffer = buffer(100, 1L << 30, 10, Duration.ofMillis(1));

  private DecisionBuffer buffer(int most, long memory, int batch, Duration delay) {
    return new DecisionBuffer(
        log,
        () -> new UUID(3, ids.incrementAndGet()),
        new DecisionBuffer.Settings(most, memory, batch, delay, Duration.ofMillis(1)));
  }

  @AfterEach
  void close() {
    log.open();
    buffer.close();
  }

  private Batch durable(LogEntry entry) {
    Batch batch = buffer.lane(entry.tenant()).add(entry, DURABLE);
    assertThat(batch).isNotNull();
    return requireNonNull(batch);
  }

  private void bestEffort(LogEntry entry) {
    assertThat(buffer.lane(entry.tenant()).add(entry, BEST_EFFORT)).isNull();
  }

  /// Makes the thread of the lane write, and leaves it there.
  private Batch busy() {
    Batch first = durable(decision(TENANT, 0));
    log.awaitBegun();
    return first;
  }

  @Test
  void whoeverMustBeSureWaitsUntilItIsWritten() throws InterruptedException {
    Batch batch = busy();
    var confirmed = new AtomicBoolean();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  batch.await(TENANT);
                  confirmed.set(true);
                });
    assertThat(log.writes()).isEmpty();
    assertThat(confirmed).isFalse();

    log.letThrough(1);
    waiting.join();

    assertThat(confirmed).isTrue();
    assertThat(log.all()).containsExactly(decision(TENANT, 0));
  }

  @Test
  void whatComesDuringAWriteGoesTogetherAndBatchesAreBounded() {
    Batch first = busy();
    List<Batch> batches = new ArrayList<>();
    for (int number = 1; number <= 25; number++) {
      batches.add(durable(decision(TENANT, number)));
    }
    log.open();
    first.await(TENANT);
    batches.forEach(batch -> batch.await(TENANT));

    assertThat(log.writes()).extracting(List::size).containsExactly(1, 10, 10, 5);
    assertThat(log.all()).hasSize(26);
  }

  @Test
  void othersAreWrittenAfterAMomentWithoutAnybodyWaiting() {
    log.open();
    bestEffort(decision(TENANT, 1));
    log.awaitBegun();
    buffer.close();

    assertThat(log.all()).containsExactly(decision(TENANT, 1));
    assertThat(buffer.counts().written()).isEqualTo(1);
  }

  @Test
  void othersWaitForAFullBatch() {
    buffer = buffer(100, 1L << 30, 10, NEVER);
    log.open();
    for (int number = 0; number < 10; number++) {
      bestEffort(decision(TENANT, number));
    }
    log.awaitBegun();
    buffer.close();

    assertThat(log.writes()).extracting(List::size).containsExactly(10);
  }

  @Test
  void aFullBufferRefusesWhatMustBeKept() {
    Batch first = busy();
    List<Batch> batches = new ArrayList<>();
    for (int number = 1; number < 100; number++) {
      batches.add(durable(decision(TENANT, number)));
    }
    assertThatThrownBy(() -> durable(decision(TENANT, 100))).isInstanceOf(DecisionLogFull.class);
    assertThat(buffer.counts().waiting()).isEqualTo(100);

    log.open();
    first.await(TENANT);
    batches.forEach(batch -> batch.await(TENANT));
    durable(decision(TENANT, 101)).await(TENANT);

    assertThat(log.all()).hasSize(101);
    assertThat(log.all()).noneMatch(LogGap.class::isInstance);
  }

  @Test
  void aFullBufferDropsTheOthersCountsThemAndLeavesAGapOfThem() {
    Batch first = busy();
    for (int number = 1; number < 50; number++) {
      bestEffort(decision(TENANT, number));
    }
    bestEffort(decision(TENANT, 60));
    bestEffort(decision(TENANT, 61));
    bestEffort(decision(OTHER, 62));
    assertThat(buffer.counts().dropped()).isEqualTo(3);
    durable(decision(OTHER, 63));

    log.open();
    first.await(TENANT);
    buffer.close();

    assertThat(log.all()).filteredOn(LoggedDecision.class::isInstance).hasSize(51);
    List<LogGap> gaps =
        log.all().stream().filter(LogGap.class::isInstance).map(LogGap.class::cast).toList();
    assertThat(gaps).hasSize(2);
    assertThat(gaps)
        .filteredOn(gap -> gap.tenant().equals(TENANT))
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.missing()).isEqualTo(2);
              assertThat(gap.at()).isEqualTo(decision(TENANT, 60).at());
              assertThat(gap.until()).isEqualTo(decision(TENANT, 61).at());
            });
    assertThat(gaps)
        .filteredOn(gap -> gap.tenant().equals(OTHER))
        .singleElement()
        .satisfies(gap -> assertThat(gap.missing()).isEqualTo(1));
  }

  @Test
  void theBoundIsOneOfBytesToo() {
    LoggedDecision entry = decision(TENANT, 1);
    buffer = buffer(1_000_000, 10 * entry.weight() + 1, 10, NEVER);
    Batch first = busy();
    for (int number = 1; number < 10; number++) {
      durable(decision(TENANT, number));
    }

    assertThatThrownBy(() -> durable(decision(TENANT, 10))).isInstanceOf(DecisionLogFull.class);
    log.open();
    first.await(TENANT);
  }

  @Test
  void anOutageIsToldToWhoeverWaitsAndWhatIsDroppedThenIsInTheGapAfterwards() {
    Batch first = busy();
    bestEffort(decision(TENANT, 1));
    Batch second = durable(decision(TENANT, 2));
    log.failWith(entries -> new StoreUnavailable("away"));
    log.letThrough(2);

    assertThatThrownBy(() -> first.await(TENANT)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> second.await(TENANT)).isInstanceOf(StoreUnavailable.class);

    log.failWith(entries -> null);
    log.open();
    durable(decision(TENANT, 3)).await(TENANT);
    buffer.close();
    assertThat(log.all())
        .filteredOn(LoggedDecision.class::isInstance)
        .containsExactly(decision(TENANT, 3));
    assertThat(log.all().stream().filter(LogGap.class::isInstance).map(LogGap.class::cast))
        .singleElement()
        .satisfies(gap -> assertThat(gap.missing()).isEqualTo(1));
    assertThat(buffer.counts().dropped()).isEqualTo(1);
  }

  @Test
  void oneTenantThatCannotBeWrittenIsNotInTheWayOfOthers() {
    Batch first = busy();
    Batch ours = durable(decision(TENANT, 1));
    Batch theirs = durable(decision(OTHER, 2));
    log.failWith(
        entries ->
            entries.stream().anyMatch(entry -> entry.tenant().equals(OTHER))
                ? new IllegalStateException("cannot be written")
                : null);
    log.open();

    first.await(TENANT);
    ours.await(TENANT);
    assertThatThrownBy(() -> theirs.await(OTHER)).isInstanceOf(StoreUnavailable.class);
    assertThat(log.all()).containsExactly(decision(TENANT, 0), decision(TENANT, 1));
  }

  @Test
  void placesDoNotWaitForOneAnother() {
    busy();

    durable(decision(ELSEWHERE, 1)).await(ELSEWHERE);

    assertThat(log.all()).containsExactly(decision(ELSEWHERE, 1));
  }

  @Test
  void closingWritesWhatIsThereAndTakesNothingAnyMore() {
    buffer = buffer(100, 1L << 30, 10, NEVER);
    BufferLane lane = buffer.lane(TENANT);
    bestEffort(decision(TENANT, 1));
    log.open();

    buffer.close();

    assertThat(log.all()).containsExactly(decision(TENANT, 1));
    assertThatThrownBy(() -> lane.add(decision(TENANT, 2), DURABLE))
        .isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> buffer.lane(ELSEWHERE)).isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void underContentionEveryDecisionIsWrittenRefusedOrCountedAndNoneTwice()
      throws InterruptedException {
    int threads = 16;
    int each = 500;
    buffer = buffer(40, 1L << 30, 10, Duration.ofMillis(1));
    log.open();
    Queue<UUID> confirmed = new ConcurrentLinkedQueue<>();
    var refused = new AtomicLong();
    var start = new CountDownLatch(1);
    List<Thread> workers = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int base = thread * each;
      boolean sure = thread % 2 == 0;
      workers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      start.await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                    for (int number = base; number < base + each; number++) {
                      LoggedDecision entry = decision(sure ? TENANT : OTHER, number);
                      try {
                        Batch batch = buffer.lane(entry.tenant()).add(entry, sure);
                        if (batch != null) {
                          batch.await(entry.tenant());
                          confirmed.add(entry.key());
                        }
                      } catch (DecisionLogFull full) {
                        refused.incrementAndGet();
                      }
                    }
                  }));
    }
    start.countDown();
    for (Thread worker : workers) {
      worker.join();
    }
    buffer.close();

    List<UUID> written =
        log.all().stream().filter(LoggedDecision.class::isInstance).map(LogEntry::key).toList();
    assertThat(written).doesNotHaveDuplicates().containsAll(confirmed);
    long missing =
        log.all().stream()
            .filter(LogGap.class::isInstance)
            .mapToLong(entry -> ((LogGap) entry).missing())
            .sum();
    assertThat(confirmed.size() + refused.get()).isEqualTo((long) threads / 2 * each);
    assertThat(written.size() - confirmed.size() + missing).isEqualTo((long) threads / 2 * each);
    assertThat(buffer.counts().dropped()).isEqualTo(missing);
    assertThat(buffer.counts().written()).isEqualTo(written.size());
    assertThat(buffer.counts().waiting()).isZero();
  }
}
