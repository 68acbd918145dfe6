package dev.tenet.http.evaluation;

import dev.tenet.application.evaluation.RuleCompiler.CostEstimate;

/// An estimate of the work of one evaluation, in the units of the rule cost limit.
///
/// @param dearest the part that costs most
public record CostJson(long typical, String dearest) {

  /// {@return the estimate as it is written}
  public static CostJson of(CostEstimate cost) {
    return new CostJson(cost.typical(), cost.dearest());
  }
}
