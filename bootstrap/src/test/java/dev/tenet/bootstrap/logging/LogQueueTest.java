package dev.tenet.bootstrap.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LogQueueTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LOST = " lost";

  private static LogQueue queue(OutputStream out) {
    return new LogQueue(out, lost -> line -> line.append(lost).append(LOST).append('\n'));
  }

  @Test
  void writesAtOnceUntilSomebodyElseDoes() {
    var out = new ByteArrayOutputStream();
    LogQueue queue = queue(out);
    queue.offer(line -> line.append("first\n"), true);
    assertThat(out.toString(UTF_8)).isEqualTo("first\n");
    queue.detach();
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      queue.offer(line -> line.append(number).append('\n'), false);
    }
    queue.flush(PATIENCE);
    assertThat(out.toString(UTF_8).lines()).hasSize(1_001).endsWith("998", "999");
  }

  /// Whoever logs does not wait for a terminal on which somebody has pressed Ctrl-S.
  @Test
  void aStuckTerminalKeepsNobodyWaitingAndLossIsTold() {
    var go = new CountDownLatch(1);
    var out = new Stuck(go);
    LogQueue queue = queue(out);
    queue.detach();
    for (int i = 0; i < 60_000; i++) {
      queue.offer(line -> line.append("line\n"), true);
    }
    assertThat(queue.dropped()).isGreaterThan(10_000);
    go.countDown();
    queue.flush(PATIENCE);
    long lost = queue.dropped();
    String text = out.text();
    // Told in one line or two: the first lines may be written when some are lost already.
    assertThat(
            text.lines()
                .filter(line -> line.endsWith(LOST))
                .mapToLong(line -> Long.parseLong(line.substring(0, line.length() - LOST.length())))
                .sum())
        .isEqualTo(lost);
    assertThat(text.lines().filter("line"::equals)).hasSize((int) (60_000 - lost));
  }

  /// A stream that takes nothing until it may go.
  private static final class Stuck extends OutputStream {
    private final CountDownLatch go;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    Stuck(CountDownLatch go) {
      this.go = go;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] piece, int offset, int length) throws IOException {
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      taken.write(piece, offset, length);
    }

    synchronized String text() {
      return taken.toString(UTF_8);
    }
  }
}
