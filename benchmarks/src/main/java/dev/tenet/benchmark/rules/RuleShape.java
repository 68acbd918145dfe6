package dev.tenet.benchmark.rules;

/// How often the rules of a set match, and what their conditions look like.
public enum RuleShape {
  /// About 0.6 % of the rules match; every condition compares fields with constants.
  SELECTIVE,
  /// About 30 % of the rules match; every condition compares fields with constants.
  BROAD,
  /// About 0.6 % of the rules match; every fifth condition compares fields with fields only.
  PARTLY_INDEXABLE
}
