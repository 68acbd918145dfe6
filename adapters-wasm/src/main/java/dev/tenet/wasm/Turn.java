package dev.tenet.wasm;

import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A call that waits for its turn, or has it, and the thread that waits for the answer.
final class Turn<T> {

  private enum State {
    WAITING,
    RUNNING,
    DONE,
    GIVEN_UP
  }

  private final Thread caller = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final GuestThread.Work<T> work;
  private @Nullable T answer;
  private @Nullable Throwable failure;

  Turn(GuestThread.Work<T> work) {
    this.work = work;
  }

  /// Does the work, unless nobody waits for it any more. The caller does not know before it is told.
  void run() {
    if (state.compareAndSet(State.WAITING, State.RUNNING)) {
      try {
        answer = work.run();
      } catch (Throwable e) {
        failure = e;
      }
    }
  }

  /// Ends a call that has not had its turn.
  void fail(GuestFault fault) {
    if (state.compareAndSet(State.WAITING, State.RUNNING)) {
      failure = fault;
      tell();
    }
  }

  /// Lets the caller have the answer.
  void tell() {
    if (state.compareAndSet(State.RUNNING, State.DONE)) {
      LockSupport.unpark(caller);
    }
  }

  /// Waits for the answer. Who is interrupted gives up its turn, or waits for the end that the work's own deadline brings.
  ///
  /// @param until in ticks; who has not had its turn by then gives it up
  T await(long until) throws GuestFault {
    boolean interrupted = false;
    while (state.get() != State.DONE) {
      if (state.get() == State.WAITING) {
        long left = until - Ticks.now();
        if ((left <= 0 || interrupted) && state.compareAndSet(State.WAITING, State.GIVEN_UP)) {
          if (interrupted) {
            Thread.currentThread().interrupt();
          }
          throw new GuestFault(
              Code.BUSY, "The call did not get its turn in time; other calls are still running.");
        }
        LockSupport.parkNanos(this, left);
      } else {
        LockSupport.park(this);
      }
      if (Thread.interrupted()) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return answer();
  }

  @SuppressWarnings("NullAway") // the answer is there when nothing failed
  private T answer() throws GuestFault {
    switch (failure) {
      case null -> {
        return answer;
      }
      case GuestFault fault -> throw fault;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /// {@return whether nobody waits for it any more}
  boolean isGivenUp() {
    return state.get() == State.GIVEN_UP;
  }
}
