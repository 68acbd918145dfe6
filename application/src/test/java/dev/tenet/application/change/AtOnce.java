package dev.tenet.application.change;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/// Runs tasks on threads of their own that begin at the same moment.
public final class AtOnce {

  private static final long HANGS_AFTER_SECONDS = 60;

  private AtOnce() {}

  /// {@return what each task gave, by its number from 0}
  public static <T> List<T> run(int tasks, IntFunction<T> task) {
    var start = new CyclicBarrier(tasks);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        int number = i;
        running.add(
            executor.submit(
                () -> {
                  await(start);
                  return task.apply(number);
                }));
      }
      try {
        return running.stream().map(AtOnce::result).toList();
      } catch (AssertionError failed) {
        executor.shutdownNow();
        throw failed;
      }
    }
  }

  private static void await(CyclicBarrier start) throws InterruptedException {
    try {
      start.await(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("not all tasks began", e);
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("a task failed", e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("a task hangs", e);
    }
  }
}
