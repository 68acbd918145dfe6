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

  static CheckJson of(Check check, long revision) {
    return new CheckJson(
        !Diagnostic.anyError(check.diagnostics()),
        check.type().orElse(null),
        check.references(),
        check.cost().map(CostJson::of).orElse(null),
        check.diagnostics().stream().map(FaultJson::of).toList(),
        revision);
  }
}
