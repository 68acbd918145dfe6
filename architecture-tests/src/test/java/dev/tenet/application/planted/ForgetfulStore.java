package dev.tenet.application.planted;

import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.TenantId;
import java.util.Optional;

/// Breaks rule 9 twice: one method does not say whose data it touches, the other says it last.
public interface ForgetfulStore {
  /// {@return the rule}
  Optional<Rule> find(RuleId rule);

  /// {@return the rule}
  Optional<Rule> findLater(RuleId rule, TenantId tenant);

  /// {@return the rule}
  Optional<Rule> findWell(TenantId tenant, RuleId rule);
}
