package dev.tenet.postgres;

import dev.tenet.application.change.DerivedFieldsContract;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.store.TenantStore;

final class PostgresDerivedFieldsTest extends DerivedFieldsContract {

  @Override
  protected TenantStore open() {
    return TestDatabase.emptyStore();
  }

  @Override
  protected RuleCompiler compiler() {
    return new ScriptedRuleCompiler();
  }
}
