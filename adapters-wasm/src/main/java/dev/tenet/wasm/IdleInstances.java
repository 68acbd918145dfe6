package dev.tenet.wasm;

import dev.tenet.domain.tenant.TenantId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Instances that wait for the next call of the same tenant. Those that wait longest go first when memory gets short.
final class IdleInstances {

  private record Owner(PreparedGuest guest, TenantId tenant) {}

  /// An instance is equal to itself only.
  private static final class Idle {
    private final Owner owner;
    private final GuestInstance instance;
    private final long since;
    private final long bytes;

    Idle(Owner owner, GuestInstance instance) {
      this.owner = owner;
      this.instance = instance;
      since = Ticks.now();
      bytes = instance.memory();
    }
  }

  private final long mostBytes;
  private final long keptNanos;
  private final ReentrantLock lock = new ReentrantLock();

  /// These are guarded by the lock. All, the one that waits longest first.
  private final Set<Idle> all = new LinkedHashSet<>();

  private final Map<Owner, Deque<Idle>> owned = new HashMap<>();
  private final Map<PreparedGuest, Long> bytes = new HashMap<>();
  private long allBytes;

  IdleInstances(long mostBytes, long keptNanos) {
    this.mostBytes = mostBytes;
    this.keptNanos = keptNanos;
  }

  /// {@return the instance that was used last, if there is one}
  @Nullable GuestInstance take(PreparedGuest guest, TenantId tenant) {
    lock.lock();
    try {
      Deque<Idle> mine = owned.get(new Owner(guest, tenant));
      if (mine == null) {
        return null;
      }
      Idle last = mine.getLast();
      remove(last);
      return last.instance;
    } finally {
      lock.unlock();
    }
  }

  void put(PreparedGuest guest, TenantId tenant, GuestInstance instance) {
    Idle idle = new Idle(new Owner(guest, tenant), instance);
    lock.lock();
    try {
      // A guest is closed before it is dropped here.
      if (guest.isClosed()) {
        return;
      }
      all.add(idle);
      owned.computeIfAbsent(idle.owner, _ -> new ArrayDeque<>()).addLast(idle);
      bytes.merge(guest, idle.bytes, Long::sum);
      allBytes += idle.bytes;
      while (allBytes > mostBytes) {
        remove(all.iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  private void remove(Idle idle) {
    all.remove(idle);
    Deque<Idle> others = owned.get(idle.owner);
    if (others != null && others.removeLastOccurrence(idle) && others.isEmpty()) {
      owned.remove(idle.owner);
    }
    bytes.computeIfPresent(
        idle.owner.guest, (_, sum) -> sum == idle.bytes ? null : sum - idle.bytes);
    allBytes -= idle.bytes;
  }

  /// Drops all of a guest.
  void drop(PreparedGuest guest) {
    lock.lock();
    try {
      all.stream().filter(idle -> idle.owner.guest == guest).toList().forEach(this::remove);
    } finally {
      lock.unlock();
    }
  }

  /// Drops those that wait too long.
  ///
  /// @param now in ticks
  /// @return whether any are left
  boolean sweep(long now) {
    lock.lock();
    try {
      Iterator<Idle> eldest = all.iterator();
      while (eldest.hasNext()) {
        Idle idle = eldest.next();
        if (now - idle.since < keptNanos) {
          return true;
        }
        remove(idle);
        eldest = all.iterator();
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// {@return the memory of a guest's idle instances, in bytes}
  long memory(PreparedGuest guest) {
    lock.lock();
    try {
      return bytes.getOrDefault(guest, 0L);
    } finally {
      lock.unlock();
    }
  }
}
