package dev.tenet.http.routing;

import io.helidon.webserver.CloseConnectionException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Ends the connections of clients that keep the server waiting too long: for their next request, in the middle of sending
/// one, or for taking the answer.
///
/// A blocking socket has no timeout for writing, and its timeout for reading begins anew with each byte. So one thread looks
/// at all connections again and again, and interrupts the virtual thread of one that is overdue, which closes its socket.
final class SlowClients implements AutoCloseable {

  /// What is late by less is still answered.
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final int MEGABYTE = 1 << 20;
  private static final long NOTHING = 0;
  private static final long CUT_OFF = -1;

  private final Map<Thread, Watch> watches = new ConcurrentHashMap<>();
  private final long patience;
  private final long idle;
  private final long origin = System.nanoTime() - 1;
  private final Thread looking =
      Thread.ofPlatform().daemon().name("slow-clients").unstarted(this::look);

  /// When the thread last looked, in nanoseconds above 0 since `origin`: asking a clock for each wait would cost more than
  /// the wait.
  private volatile long lastLook = 1;

  /// @param patience how long a client may take to send or to take a piece
  /// @param idle how long a client may take to send its next request
  SlowClients(Duration patience, Duration idle) {
    this.patience = patience.plus(GRACE).toNanos();
    this.idle = idle.plus(GRACE).toNanos();
  }

  void start() {
    looking.start();
  }

  @Override
  public void close() {
    looking.interrupt();
  }

  private void look() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      lastLook = System.nanoTime() - origin;
      watches.values().forEach(Watch::cutOffIfOverdue);
      watches.keySet().removeIf(thread -> !thread.isAlive());
    }
  }

  /// {@return the watch over the connection that this thread serves}
  Watch watch() {
    return watches.computeIfAbsent(Thread.currentThread(), Watch::new);
  }

  /// What a connection waits for when it reads.
  private enum Awaited {
    /// A request, of which nothing has come.
    REQUEST,
    /// The rest of what comes before a request's body.
    HEADERS,
    /// The body of a request that is being served.
    BODY
  }

  /// Watches one connection. Confined to the thread that serves it, but for the look at its deadline.
  final class Watch {

    private final Thread serving;

    /// When what is under way must be done, in nanoseconds above 0 since `origin`.
    private final AtomicLong deadline = new AtomicLong(NOTHING);

    private Awaited awaited = Awaited.REQUEST;
    private long headersDue;

    private Watch(Thread serving) {
      this.serving = serving;
    }

    private void cutOffIfOverdue() {
      long due = deadline.get();
      if (due > NOTHING && lastLook > due && deadline.compareAndSet(due, CUT_OFF)) {
        serving.interrupt();
      }
    }

    private void begin(long due) {
      deadline.setRelease(due);
    }

    private void end() {
      if (deadline.getAndSet(NOTHING) == CUT_OFF) {
        throw new CloseConnectionException("the client was too slow");
      }
    }

    /// A request is complete but for its body.
    void serves() {
      awaited = Awaited.BODY;
    }

    /// A request was answered.
    void answered() {
      awaited = Awaited.REQUEST;
    }

    /// {@return what reading gives, for which the client has its time}
    byte[] reading(Supplier<byte[]> read) {
      begin(
          switch (awaited) {
            case REQUEST -> lastLook + idle;
            case HEADERS -> headersDue;
            case BODY -> lastLook + patience;
          });
      try {
        return read.get();
      } finally {
        end();
        if (awaited == Awaited.REQUEST) {
          awaited = Awaited.HEADERS;
          headersDue = lastLook + patience;
        }
      }
    }

    /// Sends an answer, for which the client has its time for each megabyte.
    void sending(int length, Runnable send) {
      begin(lastLook + patience * (1 + length / MEGABYTE));
      try {
        send.run();
      } finally {
        end();
      }
    }

    /// {@return the stream, each write to which is watched}
    OutputStream writing(OutputStream out) {
      return new FilterOutputStream(out) {
        @Override
        public void write(int octet) throws IOException {
          write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] piece, int offset, int length) throws IOException {
          begin(lastLook + patience);
          try {
            out.write(piece, offset, length);
          } finally {
            end();
          }
        }

        @Override
        public void close() throws IOException {
          begin(lastLook + patience);
          try {
            out.close();
          } finally {
            end();
          }
        }
      };
    }
  }
}
