package dev.tenet.http.evaluation;

import dev.tenet.application.evaluation.RuleCompiler.Check;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.http.problem.ProblemJson.FaultJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be said of an expression.
///
/// @param valid whether it compiles
/// @param type of its result as CEL spells it
/// @param references the fields and derived fields that it reads
/// @param diagnostics errors and warnings
public record CheckJson(
    boolean valid,
    @Nullable String type,
    List<String> references,
    @Nullable CostJson cost,
    List<FaultJson> diagnostics,
    long revision) {

  /// An estimate of the work of one evaluation, in the units of the rule cost limit.
  ///
  /// @param dearest the part that costs most
  public record CostJson(long typical, String dearest) {}

  static CheckJson of(Check check, long revision) {
    return new CheckJson(
        !Diagnostic.anyError(check.diagnostics()),
        check.type().orElse(null),
        check.references(),
        check.cost().map(cost -> new CostJson(cost.typical(), cost.dearest())).orElse(null),
        check.diagnostics().stream().map(FaultJson::of).toList(),
        revision);
  }
}
