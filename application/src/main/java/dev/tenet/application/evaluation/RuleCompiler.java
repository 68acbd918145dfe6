package dev.tenet.application.evaluation;

import dev.tenet.domain.change.Verdict;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Optional;

/// Makes definitions runnable. Faulty definitions are answers, not exceptions. Safe for use by many threads.
public interface RuleCompiler {

  /// What compiling a tenant's definitions gives.
  ///
  /// @param ruleSet evaluates every enabled rule that has no errors, at the state's revision
  /// @param verdict what is wrong with the others, and what was inferred
  record Compilation(RuleSet ruleSet, Verdict verdict) {}

  /// What checking one expression gives.
  ///
  /// @param diagnostics the errors and warnings, each with its span; without an error the expression compiles
  /// @param type the type of its result as CEL spells it, when it compiles
  /// @param references the fields and derived fields that it reads, sorted
  /// @param cost an estimate of the work of one evaluation, in the units of the rule cost limit; empty when it cannot be
  ///     estimated
  record Check(
      List<Diagnostic> diagnostics,
      Optional<String> type,
      List<String> references,
      Optional<CostEstimate> cost) {

    /// Before the first schema there is nothing to be said.
    public static final Check NOTHING =
        new Check(List.of(), Optional.empty(), List.of(), Optional.empty());

    public Check {
      diagnostics = List.copyOf(diagnostics);
      references = List.copyOf(references);
    }
  }

  /// How much work an expression is.
  ///
  /// @param typical with lists and strings of ordinary size
  /// @param dearest the text of the part that costs most
  record CostEstimate(long typical, String dearest) {}

  /// {@return the tenant's rules, ready to run, and what is wrong with those that are not}
  ///
  /// A rule counts as faulty, too, when a derived field it uses is. Without a schema there is nothing to compile.
  Compilation compile(TenantState state);

  /// {@return the same as [#compile(TenantState)], sooner when the definitions have much in common with those of another rule set}
  ///
  /// @param similar a rule set of this compiler, as a rule that of the revision before
  default Compilation compile(TenantState state, RuleSet similar) {
    return compile(state);
  }

  /// {@return whether the compiler has changed since it made this rule set, so that compiling the same definitions again may give
  /// something else}
  default boolean isOutdated(RuleSet ruleSet) {
    return false;
  }

  /// {@return what is to be said of an expression over the tenant's facts and derived fields}
  Check check(TenantState state, Expression expression);
}
