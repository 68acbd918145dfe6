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

/// Ends the connections of clients that keep the server waiting too long, in the middle of sending or of reading.
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

  /// @param patience how long a client may take to send or to take a piece
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
      watches.values().forEach(Watch::cutOffIfOverdue);
      watches.keySet().removeIf(thread -> !thread.isAlive());
    }
  }

  private long now() {
    return System.nanoTime() - origin;
  }

  /// {@return the watch over the connection that this thread serves}
  Watch watch() {
    return watches.computeIfAbsent(Thread.currentThread(), Watch::new);
  }

  /// Watches one connection.
  final class Watch {

    private final Thread serving;

    /// When what is under way must be done, in nanoseconds above 0 since `origin`.
    private final AtomicLong deadline = new AtomicLong(NOTHING);

    private Watch(Thread serving) {
      this.serving = serving;
    }

    private void cutOffIfOverdue() {
      long due = deadline.get();
      if (due > NOTHING && now() > due && deadline.compareAndSet(due, CUT_OFF)) {
        serving.interrupt();
      }
    }

    private void begin(long nanos) {
      deadline.set(now() + nanos);
    }

    private void end() {
      if (deadline.getAndSet(NOTHING) == CUT_OFF) {
        throw new CloseConnectionException("the client was too slow");
      }
    }

    /// Sends an answer, for which the client has its time for each megabyte.
    void sending(int length, Runnable send) {
      begin(patience * (1 + length / MEGABYTE));
      try {
        send.run();
      } finally {
        end();
      }
    }

    /// {@return the stream, each read of which is watched}
    InputStream reading(InputStream in) {
      return new FilterInputStream(in) {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] piece, int offset, int length) throws IOException {
          begin(patience);
          try {
            return in.read(piece, offset, length);
          } finally {
            end();
          }
        }
      };
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
          begin(patience);
          try {
            out.write(piece, offset, length);
          } finally {
            end();
          }
        }

        @Override
        public void close() throws IOException {
          begin(patience);
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
