package dev.tenet.application.recording;

import dev.tenet.application.identity.IdSource;
import dev.tenet.application.recording.DecisionBuffer.Counts;
import dev.tenet.application.recording.DecisionBuffer.Settings;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.decision.LogEntry;
import dev.tenet.domain.decision.LogGap;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The entries for one place, and the thread that writes them.
final class BufferLane implements AutoCloseable {

  private static final Logger LOG = System.getLogger(BufferLane.class.getName());

  /// How long closing waits for the last writes.
  private static final Duration CLOSING = Duration.ofSeconds(40);

  /// Dropped entries of one tenant.
  private record Dropped(Instant from, Instant until, long count) {

    Dropped and(Dropped other) {
      return new Dropped(
          from.isBefore(other.from) ? from : other.from,
          until.isAfter(other.until) ? until : other.until,
          count + other.count);
    }
  }

  /// What the thread does next.
  private record Work(@Nullable Batch batch, List<LogGap> gaps) {}

  private final String place;
  private final Consumer<List<LogEntry>> writing;
  private final IdSource ids;
  private final Settings settings;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// These, and what is in the batches, are guarded by the lock.
  private final Deque<Batch> waiting = new ArrayDeque<>();

  private final Map<TenantId, Dropped> gaps = new HashMap<>();
  private int entries;
  private long bytes;
  private long since;
  private boolean resting;
  private long restingUntil;
  private boolean closing;
  private long written;
  private long dropped;

  private BufferLane(
      String place, Consumer<List<LogEntry>> writing, IdSource ids, Settings settings) {
    this.place = place;
    this.writing = writing;
    this.ids = ids;
    this.settings = settings;
    this.thread =
        Thread.ofPlatform().daemon().name("tenet-decision-log-" + place).unstarted(this::run);
  }

  /// {@return a lane whose thread runs}
  ///
  /// @param writing writes entries, all or none
  static BufferLane start(
      String place, Consumer<List<LogEntry>> writing, IdSource ids, Settings settings) {
    var lane = new BufferLane(place, writing, ids, settings);
    lane.thread.start();
    return lane;
  }

  /// Takes an entry.
  ///
  /// @return what a durable entry has to wait for, and null otherwise
  /// @throws DecisionLogFull when there is no room for a durable entry
  @Nullable Batch add(LogEntry entry, boolean durable) {
    long weight = entry.weight();
    lock.lock();
    try {
      if (closing || !hasRoom(weight, durable)) {
        if (!durable) {
          drop(entry);
          return null;
        }
        throw closing ? closed() : new DecisionLogFull();
      }
      Batch batch = waiting.peekLast();
      if (batch == null || batch.entries().size() >= settings.batch()) {
        batch = new Batch();
        waiting.addLast(batch);
        if (waiting.size() == 1) {
          since = System.nanoTime();
        }
      }
      batch.add(entry, weight, durable);
      entries++;
      bytes += weight;
      if (durable || batch.entries().size() == 1 || batch.entries().size() >= settings.batch()) {
        changed.signal();
      }
      return durable ? batch : null;
    } finally {
      lock.unlock();
    }
  }

  private static StoreUnavailable closed() {
    return new StoreUnavailable("The decision log is closed.");
  }

  /// One entry alone is taken however large it is.
  private boolean hasRoom(long weight, boolean durable) {
    int most = durable ? settings.most() : Math.max(1, settings.most() / 2);
    long memory = durable ? settings.memory() : settings.memory() / 2;
    return entries == 0 || (entries < most && bytes + weight <= memory);
  }

  private void drop(LogEntry entry) {
    dropped++;
    note(entry.tenant(), new Dropped(entry.at(), entry.at(), 1));
  }

  private void note(TenantId tenant, Dropped more) {
    gaps.merge(tenant, more, Dropped::and);
    changed.signal();
  }

