package dev.tenet.domain.evaluation;

import static java.util.Objects.requireNonNull;

/// Why a rule has no outcome.
///
/// @param code stable, such as `fact_missing`, `division_by_zero`, `cost_exceeded`
/// @param message one human sentence
public record RuleFault(String code, String message) {
  public RuleFault {
    requireNonNull(code);
    requireNonNull(message);
  }
}
