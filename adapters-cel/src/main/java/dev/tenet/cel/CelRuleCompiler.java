package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelKind;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.domain.change.Verdict;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import dev.tenet.spi.Function;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compiles tenants' definitions with cel-java's parser and type checker, and evaluates them under a budget of work and
/// time. Needs no server, no store and no configuration.
public final class CelRuleCompiler implements RuleCompiler {

  private static final String CONDITION = "expression";
  private static final int COLD_RULES = 200;

  private record RuleResult(Optional<RuleProgram> program, List<Diagnostic> errors) {}

  private final Limits limits;
  private final ExpressionChecker checker;
  private final ExpressionCompiler compiler;

  /// @param limits what expressions may be and do
  /// @param functions what expressions may call besides CEL's own functions and those of its extensions
  /// @throws IllegalArgumentException naming a function whose name is taken
  public CelRuleCompiler(Limits limits, List<Function> functions) {
    this.limits = limits;
    CelOptions options = ExpressionChecker.options(limits);
    FunctionTable table = new FunctionTable(options, functions);
    this.checker = new ExpressionChecker(limits, table);
    this.compiler = new ExpressionCompiler(checker, table);
  }

  /// {@return how many expressions were type-checked so far}
  long checks() {
    return checker.checks();
  }

  @Override
  public Compilation compile(TenantState state) {
    return state
        .activeSchema()
        .map(version -> compile(state, compiler.schema(version.schema())))
        .orElseGet(
            () ->
                new Compilation(
                    new CelRuleSet(state, List.of(), Optional.empty(), limits),
                    new Verdict(Map.of(), Map.of(), Map.of())));
  }

  private Compilation compile(TenantState state, SchemaTypes schema) {
    DerivedFields derived = DerivedFields.compile(state.derivedFields(), schema, compiler);
    ExpressionChecker.Scope scope = derived.scope();
    List<Rule> rules = state.rules();
    var stream = rules.size() > COLD_RULES ? rules.parallelStream() : rules.stream();
    List<RuleResult> results = stream.map(rule -> compile(rule, scope, derived)).toList();
    List<RuleProgram> programs = new ArrayList<>();
    Map<RuleId, List<Diagnostic>> faults = new HashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      RuleResult result = results.get(i);
      if (!result.errors().isEmpty()) {
        faults.put(rules.get(i).id(), result.errors());
      } else if (rules.get(i).enabled()) {
        result.program().ifPresent(programs::add);
      }
    }
    return new Compilation(
        new CelRuleSet(state, programs, Optional.of(derived), limits),
        new Verdict(faults, derived.faults(), derived.inferences()));
  }

  private RuleResult compile(Rule rule, ExpressionChecker.Scope scope, DerivedFields derived) {
    CompiledExpression condition =
        compiler.compile(scope, new SourceText(rule.expression().text(), CONDITION));
    List<Diagnostic> errors = new ArrayList<>(condition.checked().errors());
    boolean secretive = derived.isSensitive(condition.checked().references());
    Map<String, CompiledExpression> outputs = new LinkedHashMap<>();
    for (Map.Entry<String, Expression> output : rule.then().entrySet()) {
      CompiledExpression compiled =
          compiler.compile(
              scope, new SourceText(output.getValue().text(), "then." + output.getKey()));
      errors.addAll(compiled.checked().errors());
      secretive |= derived.isSensitive(compiled.checked().references());
      outputs.put(output.getKey(), compiled);
    }
    return errors.isEmpty()
        ? new RuleResult(
            Optional.of(new RuleProgram(rule, condition, outputs, secretive)), List.of())
        : new RuleResult(Optional.empty(), errors);
  }

  @Override
  public Check check(TenantState state, Expression expression) {
    return state
        .activeSchema()
        .map(
            version ->
                check(
                    DerivedFields.compile(
                        state.derivedFields(), compiler.schema(version.schema()), compiler),
                    expression))
        .orElseGet(() -> new Check(List.of(), Optional.empty(), List.of(), Optional.empty()));
  }

  private Check check(DerivedFields derived, Expression expression) {
    SourceText source = new SourceText(expression.text(), CONDITION);
    Checked checked = checker.check(derived.scope(), source);
    List<Diagnostic> diagnostics = new ArrayList<>(checked.diagnostics());
    CelAbstractSyntaxTree ast = checked.ast();
    if (ast == null || checked.isFaulty()) {
      return new Check(
          diagnostics, Optional.empty(), checked.references().names(), Optional.empty());
    }
    if (!mayBeBoolean(checked.type().kind())) {
      diagnostics.add(
          Diagnostic.warning(
              "not_boolean",
              source.whole(),
              "The expression gives %s, so that a rule with this condition never matches."
                  .formatted(TypeNames.of(checked.type()))));
    }
    return new Check(
        diagnostics,
        Optional.of(TypeNames.of(checked.type())),
        checked.references().names(),
        Optional.of(CostEstimator.estimate(ast)));
  }

  private static boolean mayBeBoolean(CelKind kind) {
    return kind == CelKind.BOOL
        || kind == CelKind.DYN
        || kind == CelKind.ANY
        || kind == CelKind.TYPE_PARAM;
  }
}
