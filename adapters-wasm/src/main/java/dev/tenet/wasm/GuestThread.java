package dev.tenet.wasm;

import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A thread on which guests run. Whoever runs too long is interrupted, and nobody else.
///
/// One field says by when what runs must be done. The thread sets and clears it, and the watchdog takes it by a compare-and-set before
/// it interrupts; the thread waits for the interrupt that was begun, and clears it. So none is left over for the next call.
final class GuestThread extends Thread {

  /// What a guest does.
  interface Work<T> {
    T run() throws GuestFault;
  }

  private static final VarHandle DEADLINE;

  static {
    try {
      DEADLINE = MethodHandles.lookup().findVarHandle(GuestThread.class, "deadline", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Deep enough for honest recursion; what is not used takes no memory.
  private static final long STACK_BYTES = 4L << 20;

  /// How many calls may lead to one another.
  private static final int DEEPEST = 16;

  private static final long NONE = 0;
  private static final long INTERRUPTING = -1;
  private static final long INTERRUPTED = -2;

  private final Watchdog watchdog;

  /// In ticks, or one of the above.
  private volatile long deadline = NONE;

  /// The deadline of the innermost call, which stays when the field above is taken.
  private long own = NONE;

  private int depth;
  private volatile boolean stopping;

  GuestThread(Runnable work, String name, Watchdog watchdog) {
    super(null, work, name, STACK_BYTES, false);
    setDaemon(true);
    this.watchdog = watchdog;
  }

  /// Runs that within its time, or that of the call that led to it when there is less. Called on this thread.
  ///
  /// @param until in ticks
  <T> T within(long until, Work<T> work) throws GuestFault {
    if (depth == DEEPEST) {
      throw new GuestFault(
          Code.DENIED, "More than %d calls lead to one another.".formatted(DEEPEST));
    }
    long outer = own;
    long inner = outer == NONE ? until : Math.min(outer, until);
    if (!DEADLINE.compareAndSet(this, outer, inner)) {
      throw new GuestFault(Code.TIMEOUT, "There was no time left for the call.");
    }
    own = inner;
    depth++;
    watchdog.watch(inner);
    try {
      if (stopping) {
        throw new GuestFault(Code.CLOSED, "The server is stopping.");
      }
      return work.run();
    } finally {
      depth--;
      own = outer;
      release(inner, outer);
    }
  }

  private void release(long inner, long outer) {
    if (!DEADLINE.compareAndSet(this, inner, outer)) {
      while (deadline == INTERRUPTING) {
        Thread.onSpinWait();
      }
      // Only the watchdog interrupts, and it has; see above.
      boolean _ = Thread.interrupted();
      deadline = outer;
      boolean outerIsLateToo = outer == inner;
      if (stopping || outerIsLateToo) {
        expire(outer);
      } else if (outer != NONE) {
        watchdog.watch(outer);
      }
    }
  }

  /// {@return whether what runs has run out of time}
  boolean isLate() {
    return deadline < NONE;
  }

  /// {@return by when what runs must be done, in ticks, or 0 when that needs no watching}
  long watched() {
    return Math.max(NONE, deadline);
  }

  /// Ends what runs, and all that would run after it. Called by other threads.
  void shutDown() {
    stopping = true;
    expire(watched());
  }

  /// Interrupts what runs if that is still what should be done by then. Called by other threads.
  void expire(long expected) {
    if (expected != NONE && DEADLINE.compareAndSet(this, expected, INTERRUPTING)) {
      interrupt();
      deadline = INTERRUPTED;
    }
  }
}
