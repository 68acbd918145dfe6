package dev.tenet.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.spi.ConnectionPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When a pool is stressed.
final class PoolWatchTest {

  private final Logger logger = Logger.getLogger(PoolWatch.class.getName());
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(@Nullable LogRecord event) {
          if (event != null) {
            lines.add(event.getLevel() + " " + event.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private int inUse;

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private ConnectionPool pool() {
    return new ConnectionPool() {
      @Override
      public String name() {
        return "tenet";
      }

      @Override
      public Usage usage() {
        return new Usage(inUse, inUse, 0, inUse == 20 ? 3 : 0, 20);
      }

      @Override
      public Waits waits() {
        return new Waits(0, Duration.ZERO, 0);
      }
    };
  }

  @Test
  void warnsOnceAbove70AndOnceAbove95PerCent() {
    ConnectionPool pool = pool();
    try (var watch = new PoolWatch(() -> List.of(pool))) {
      for (int used : new int[] {14, 15, 16, 19, 20, 20, 15, 14, 15}) {
        inUse = used;
        watch.look();
      }
    }
    assertThat(lines)
        .containsExactly(
            "WARNING The pool tenet is stressed: 15 of its 20 connections are in use, 0 requests wait for one.",
            "WARNING The pool tenet is nearly exhausted: 20 of its 20 connections are in use, 3 requests wait for one.",
            "INFO The pool tenet has connections again: 14 of 20 are in use.",
            "WARNING The pool tenet is stressed: 15 of its 20 connections are in use, 0 requests wait for one.");
  }
}
