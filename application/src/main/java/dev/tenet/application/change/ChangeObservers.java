package dev.tenet.application.change;

import dev.tenet.application.change.ChangeObserver.ChangeEvent;
import dev.tenet.domain.change.Rejection;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Asks and tells all observers of changes. One that fails when it is asked has not agreed; one that fails when it is told keeps nobody
/// else from being told.
public final class ChangeObservers {

  private static final Logger LOG = System.getLogger(ChangeObservers.class.getName());

  private volatile List<ChangeObserver> observers;
  private final LongAdder failures = new LongAdder();

  public ChangeObservers(List<? extends ChangeObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  /// Asks others from now on.
  public void replace(List<? extends ChangeObserver> others) {
    observers = List.copyOf(others);
  }

  /// {@return why the change must not be made, by the first who says so}
  Optional<Rejection> refusal(TenantId tenant, ChangeEvent change) {
    for (ChangeObserver observer : observers) {
      Optional<String> reason = asked(observer, tenant, change);
      if (reason.isPresent()) {
        return reason.map(Rejection::refused);
      }
    }
    return Optional.empty();
  }

  private Optional<String> asked(ChangeObserver observer, TenantId tenant, ChangeEvent change) {
    try {
      return observer.before(tenant, change);
    } catch (RuntimeException | LinkageError e) {
      failed(observer, e);
      return Optional.of(
          "An extension that is asked before changes has failed; the log of the server says why.");
    }
  }

  /// Tells each of them.
  void made(TenantId tenant, ChangeEvent change) {
    for (ChangeObserver observer : observers) {
      try {
        observer.after(tenant, change);
      } catch (RuntimeException | LinkageError e) {
        failed(observer, e);
      }
    }
  }

  private void failed(ChangeObserver observer, Throwable e) {
    failures.increment();
    LOG.log(Level.WARNING, () -> "change observer " + observer.getClass().getName() + " failed", e);
  }

  /// {@return how often an observer has failed}
  public long failures() {
    return failures.sum();
  }
}
