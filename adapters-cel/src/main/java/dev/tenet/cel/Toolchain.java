package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.CelKind;
import dev.tenet.application.evaluation.RuleCompiler.Check;
import dev.tenet.application.evaluation.RuleCompiler.Compilation;
import dev.tenet.application.evaluation.RuleCompiler.CostEstimate;
import dev.tenet.cel.bytecode.CodeCompiler;
import dev.tenet.cel.plan.Condition;
import dev.tenet.domain.change.Verdict;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that compiles expressions over one set of functions. Immutable: other functions make another toolchain, which shares what
/// does not depend on them. Rule sets keep the one they were compiled with.
final class Toolchain {

  private static final String CONDITION = "expression";
  private static final int COLD_RULES = 200;

  private final Limits limits;
  private final FunctionTable functions;
  private final ExpressionChecker checker;
  private final ExpressionCompiler compiler;
  private final ExpressionPlanner planner;
  private final IndexedPrograms.Indexing indexing;
  private final @Nullable Toolchain shared;

  /// @param shared the toolchain of all tenants, if this is one of a single tenant
  private Toolchain(
      @Nullable Toolchain shared,
      Limits limits,
      FunctionTable functions,
      ExpressionChecker checker,
      ExpressionCompiler compiler,
      IndexedPrograms.Indexing indexing) {
    this.shared = shared;
    this.limits = limits;
    this.functions = functions;
    this.checker = checker;
    this.compiler = compiler;
    this.planner = new ExpressionPlanner(functions, limits.ruleCost());
    this.indexing = indexing;
  }

  /// {@return a toolchain with the standard functions alone}
  ///
  /// @param limits what expressions may be and do
  static Toolchain standard(Limits limits) {
    var functions = new FunctionTable(new StandardFunctions(ExpressionChecker.options(limits)));
    var checker = new ExpressionChecker(limits, functions);
    return new Toolchain(
        null,
        limits,
        functions,
        checker,
        new ExpressionCompiler(checker, functions),
        new IndexedPrograms.Indexing(
            new ExpressionPlanner(functions, limits.ruleCost()).fuel(),
            new CodeCompiler(Background.EXECUTOR),
            Background.EXECUTOR));
  }

  /// {@return a toolchain that has these functions, too}
  ///
  /// @throws IllegalArgumentException naming a function that has the name of another
  Toolchain with(List<AddedFunction> more) {
    if (more.isEmpty()) {
      return this;
    }
    return extended(null, more);
  }

  /// {@return a toolchain that has these functions, too, which are those of one tenant}
  ///
  /// @throws IllegalArgumentException naming a function that has the name of another
  Toolchain ofTenant(List<AddedFunction> more) {
    return extended(this, more);
  }

  private Toolchain extended(@Nullable Toolchain everybodys, List<AddedFunction> more) {
    FunctionTable all = functions.with(more);
    ExpressionChecker checkerOfAll = checker.with(all);
    return new Toolchain(
        everybodys, limits, all, checkerOfAll, compiler.with(checkerOfAll, all), indexing);
  }

  /// {@return the toolchain of all tenants that this one is, or has further functions than}
  Toolchain shared() {
    return shared == null ? this : shared;
  }

  /// {@return how many expressions were type-checked so far, by toolchains with other functions, too}
  long checks() {
    return checker.checks();
  }

  /// {@return the tenant's rules, ready to run, and what is wrong with those that are not}
  ///
  /// @param similar compiled rules that may have much in common with them
  Compilation compile(TenantState state, Optional<CompiledRules> similar) {
    Optional<CompiledRules> compiled =
        state
            .activeSchema()
            .map(
                version ->
                    compile(
                        state,
                        compiler.schema(version.schema()),
                        AllowedCalls.of(state.settings().policy()),
                        similar));
    return new Compilation(
        new CelRuleSet(this, state, compiled, limits),
        compiled
            .map(CompiledRules::verdict)
            .orElseGet(() -> new Verdict(Map.of(), Map.of(), Map.of())));
  }

