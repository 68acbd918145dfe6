package dev.tenet.application.rule;

import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.TenantId;

/// Finds a rule by its id.
public final class FindRule {

  private final Definitions definitions;

  public FindRule(Definitions definitions) {
    this.definitions = definitions;
  }

  /// {@return the rule}
  public ReadResult<Rule> find(TenantId tenant, RuleId rule) {
    return definitions.readSeen(tenant, "rule", state -> state.rule(rule));
  }
}
