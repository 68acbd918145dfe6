package dev.tenet.application.recording;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.decision.LogEntry;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Entries that are written together. What is in it is guarded by its lane until it is written.
final class Batch {

  /// Longer than any write may take.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<LogEntry> entries = new ArrayList<>();
  private final BitSet durable = new BitSet();
  private final CompletableFuture<Map<TenantId, RuntimeException>> outcome =
      new CompletableFuture<>();
  private long weight;

  void add(LogEntry entry, long bytes, boolean mustBeKept) {
    durable.set(entries.size(), mustBeKept);
    entries.add(entry);
    weight += bytes;
  }

  List<LogEntry> entries() {
    return entries;
  }

  /// {@return about how many bytes the entries take}
  long weight() {
    return weight;
  }

  /// {@return whether somebody waits for it}
  boolean isUrgent() {
    return !durable.isEmpty();
  }

  /// {@return whether somebody waits for the entry with this number}
  boolean isDurable(int number) {
    return durable.get(number);
  }

  /// Tells those who wait.
  ///
  /// @param failures why the entries of some tenants were not written
  void complete(Map<TenantId, RuntimeException> failures) {
    outcome.complete(Map.copyOf(failures));
  }

  /// Waits until the tenant's entries are written.
  ///
  /// @throws StoreUnavailable when they are not, or when that is not known
  void await(TenantId tenant) {
    try {
      RuntimeException failure = outcome.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS).get(tenant);
      if (failure != null) {
        throw new StoreUnavailable("The decision was not kept.", failure);
      }
    } catch (TimeoutException late) {
      throw new StoreUnavailable("The decision was not kept in time.", late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("The decision was not waited for.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a batch always has an outcome", e);
    }
  }
}
