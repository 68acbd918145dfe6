package dev.tenet.inmemory;

import dev.tenet.application.change.DerivedFieldsContract;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.store.TenantStore;

final class InMemoryDerivedFieldsTest extends DerivedFieldsContract {

  @Override
  protected TenantStore open() {
    return new InMemoryTenantStore();
  }

  @Override
  protected RuleCompiler compiler() {
    return new ScriptedRuleCompiler();
  }
}
