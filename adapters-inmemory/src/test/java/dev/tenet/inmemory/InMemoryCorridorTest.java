package dev.tenet.inmemory;

import dev.tenet.application.change.ChangeCorridorContract;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.store.TenantStore;

final class InMemoryCorridorTest extends ChangeCorridorContract {

  @Override
  protected TenantStore open() {
    return new InMemoryTenantStore();
  }

  @Override
  protected RuleCompiler compiler() {
    return new ScriptedRuleCompiler();
  }
}
