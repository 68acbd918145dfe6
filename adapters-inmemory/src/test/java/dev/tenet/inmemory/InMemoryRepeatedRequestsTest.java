package dev.tenet.inmemory;

import dev.tenet.application.change.RepeatedRequestsContract;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.store.TenantStore;

final class InMemoryRepeatedRequestsTest extends RepeatedRequestsContract {

  @Override
  protected TenantStore open() {
    return new InMemoryTenantStore();
  }

  @Override
  protected RuleCompiler compiler() {
    return new ScriptedRuleCompiler();
  }
}
