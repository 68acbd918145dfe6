package dev.tenet.spi;

import dev.tenet.application.governance.GovernanceObserver;

/// Is told what governance decides about requests: whose they are, and what policies and quotas say. Has a public
/// constructor without parameters. Each method does nothing unless it is overridden; for decisions there is
/// [DecisionListener], which the same class may implement, too.
public interface GovernanceListener extends GovernanceObserver {

  /// {@return a name for messages and logs}
  String name();
}
