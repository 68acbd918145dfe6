package dev.tenet.postgres;

import dev.tenet.application.change.RepeatedRequestsContract;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.store.TenantStore;

final class PostgresRepeatedRequestsTest extends RepeatedRequestsContract {

  @Override
  protected TenantStore open() {
    return TestDatabase.emptyStore();
  }

  @Override
  protected RuleCompiler compiler() {
    return new ScriptedRuleCompiler();
  }
}