  /// With the same scope a rule that has not changed need not be compiled again.
  private CompiledRules compile(
      TenantState state,
      SchemaTypes schema,
      AllowedCalls allowed,
      Optional<CompiledRules> similar) {
    Optional<CompiledRules> sameScope =
        similar.filter(rules -> rules.scope().isOf(this, schema, state.derivedFields(), allowed));
    if (sameScope.isPresent()) {
      RuleScope known = sameScope.get().scope();
      return sameScope.get().revised(state.rules(), rule -> compile(rule, known));
    }
    RuleScope scope = scope(schema, state.derivedFields(), allowed);
    List<Rule> rules = state.rules();
    var stream = rules.size() > COLD_RULES ? rules.parallelStream() : rules.stream();
    return CompiledRules.of(scope, stream.map(rule -> compile(rule, scope)).toList(), indexing);
  }

  private RuleScope scope(SchemaTypes schema, List<DerivedField> fields, AllowedCalls allowed) {
    DerivedFields derived = DerivedFields.compile(fields, schema, allowed, compiler);
    return new RuleScope(
        this, schema, fields, allowed, derived, new DerivedSlots(schema, derived, planner));
  }

  private CompiledRule compile(Rule rule, RuleScope scope) {
    DerivedFields derived = scope.derived();
    CompiledExpression condition =
        compiler.compile(derived.scope(), new SourceText(rule.expression().text(), CONDITION));
    Checked checked = condition.checked();
    List<Diagnostic> errors = new ArrayList<>(checked.errors());
    errors.addAll(scope.allowed().faults(checked));
    boolean secretive = derived.isSensitive(checked.references());
    Map<String, CompiledExpression> outputs = new LinkedHashMap<>();
    for (Map.Entry<String, Expression> output : rule.then().entrySet()) {
      CompiledExpression compiled =
          compiler.compile(
              derived.scope(), new SourceText(output.getValue().text(), "then." + output.getKey()));
      errors.addAll(compiled.checked().errors());
      errors.addAll(scope.allowed().faults(compiled.checked()));
      secretive |= derived.isSensitive(compiled.checked().references());
      outputs.put(output.getKey(), compiled);
    }
    CelAbstractSyntaxTree ast = checked.ast();
    if (ast == null || !errors.isEmpty()) {
      return new CompiledRule(rule, Optional.empty(), errors);
    }
    Condition typed =
        planner
            .of(ast, scope.schema(), scope.slots().places(), checked.references().derived())
            .condition();
    return new CompiledRule(
        rule, Optional.of(RuleProgram.of(rule, condition, typed, outputs, secretive)), List.of());
  }

  /// {@return what is to be said of an expression over the tenant's facts and derived fields}
  Check check(TenantState state, Expression expression) {
    return state
        .activeSchema()
        .map(
            version -> {
              AllowedCalls allowed = AllowedCalls.of(state.settings().policy());
              SchemaTypes schema = compiler.schema(version.schema());
              return check(
                  DerivedFields.compile(state.derivedFields(), schema, allowed, compiler),
                  allowed,
                  expression);
            })
        .orElse(Check.NOTHING);
  }

  /// {@return what is to be said of an expression in a scope of this toolchain}
  Check check(RuleScope scope, Expression expression) {
    return check(scope.derived(), scope.allowed(), expression);
  }

  private Check check(DerivedFields derived, AllowedCalls allowed, Expression expression) {
    SourceText source = new SourceText(expression.text(), CONDITION);
    Checked checked = compiler.check(derived.scope(), source);
    List<Diagnostic> diagnostics = new ArrayList<>(checked.diagnostics());
    diagnostics.addAll(allowed.faults(checked));
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
    CostEstimate cost = CostEstimator.estimate(ast, functions);
    CostEstimator.dear(cost, source, limits.ruleCost()).ifPresent(diagnostics::add);
    return new Check(
        diagnostics,
        Optional.of(TypeNames.of(checked.type())),
        checked.references().names(),
        Optional.of(cost));
  }

  private static boolean mayBeBoolean(CelKind kind) {
    return kind == CelKind.BOOL
        || kind == CelKind.DYN
        || kind == CelKind.ANY
        || kind == CelKind.TYPE_PARAM;
  }
}
