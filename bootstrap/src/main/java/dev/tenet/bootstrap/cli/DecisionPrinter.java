package dev.tenet.bootstrap.cli;

import dev.tenet.application.evaluation.EvaluateFacts.Outcome;

/// Prints the outcomes of fact sets.
interface DecisionPrinter {

  /// Takes the outcome of the next fact set.
  void print(Outcome outcome);

  /// Prints what is left, and tells the exit status: 0 when every rule was evaluated, 1 when one failed, 2 when fact sets
  /// contradict the schema.
  int end();
}
