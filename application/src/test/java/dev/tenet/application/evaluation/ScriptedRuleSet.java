package dev.tenet.application.evaluation;

import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.RuleFault;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Secrets;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs what [ScriptedRuleCompiler] took.
record ScriptedRuleSet(TenantState state, List<Rule> rules) implements RuleSet {

  @Override
  public long revision() {
    return state.revision();
  }

  @Override
  public int schemaVersion() {
    return state.schema() == null ? 0 : state.schema().version();
  }

  @Override
  public int size() {
    return rules.size();
  }

  @Override
  public boolean isIndexed() {
    return false;
  }

  @Override
  public boolean isHot() {
    return false;
  }

  @Override
  public Optional<FactLayout> layout() {
    Map<String, FieldType> derived =
        state.derivedFields().stream()
            .collect(Collectors.toMap(DerivedField::name, field -> FieldType.Scalar.BOOL));
    return state.activeSchema().map(version -> new FactLayout(version.schema(), derived));
  }

  @Override
  public RuleCompiler.Check check(Expression expression) {
    return new ScriptedRuleCompiler().check(state, expression);
  }

  @Override
  public Secrets secrets() {
    return Secrets.NONE;
  }

  @Override
  public Evaluation evaluate(Facts facts, Selection selection, Instant now, TimeSlice slice) {
    return evaluate(facts, selection, now);
  }

  @Override
  public Evaluation evaluate(Facts facts, Selection selection, Instant now) {
    Map<RuleId, Rule> byId = new HashMap<>();
    rules.forEach(rule -> byId.put(rule.id(), rule));
    List<RuleId> wanted =
        selection.rules().isEmpty() ? rules.stream().map(Rule::id).toList() : selection.rules();
    List<RuleOutcome> outcomes =
        wanted.stream()
            .flatMap(id -> Optional.ofNullable(byId.get(id)).stream())
            .filter(
                rule ->
                    selection.tags().isEmpty()
                        || !Collections.disjoint(rule.tags(), selection.tags()))
            .map(rule -> outcome(rule, facts))
            .filter(o -> !selection.matchedOnly() || o.matched() || o.fault() != null)
            .toList();
    return new Evaluation(outcomes, wanted.stream().filter(id -> !byId.containsKey(id)).toList());
  }

  private RuleOutcome outcome(Rule rule, Facts facts) {
    Object value = value(rule.expression(), facts);
    RuleFault fault =
        value == null ? new RuleFault("fact_missing", rule.expression() + " is missing.") : null;
    boolean matched = Boolean.TRUE.equals(value);
    Map<String, @Nullable Object> outputs = new HashMap<>();
    if (matched) {
      rule.then()
          .forEach(
              (name, output) ->
                  Optional.ofNullable(value(output, facts)).ifPresent(v -> outputs.put(name, v)));
    }
    return new RuleOutcome(rule.id(), rule.name(), matched, fault, outputs, null);
  }

  private @Nullable Object value(Expression expression, Facts facts) {
    String text = expression.text();
    int dot = text.indexOf('.');
    if (dot >= 0) {
      Map<String, @Nullable Object> object = facts.objects().get(text.substring(0, dot));
      return object == null ? null : object.get(text.substring(dot + 1));
    }
    for (DerivedField field : state.derivedFields()) {
      if (field.name().equals(text)) {
        return value(field.expression(), facts);
      }
    }
    return Boolean.valueOf(text);
  }
}
