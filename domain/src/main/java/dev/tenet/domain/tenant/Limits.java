package dev.tenet.domain.tenant;

import java.time.Duration;

/// What one tenant may use. Each limit has an error code of its own.
///
/// @param rules the most rules; `rule_limit_reached`
/// @param derivedFields the most derived fields; `derived_field_limit_reached`
/// @param schemaBytes the largest schema definition, in bytes of JSON; `schema_too_large`
/// @param expressionLength the longest expression, in UTF-16 code units; `expression_too_long`
/// @param expressionDepth how deep an expression may nest; `expression_too_deep`
/// @param expressionNodes the most nodes of an expression's syntax tree; `expression_too_large`
/// @param comprehensionNesting how deep comprehensions may nest; `comprehension_too_deep`
/// @param factsBytes the largest request with one set of facts, or line with one, in bytes of JSON; `facts_too_large`
/// @param batchSize the most sets of facts in one batch; `batch_too_large`
/// @param ruleCost the most work one rule or derived field may do in one evaluation, in units of about one operation on
///     a scalar; `cost_exceeded`
/// @param evaluationTime the longest a decision may take; `deadline_exceeded`
public record Limits(
    int rules,
    int derivedFields,
    int schemaBytes,
    int expressionLength,
    int expressionDepth,
    int expressionNodes,
    int comprehensionNesting,
    int factsBytes,
    int batchSize,
    long ruleCost,
    Duration evaluationTime) {

  /// The limits of a tenant for which nothing else is said.
  public static final Limits DEFAULT =
      new Limits(
          100_000,
          1_000,
          1 << 20,
          10_000,
          64,
          5_000,
          3,
          1 << 20,
          1_000,
          1_000_000,
          Duration.ofSeconds(2));

  public Limits {
    if (Math.min(Math.min(rules, derivedFields), Math.min(schemaBytes, expressionLength)) < 1
        || Math.min(Math.min(expressionDepth, expressionNodes), Math.min(factsBytes, batchSize)) < 1
        || comprehensionNesting < 0
        || ruleCost < 1
        || !evaluationTime.isPositive()) {
      throw new IllegalArgumentException("every limit is at least 1: " + rules);
    }
  }
}
