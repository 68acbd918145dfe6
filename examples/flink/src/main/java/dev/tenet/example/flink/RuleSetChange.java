package dev.tenet.example.flink;

import dev.tenet.domain.definition.RuleSetDefinition;
import java.time.Instant;

/// A tenant has these rules, from a moment until its next change.
///
/// @param definition as JSON, see [Json]
public record RuleSetChange(String tenant, Instant since, String definition) {
  public RuleSetChange(String tenant, Instant since, RuleSetDefinition definition) {
    this(tenant, since, Json.text(definition));
  }
}
