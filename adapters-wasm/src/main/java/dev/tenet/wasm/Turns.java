package dev.tenet.wasm;

import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import dev.tenet.application.plugin.GuestRuntime.Load;
import dev.tenet.domain.tenant.TenantId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Whose turn it is. Guests run on a few threads of their own, because a guest that does not let go would block the carrier of a virtual
/// thread. A tenant has so many of them at most, and tenants take turns, so that nobody waits for one whose guests never end.
final class Turns implements AutoCloseable {

  /// How long a thread that has nothing to do stays.
  private static final long LINGER_NANOS = 30_000_000_000L;

  /// The calls of one tenant. Guarded by the lock.
  private static final class Lane {
    private final TenantId tenant;
    private final Deque<Turn<?>> waiting = new ArrayDeque<>();
    private int running;

    /// Whether it stands among those that could run something.
    private boolean ready;

    Lane(TenantId tenant) {
      this.tenant = tenant;
    }
  }

  /// A thread, and what it does next.
  private final class Worker implements Runnable {

    private final GuestThread thread;
    private volatile @Nullable Turn<?> next;

    /// Whose calls it runs. Guarded by the lock.
    private @Nullable Lane lane;

    Worker(int number) {
      thread = new GuestThread(this, "tenet-guest-" + number, watchdog);
    }

    @Override
    public void run() {
      try {
        while (true) {
          Turn<?> turn = next;
          if (turn != null) {
            turn.run();
            // Before the caller knows, so that its next call finds the place free.
            finished(this);
            turn.tell();
          } else if (leaves()) {
            return;
          }
        }
      } finally {
        watchdog.remove(thread);
      }
    }

    /// Waits for something to do.
    private boolean leaves() {
      long since = Ticks.now();
      while (next == null) {
        long left = LINGER_NANOS - (Ticks.now() - since);
        if (closed || left <= 0) {
          return gone(this);
        }
        LockSupport.parkNanos(this, left);
      }
      return false;
    }
  }

  private final int threads;
  private final int tenantThreads;
  private final int tenantWaiting;
  private final Watchdog watchdog;

  private final ReentrantLock lock = new ReentrantLock();

  /// These are guarded by the lock.
  private final Map<TenantId, Lane> lanes = new HashMap<>();

  private final Deque<Lane> ready = new ArrayDeque<>();
  private final Deque<Worker> idle = new ArrayDeque<>();
  private final List<Worker> workers = new ArrayList<>();
  private int started;
  private int waiting;
  private volatile boolean closed;

  Turns(int threads, int tenantThreads, int tenantWaiting, Watchdog watchdog) {
    this.threads = threads;
    this.tenantThreads = tenantThreads;
    this.tenantWaiting = tenantWaiting;
    this.watchdog = watchdog;
  }

  /// Does the work on a thread for guests, and waits for it.
  ///
  /// @param until in ticks; when it has not begun by then, it does not begin
  <T> T run(TenantId tenant, long until, GuestThread.Work<T> work) throws GuestFault {
    Turn<T> turn = new Turn<>(work);
    Worker worker = enter(tenant, turn);
    if (worker != null) {
      LockSupport.unpark(worker.thread);
    }
    try {
      return turn.await(until);
    } finally {
      if (turn.isGivenUp()) {
        leave(tenant, turn);
      }
    }
  }

  /// {@return who begins at once, if anybody does}
  private @Nullable Worker enter(TenantId tenant, Turn<?> turn) throws GuestFault {
    lock.lock();
    try {
      if (closed) {
        throw closing();
      }
      Lane lane = lanes.computeIfAbsent(tenant, Lane::new);
      if (lane.running < tenantThreads) {
        Worker worker = idle.pollFirst();
        if (worker == null && workers.size() < threads) {
          worker = hire();
        }
        if (worker != null) {
          lane.running++;
          worker.lane = lane;
          worker.next = turn;
          return worker;
        }
      }
      if (lane.waiting.size() >= tenantWaiting) {
        throw new GuestFault(
            Code.BUSY,
            "%d calls of the tenant wait already; call again later, or fewer at a time."
                .formatted(lane.waiting.size()));
      }
      lane.waiting.addLast(turn);
      waiting++;
      makeReady(lane);
      return null;
    } finally {
      lock.unlock();
    }
  }

  private Worker hire() {
    Worker worker = new Worker(++started);
    workers.add(worker);
    watchdog.add(worker.thread);
    worker.thread.start();
    return worker;
  }

  private void makeReady(Lane lane) {
    if (!lane.ready && lane.running < tenantThreads && !lane.waiting.isEmpty()) {
      lane.ready = true;
      ready.addLast(lane);
    }
  }

  private void finished(Worker worker) {
    lock.lock();
    try {
      Lane before = worker.lane;
      if (before != null) {
        before.running--;
        makeReady(before);
        forget(before);
      }
      worker.lane = null;
      worker.next = null;
      Lane lane = ready.pollFirst();
      if (lane == null) {
        idle.addFirst(worker);
        return;
      }
      lane.ready = false;
      worker.next = lane.waiting.removeFirst();
      waiting--;
      worker.lane = lane;
      lane.running++;
      makeReady(lane);
    } finally {
      lock.unlock();
    }
  }

  private void forget(Lane lane) {
    if (lane.running == 0 && lane.waiting.isEmpty()) {
      lanes.remove(lane.tenant);
    }
  }

  private void leave(TenantId tenant, Turn<?> turn) {
    lock.lock();
    try {
      Lane lane = lanes.get(tenant);
      if (lane != null && lane.waiting.remove(turn)) {
        waiting--;
        if (lane.waiting.isEmpty() && lane.ready) {
          lane.ready = false;
          ready.remove(lane);
        }
        forget(lane);
      }
    } finally {
      lock.unlock();
    }
  }

  /// {@return whether the worker is no longer there; not, when it got something to do just now}
  private boolean gone(Worker worker) {
    lock.lock();
    try {
      if (worker.next != null) {
        return false;
      }
      idle.remove(worker);
      workers.remove(worker);
      return true;
    } finally {
      lock.unlock();
    }
  }

  Load load() {
    lock.lock();
    try {
      return new Load(workers.size() - idle.size(), waiting);
    } finally {
      lock.unlock();
    }
  }

  private static GuestFault closing() {
    return new GuestFault(Code.CLOSED, "The server is stopping.");
  }

  @Override
  public void close() {
    List<Worker> last;
    lock.lock();
    try {
      closed = true;
      last = List.copyOf(workers);
      lanes.values().forEach(lane -> lane.waiting.forEach(turn -> turn.fail(closing())));
    } finally {
      lock.unlock();
    }
    for (Worker worker : last) {
      worker.thread.shutDown();
      LockSupport.unpark(worker.thread);
    }
    last.forEach(worker -> Threads.join(worker.thread));
  }
}
