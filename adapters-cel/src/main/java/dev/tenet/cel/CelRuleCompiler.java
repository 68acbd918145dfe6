package dev.tenet.cel;

import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import dev.tenet.spi.Function;
import java.util.List;

/// Compiles tenants' definitions with cel-java.
public final class CelRuleCompiler implements RuleCompiler {

  public CelRuleCompiler(Limits limits, List<Function> functions) {}

  @Override
  public Compilation compile(TenantState state) {
    throw new IllegalStateException();
  }

  @Override
  public Check check(TenantState state, Expression expression) {
    throw new IllegalStateException();
  }
}
