package dev.tenet.application.recording;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.decision.FoundEntry;
import dev.tenet.domain.decision.LogEntry;
import dev.tenet.domain.decision.LoggedDecision;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A log whose writes wait until the test lets them through, and fail when it wants.
final class GatedLog implements DecisionLog {

  /// What was written, a list for each write.
  private final List<List<LogEntry>> writes = new ArrayList<>();

  private final Semaphore gate = new Semaphore(0);
  private final Semaphore begun = new Semaphore(0);
  private volatile Function<List<? extends LogEntry>, @Nullable RuntimeException> fault =
      entries -> null;

  /// Lets so many writes through.
  void letThrough(int number) {
    gate.release(number);
  }

  /// Lets all writes through.
  void open() {
    gate.release(Integer.MAX_VALUE / 2);
  }

  /// Waits until a further write has begun.
  void awaitBegun() {
    begun.acquireUninterruptibly();
  }

  /// Lets writes fail with what the function gives.
  void failWith(Function<List<? extends LogEntry>, @Nullable RuntimeException> next) {
    fault = next;
  }

  List<List<LogEntry>> writes() {
    synchronized (writes) {
      return List.copyOf(writes);
    }
  }

  List<LogEntry> all() {
    return writes().stream().flatMap(List::stream).toList();
  }

  @Override
  public String place(TenantId tenant) {
    return tenant.value().getMostSignificantBits() == 0 ? "elsewhere" : "main";
  }

  @Override
  public void write(String place, List<? extends LogEntry> entries) {
    if (place.equals("main")) {
      begun.release();
      gate.acquireUninterruptibly();
    }
    RuntimeException failure = fault.apply(entries);
    if (failure != null) {
      throw failure;
    }
    synchronized (writes) {
      writes.add(List.copyOf(entries));
    }
  }

  @Override
  public Optional<LoggedDecision> find(TenantId tenant, DecisionId decision) {
    throw new StoreUnavailable("not asked");
  }

  @Override
  public Page<FoundEntry, Age> search(TenantId tenant, Filter filter, PageRequest<Age> page) {
    throw new StoreUnavailable("not asked");
  }

  @Override
  public Set<TenantId> tenants() {
    return Set.of();
  }

  @Override
  public void remove(TenantId tenant, Instant before) {}

  @Override
  public void tidy(Instant now, Instant oldest) {}
}
