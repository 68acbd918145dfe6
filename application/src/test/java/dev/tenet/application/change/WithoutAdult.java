package dev.tenet.application.change;

import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.domain.change.Verdict;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A compiler that lacks what the expression `User.Adult` needs.
record WithoutAdult(RuleCompiler compiler) implements RuleCompiler {
  @Override
  public Compilation compile(TenantState state) {
    Compilation whole = compiler.compile(state);
    Map<RuleId, List<Diagnostic>> faults =
        state.rules().stream()
            .filter(rule -> rule.expression().text().equals("User.Adult"))
            .collect(
                Collectors.toMap(
                    Rule::id,
                    _ ->
                        List.of(
                            Diagnostic.error(
                                "unknown_function",
                                new Location.Span("expression", 0, 1, 1, 1),
                                "It is gone."))));
    return new Compilation(
        whole.ruleSet(),
        new Verdict(faults, whole.verdict().derivedFaults(), whole.verdict().inferences()));
  }

  @Override
  public Check check(TenantState state, Expression expression) {
    return compiler.check(state, expression);
  }
}
