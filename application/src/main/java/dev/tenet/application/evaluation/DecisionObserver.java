package dev.tenet.application.evaluation;

import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.tenant.TenantId;

/// Is told of every decision, on the thread that made it and before it is answered: be quick. What it throws is logged and
/// changes nothing.
@FunctionalInterface
public interface DecisionObserver {

  /// A decision was made.
  void decided(TenantId tenant, Facts facts, Decision decision);
}