  /// {@return what became of the entries so far}
  Counts counts() {
    lock.lock();
    try {
      return new Counts(entries, written, dropped);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (Work work = next(); work != null; work = next()) {
        carryOut(work);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      abandon();
    }
  }

  /// {@return what to write, when it is time, or null when there is nothing left and never will be}
  private @Nullable Work next() throws InterruptedException {
    lock.lock();
    try {
      while (!isTime()) {
        if (waiting.isEmpty() && gaps.isEmpty() && closing) {
          return null;
        }
        long nanos = nanosLeft();
        if (nanos == Long.MAX_VALUE) {
          changed.await();
        } else {
          changed.awaitNanos(Math.max(1, nanos));
        }
      }
      Batch batch = waiting.pollFirst();
      since = System.nanoTime();
      List<LogGap> missing = new ArrayList<>();
      gaps.forEach(
          (tenant, gap) ->
              missing.add(new LogGap(tenant, gap.from(), ids.next(), gap.until(), gap.count())));
      gaps.clear();
      return new Work(batch, missing);
    } finally {
      lock.unlock();
    }
  }

  private boolean isTime() {
    Batch first = waiting.peekFirst();
    if (first == null && gaps.isEmpty()) {
      return false;
    }
    boolean urgent = first != null && first.isUrgent();
    return urgent || closing || nanosLeft() <= 0;
  }

  /// {@return until the next write, unless something comes in between}
  private long nanosLeft() {
    Batch first = waiting.peekFirst();
    if (first == null && gaps.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long now = System.nanoTime();
    long rest = resting ? restingUntil - now : 0;
    boolean full =
        first != null && (first.entries().size() >= settings.batch() || waiting.size() > 1);
    long delay = full || first == null ? 0 : since + settings.delay().toNanos() - now;
    return Math.max(rest, delay);
  }

  private void carryOut(Work work) {
    Batch batch = work.batch() == null ? new Batch() : work.batch();
    List<LogEntry> all = new ArrayList<>(work.gaps());
    all.addAll(batch.entries());
    Map<TenantId, RuntimeException> failures = write(all);
    lock.lock();
    try {
      resting = !failures.isEmpty();
      restingUntil = System.nanoTime() + settings.pause().toNanos();
      entries -= batch.entries().size();
      bytes -= batch.weight();
      settle(batch, failures);
      for (LogGap gap : work.gaps()) {
        if (failures.containsKey(gap.tenant())) {
          note(gap.tenant(), new Dropped(gap.at(), gap.until(), gap.missing()));
        }
      }
      if (closing && !failures.isEmpty()) {
        forgetGaps();
      }
    } finally {
      lock.unlock();
    }
    batch.complete(failures);
  }

  /// Those who wait for an entry are told; of the others the log says how many are missing.
  private void settle(Batch batch, Map<TenantId, RuntimeException> failures) {
    for (int number = 0; number < batch.entries().size(); number++) {
      LogEntry entry = batch.entries().get(number);
      if (!failures.containsKey(entry.tenant())) {
        written++;
      } else if (!batch.isDurable(number)) {
        drop(entry);
      }
    }
  }

  /// {@return the tenants whose entries were not written, and why}
  ///
  /// One tenant's entries that cannot be written are not in the way of the others'.
  private Map<TenantId, RuntimeException> write(List<LogEntry> all) {
    Map<TenantId, List<LogEntry>> byTenant = new LinkedHashMap<>();
    all.forEach(
        entry -> byTenant.computeIfAbsent(entry.tenant(), id -> new ArrayList<>()).add(entry));
    Map<TenantId, RuntimeException> failures = new HashMap<>();
    try {
      writing.accept(all);
    } catch (StoreUnavailable e) {
      LOG.log(
          Level.WARNING,
          () -> "Decisions were not kept in %s: %s".formatted(place, e.getMessage()));
      byTenant.keySet().forEach(tenant -> failures.put(tenant, e));
    } catch (RuntimeException e) {
      if (byTenant.size() == 1) {
        TenantId tenant = byTenant.keySet().iterator().next();
        LOG.log(Level.ERROR, () -> "Decisions of the tenant " + tenant + " cannot be kept.", e);
        failures.put(tenant, e);
      } else {
        byTenant.values().forEach(ofOne -> failures.putAll(write(ofOne)));
      }
    }
    return failures;
  }

  /// Nobody writes any more: those who wait are told.
  private void abandon() {
    lock.lock();
    try {
      closing = true;
      forgetGaps();
      for (Batch batch : waiting) {
        Map<TenantId, RuntimeException> failures = new HashMap<>();
        batch.entries().forEach(entry -> failures.put(entry.tenant(), closed()));
        batch.complete(failures);
      }
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  private void forgetGaps() {
    long missing = gaps.values().stream().mapToLong(Dropped::count).sum();
    if (missing > 0) {
      LOG.log(
          Level.WARNING,
          "%d decisions were not kept in %s, and the log does not say so."
              .formatted(missing, place));
    }
    gaps.clear();
  }

  /// Writes what is there, and takes nothing any more.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      if (!thread.join(CLOSING)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
