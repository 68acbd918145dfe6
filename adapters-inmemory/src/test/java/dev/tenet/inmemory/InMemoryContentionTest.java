package dev.tenet.inmemory;

import dev.tenet.application.change.ContentionContract;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.store.TenantStore;

final class InMemoryContentionTest extends ContentionContract {

  @Override
  protected TenantStore open() {
    return new InMemoryTenantStore();
  }

  @Override
  protected RuleCompiler compiler() {
    return new ScriptedRuleCompiler();
  }
}
