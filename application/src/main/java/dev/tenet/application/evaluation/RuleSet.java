package dev.tenet.application.evaluation;

import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Secrets;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.RuleId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A tenant's compiled definitions at one revision. Immutable and safe for use by many threads.
public interface RuleSet {

  /// What evaluating gives.
  ///
  /// @param outcomes in the order of the rules' creation, or that of the selection
  /// @param notFound the selected rules that do not exist or are inactive
  record Evaluation(List<RuleOutcome> outcomes, List<RuleId> notFound) {
    public Evaluation {
      outcomes = List.copyOf(outcomes);
      notFound = List.copyOf(notFound);
    }
  }

  /// {@return the revision it was compiled from}
  long revision();

  /// {@return the active schema version, or 0 before the first}
  int schemaVersion();

  /// {@return how many rules are active}
  int size();

  /// {@return whether its conditions are looked up in an index, rather than evaluated one by one}
  boolean isIndexed();

  /// {@return whether it was evaluated so often that conditions were made into code}
  boolean isHot();

  /// {@return what facts may hold, or empty before the first schema}
  Optional<FactLayout> layout();

  /// {@return what is to be said of an expression over the facts and derived fields of this rule set, as
  /// [RuleCompiler#check] says it}
  ///
  /// It takes little time when a rule has the expression.
  RuleCompiler.Check check(Expression expression);

  /// {@return what of it is made from sensitive fields}
  Secrets secrets();

  /// {@return what the selected rules say of the facts}
  ///
  /// A fault in a rule is that rule's outcome; this method throws only for bugs. It ends within the tenant's evaluation
  /// time, give or take the time of one indivisible step, rules not reached failing with `deadline_exceeded`.
  ///
  /// @param now the value of the variable `now`
  /// @param slice of who computes; giving way does not count as evaluation time
  Evaluation evaluate(Facts facts, Selection selection, Instant now, TimeSlice slice);

  /// {@return what the selected rules say of the facts, see [#evaluate(Facts, Selection, Instant, TimeSlice)], in a slice that ends
  /// with the decision}
  Evaluation evaluate(Facts facts, Selection selection, Instant now);
}
