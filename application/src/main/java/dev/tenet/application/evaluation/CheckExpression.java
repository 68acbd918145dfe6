package dev.tenet.application.evaluation;

import dev.tenet.application.evaluation.RuleCompiler.Check;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.tenant.TenantId;

/// Checks an expression over a tenant's facts without storing anything, as an editor does on every keystroke.
public final class CheckExpression {

  private final Definitions definitions;
  private final RuleCompiler compiler;

  public CheckExpression(Definitions definitions, RuleCompiler compiler) {
    this.definitions = definitions;
    this.compiler = compiler;
  }

  /// {@return what is to be said of the expression}
  public ReadResult<Check> check(TenantId tenant, Expression expression) {
    return definitions.read(
        tenant,
        "schema",
        state -> state.activeSchema().map(schema -> compiler.check(state, expression)));
  }
}
