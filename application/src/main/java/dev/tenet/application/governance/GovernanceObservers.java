package dev.tenet.application.governance;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Tells all observers; what one of them throws is logged and counted, and the others are told all the same.
public final class GovernanceObservers {

  private static final Logger LOG = System.getLogger(GovernanceObservers.class.getName());

  private volatile List<GovernanceObserver> observers;
  private final LongAdder failures = new LongAdder();

  public GovernanceObservers(List<? extends GovernanceObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  /// Tells others from now on.
  public void replace(List<? extends GovernanceObserver> others) {
    observers = List.copyOf(others);
  }

  /// Tells each observer.
  public void tell(Consumer<GovernanceObserver> news) {
    for (GovernanceObserver observer : observers) {
      try {
        news.accept(observer);
      } catch (RuntimeException | LinkageError e) {
        failures.increment();
        LOG.log(
            Level.WARNING,
            () -> "governance observer " + observer.getClass().getName() + " failed",
            e);
      }
    }
  }

  /// {@return how often an observer has failed}
  public long failures() {
    return failures.sum();
  }
}
