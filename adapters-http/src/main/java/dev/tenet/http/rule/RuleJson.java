package dev.tenet.http.rule;

import dev.tenet.application.evaluation.RuleCompiler.Check;
import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.domain.diagnostic.Diagnostic.Severity;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.http.evaluation.CostJson;
import dev.tenet.http.problem.ProblemJson.FaultJson;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.PageTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A rule.
///
/// @param then the outputs by name
/// @param enabled whether its author wants it evaluated
/// @param active whether evaluations include it: it is enabled and nothing broke it
/// @param error why it cannot be evaluated at present
/// @param cost of the condition; only where it was just written, like `warnings`
/// @param warnings of the condition
public record RuleJson(
    String id,
    String name,
    String description,
    String expression,
    @Nullable Map<String, String> then,
    List<String> tags,
    boolean enabled,
    boolean active,
    @Nullable String error,
    @Nullable List<FaultJson> errors,
    Instant createdAt,
    Instant updatedAt,
    @Nullable CostJson cost,
    @Nullable List<FaultJson> warnings,
    @Nullable Long revision) {

  /// {@return the rule as it is written}
  public static RuleJson of(Rule rule, @Nullable Long revision) {
    return of(rule, Check.NOTHING, revision);
  }

  /// {@return the rule as it is written, with what is to be said of its condition}
  static RuleJson of(Rule rule, Check condition, @Nullable Long revision) {
    boolean broken = !rule.faults().isEmpty();
    List<FaultJson> warnings =
        condition.diagnostics().stream()
            .filter(diagnostic -> diagnostic.severity() == Severity.WARNING)
            .map(FaultJson::of)
            .toList();
    return new RuleJson(
        rule.id().toString(),
        rule.name(),
        rule.description(),
        rule.expression().text(),
        rule.then().isEmpty() ? null : texts(rule.then()),
        new ArrayList<>(rule.tags()),
        rule.enabled(),
        rule.active(),
        broken ? rule.faults().getFirst().message() : null,
        broken ? rule.faults().stream().map(FaultJson::of).toList() : null,
        rule.createdAt(),
        rule.updatedAt(),
        condition.cost().map(CostJson::of).orElse(null),
        warnings.isEmpty() ? null : warnings,
        revision);
  }

  private static Map<String, String> texts(Map<String, Expression> then) {
    Map<String, String> texts = new LinkedHashMap<>();
    then.forEach((name, expression) -> texts.put(name, expression.text()));
    return texts;
  }

  /// A page of rules.
  public record ListJson(List<RuleJson> rules, @Nullable String nextPageToken) {
    static ListJson of(Page<Rule, Age> page, Call call) {
      return new ListJson(
          page.items().stream().map(rule -> RuleJson.of(rule, null)).toList(),
          call.nextToken(page, PageTokens.BY_AGE));
    }
  }
}
