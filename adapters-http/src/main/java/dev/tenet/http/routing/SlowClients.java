package dev.tenet.http.routing;

import io.helidon.webserver.CloseConnectionException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
  private final long origin = System.nanoTime() - 1;
  private final Thread looking =
      Thread.ofPlatform().daemon().name("slow-clients").unstarted(this::look);

  /// When the thread last looked, in nanoseconds above 0 since `origin`: asking a clock for each wait would cost more than
  /// the wait.
  private volatile long lastLook = 1;

  /// @param patience how long a client may take to send its next request, all that comes before a body, or a piece of it, and to
  ///     take a piece of an answer
  SlowClients(Duration patience) {
    this.patience = patience.plus(GRACE).toNanos();
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

  /// Watches one connection. Confined to the thread that serves it, but for the look at its deadline.
  final class Watch {

    private final Thread serving;

    /// When what is under way must be done, in nanoseconds above 0 since `origin`.
    private final AtomicLong deadline = new AtomicLong(NOTHING);

    /// Whether nothing has come of the next request.
    private boolean awaitsRequest = true;

    /// When all of what comes before a body must have come, or a piece of the body.
    private long moreDue;

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

    /// Something has come of a request, or a piece of its body is wanted.
    void awaitsMore() {
      awaitsRequest = false;
      moreDue = lastLook + patience;
    }

    /// A request was answered.
    void awaitsRequest() {
      awaitsRequest = true;
    }

    /// {@return what reading from the socket gives}
    byte[] reading(Supplier<byte[]> read) {
      begin(awaitsRequest ? lastLook + patience : moreDue);
      try {
        return read.get();
      } finally {
        end();
        if (awaitsRequest) {
          awaitsMore();
        }
      }
    }

    /// {@return the stream, for each read of which the client has its time: Helidon may read from the socket many times for one}
    InputStream pieces(InputStream in) {
      return new FilterInputStream(in) {
        @Override
        public int read() throws IOException {
          awaitsMore();
          return in.read();
        }

        @Override
        public int read(byte[] piece, int offset, int length) throws IOException {
          awaitsMore();
          return in.read(piece, offset, length);
        }
      };
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
