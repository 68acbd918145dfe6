package dev.tenet.application.rule;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.rule.RuleId;

/// Removes a rule.
public final class RemoveRule {

  private final TenantChanges changes;

  public RemoveRule(TenantChanges changes) {
    this.changes = changes;
  }

  /// Removes the rule.
  public ChangeResult<RuleId> remove(ChangeRequest request, RuleId rule) {
    return changes.apply(request, new Command.RemoveRule(rule), applied -> rule);
  }
}
