package dev.tenet.spi;

import dev.tenet.application.evaluation.DecisionObserver;

/// Is told of every decision. Has a public constructor without parameters.
public interface DecisionListener extends DecisionObserver {

  /// {@return a name for messages and logs}
  String name();
}
