package dev.tenet.bootstrap.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Lines on their way out. At first they are written at once; after [#detach()] a thread writes them, so that a slow disk or
/// terminal keeps nobody waiting. What does not fit into the queue then is dropped and counted.
final class LogQueue {

  private static final int ROOM = 32_768;
  private static final int BATCH = 256;
  private static final Duration PAUSE = Duration.ofMillis(20);

  /// A line that is written when it is its turn.
  @FunctionalInterface
  interface Line {
    void appendTo(StringBuilder out);
  }

  private final OutputStream out;
  private final LongFunction<Line> loss;
  private final ArrayBlockingQueue<Line> lines = new ArrayBlockingQueue<>(ROOM);
  private final LongAdder dropped = new LongAdder();
  private final AtomicLong offered = new AtomicLong();
  private final AtomicLong written = new AtomicLong();

  /// What is written next; guarded by this queue.
  private final StringBuilder text = new StringBuilder();

  private volatile @Nullable Thread writer;

  /// @param loss the line that tells how many lines were dropped
  LogQueue(OutputStream out, LongFunction<Line> loss) {
    this.out = out;
    this.loss = loss;
  }

  /// Lets a thread write from now on.
  synchronized void detach() {
    if (writer == null) {
      writer = Thread.ofPlatform().daemon().name("tenet-log").start(this::run);
    }
  }

  /// Writes a line, soon.
  ///
  /// @param urgent whether somebody may want to see it now rather than in some milliseconds
  void offer(Line line, boolean urgent) {
    Thread thread = writer;
    if (thread == null) {
      write(List.of(line));
      return;
    }
    if (lines.offer(line)) {
      offered.incrementAndGet();
    } else {
      dropped.increment();
    }
    if (urgent) {
      LockSupport.unpark(thread);
    }
  }

  /// {@return how many lines were dropped because the queue was full}
  long dropped() {
    return dropped.sum();
  }

  /// Waits until what was offered before is written, but no longer than `patience`.
  void flush(Duration patience) {
    Thread thread = writer;
    long until = offered.get();
    long end = System.nanoTime() + patience.toNanos();
    while (thread != null && written.get() < until && System.nanoTime() - end < 0) {
      LockSupport.unpark(thread);
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }

  private void run() {
    List<Line> batch = new ArrayList<>(BATCH);
    long reported = 0;
    while (true) {
      if (lines.drainTo(batch, BATCH) == 0) {
        LockSupport.parkNanos(PAUSE.toNanos());
        continue;
      }
      int taken = batch.size();
      long lost = dropped.sum();
      if (lost > reported) {
        batch.add(loss.apply(lost - reported));
        reported = lost;
      }
      write(batch);
      batch.clear();
      written.addAndGet(taken);
    }
  }

  /// A log that cannot be written is nothing to end a server for.
  private synchronized void write(List<Line> batch) {
    text.setLength(0);
    batch.forEach(line -> line.appendTo(text));
    try {
      out.write(text.toString().getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      dropped.add(batch.size());
    }
  }
}
