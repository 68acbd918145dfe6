package dev.tenet.application.rule;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.rule.RulePatch;

/// Revises a rule; what is refused leaves the old one in force.
public final class ReviseRule {

  private final TenantChanges changes;

  public ReviseRule(TenantChanges changes) {
    this.changes = changes;
  }

  /// Revises the rule.
  public ChangeResult<Rule> revise(ChangeRequest request, RuleId rule, RulePatch patch) {
    return changes.apply(request, new Command.ReviseRule(rule, patch), AddRule::rule);
  }
}
