package dev.tenet.cel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The one thread for work that makes decisions faster and that nobody waits for. It does not keep a program from ending,
/// and ends itself when there is nothing to do.
final class Background {

  private static final int IDLE_SECONDS = 30;

  static final ExecutorService EXECUTOR = executor();

  private Background() {}

  private static ExecutorService executor() {
    var executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("tenet-engine").factory());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
