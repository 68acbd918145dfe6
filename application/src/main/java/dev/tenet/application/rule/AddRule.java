package dev.tenet.application.rule;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.application.identity.IdSource;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;

/// Adds a rule, unless it does not compile or its name is taken.
public final class AddRule {

  /// The rule to be.
  ///
  /// @param then the outputs by name
  public record Draft(
      String name,
      String description,
      Expression expression,
      Map<String, Expression> then,
      NavigableSet<String> tags,
      boolean enabled) {}

  private final TenantChanges changes;
  private final IdSource ids;

  public AddRule(TenantChanges changes, IdSource ids) {
    this.changes = changes;
    this.ids = ids;
  }

  /// Adds the rule.
  public ChangeResult<Rule> add(ChangeRequest request, Draft draft) {
    var command =
        new Command.AddRule(
            new RuleId(ids.next()),
            draft.name(),
            draft.description(),
            draft.expression(),
            draft.then(),
            draft.tags(),
            draft.enabled());
    return changes.apply(request, command, AddRule::rule);
  }

  static Rule rule(List<Change> applied) {
    return switch (applied.getFirst()) {
      case Change.RuleAdded(var rule) -> rule;
      case Change.RuleRevised(var rule) -> rule;
      default -> throw new IllegalStateException("the first change is the rule's");
    };
  }
}
