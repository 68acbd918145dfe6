package dev.tenet.application.evaluation;

import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/// Tells all observers of decisions; what one of them throws is logged, and the others are told all the same.
public final class DecisionObservers {

  private static final Logger LOG = System.getLogger(DecisionObservers.class.getName());

  private volatile List<DecisionObserver> observers;

  public DecisionObservers(List<? extends DecisionObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  /// Tells others from the next decision on.
  public void replace(List<? extends DecisionObserver> others) {
    observers = List.copyOf(others);
  }

  /// Tells each observer.
  void tell(TenantId tenant, Facts facts, Decision decision) {
    for (DecisionObserver observer : observers) {
      try {
        observer.decided(tenant, facts, decision);
      } catch (RuntimeException | LinkageError e) {
        LOG.log(
            Level.WARNING,
            () -> "decision observer " + observer.getClass().getName() + " failed",
            e);
      }
    }
  }
}
