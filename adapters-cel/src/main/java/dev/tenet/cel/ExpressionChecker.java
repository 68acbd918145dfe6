package dev.tenet.cel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cel.checker.CelChecker;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.CelVarDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeType;
import dev.cel.parser.CelParser;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.tenant.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/// Parses and checks expressions against a schema. Faults are diagnostics; nothing here throws for them.
final class ExpressionChecker {

  /// The variable that holds the moment of the decision.
  static final String NOW = "now";

  /// Begins the names of the types of timestamps and durations.
  private static final String TYPE_NAMESPACE = "google";

  private static final int CHECKERS = 2_000;

  /// What an expression may name besides the objects of the schema.
  ///
  /// @param derived the types of the derived fields that can be used
  /// @param broken the derived fields that cannot
  record Scope(SchemaTypes schema, Map<String, CelType> derived, Set<String> broken) {}

  private record CheckerKey(
      SchemaTypes schema, Map<String, CelType> derived, Set<String> functions) {}

  private final Limits limits;
  private final FunctionTable functions;
  private final CelParser parser;
  private final Cache<CheckerKey, CelChecker> checkers =
      Caffeine.newBuilder().maximumSize(CHECKERS).build();
  private final LongAdder checks;

  ExpressionChecker(Limits limits, FunctionTable functions) {
    this(limits, functions, functions.parser(), new LongAdder());
  }

  private ExpressionChecker(
      Limits limits, FunctionTable functions, CelParser parser, LongAdder checks) {
    this.limits = limits;
    this.functions = functions;
    this.parser = parser;
    this.checks = checks;
  }

  /// {@return a checker with other functions; both count together}
  ExpressionChecker with(FunctionTable others) {
    return new ExpressionChecker(limits, others, parser, checks);
  }

  /// {@return cel-java's options under the limits}
  @SuppressWarnings("deprecation") // its replacement is a validator that stops at the first fault
  static CelOptions options(Limits limits) {
    return CelOptions.current()
        .enableHeterogeneousNumericComparisons(true)
        .enableOptionalSyntax(true)
        .populateMacroCalls(true)
        .retainRepeatedUnaryOperators(true)
        .maxExpressionCodePointSize(limits.expressionLength())
        .maxParseRecursionDepth(parserDepth(limits))
        .maxParseExpressionNodeCount(limits.expressionNodes())
        .build();
  }

  private static int parserDepth(Limits limits) {
    return limits.expressionDepth() + 2;
  }

  /// {@return how many expressions were type-checked so far}
  long checks() {
    return checks.sum();
  }

  /// {@return the expression, or what is wrong with it}
  Checked check(Scope scope, SourceText source) {
    List<Diagnostic> faults = SyntaxLimits.ofText(source, limits);
    if (!faults.isEmpty()) {
      return Checked.faulty(source, faults);
    }
    try {
      return parsed(scope, source);
    } catch (StackOverflowError tooDeep) {
      return Checked.faulty(source, List.of(SyntaxLimits.tooDeep(source, limits)));
    }
  }

  /// {@return the names that the text uses and does not declare itself; none when it cannot be parsed}
  Set<String> freeIdentifiers(String text) {
    SourceText source = new SourceText(text, "expression");
    if (!SyntaxLimits.ofText(source, limits).isEmpty()) {
      return Set.of();
    }
    try {
      CelValidationResult parsing = parser.parse(text);
      return parsing.hasError() || !SyntaxLimits.ofTree(parsing.getAst(), source, limits).isEmpty()
          ? Set.of()
          : FreeIdentifiers.of(parsing.getAst().getExpr());
    } catch (CelValidationException impossible) {
      throw new IllegalStateException(impossible);
    } catch (StackOverflowError tooDeep) {
      return Set.of();
    }
  }

  private Checked parsed(Scope scope, SourceText source) {
    CelValidationResult parsing = parser.parse(source.text(), source.part());
    Issues issues = new Issues(source, scope, functions.names(), limits);
    if (parsing.hasError()) {
      return Checked.faulty(source, issues.syntax(parsing.getErrors()));
    }
    try {
      CelAbstractSyntaxTree ast = parsing.getAst();
      List<Diagnostic> faults = SyntaxLimits.ofTree(ast, source, limits);
      return faults.isEmpty() ? typed(scope, source, ast, issues) : Checked.faulty(source, faults);
    } catch (CelValidationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Checked typed(Scope scope, SourceText source, CelAbstractSyntaxTree parsed, Issues issues)
      throws CelValidationException {
    checks.increment();
    CelValidationResult checking = checker(scope, source, parsed).check(parsed);
    if (checking.hasError()) {
      return Checked.faulty(source, issues.types(checking.getErrors(), parsed));
    }
    CelAbstractSyntaxTree ast = checking.getAst();
    References references = References.of(ast, scope);
    List<Diagnostic> diagnostics = new ArrayList<>(EnumLiterals.check(ast, source, scope.schema()));
    diagnostics.addAll(ConstantFaults.check(ast, source, functions));
    CostEstimator.hopeless(ast, source, functions, limits.ruleCost()).ifPresent(diagnostics::add);
    diagnostics.addAll(issues.broken(references.derived(), parsed));
    return new Checked(source, ast, diagnostics, ast.getResultType(), references);
  }

  private CelChecker checker(Scope scope, SourceText source, CelAbstractSyntaxTree parsed) {
    Map<String, CelType> mentioned = new HashMap<>();
    for (String name : source.identifiers()) {
      CelType type = scope.derived().get(name);
      if (type != null) {
        mentioned.put(name, type);
      } else if (scope.broken().contains(name)) {
        mentioned.put(name, SimpleType.DYN);
      }
    }
    return checkers.get(
        new CheckerKey(scope.schema(), mentioned, functions.known(CalledNames.of(parsed))),
        ExpressionChecker.this::build);
  }

  private CelChecker build(CheckerKey key) {
    List<CelVarDecl> variables = new ArrayList<>();
    for (String name : key.schema().objects()) {
      variables.add(CelVarDecl.newVarDeclaration(name, key.schema().type(name)));
    }
    key.derived().forEach((name, type) -> variables.add(CelVarDecl.newVarDeclaration(name, type)));
    if (!key.schema().hasObject(NOW) && !key.derived().containsKey(NOW)) {
      variables.add(CelVarDecl.newVarDeclaration(NOW, SimpleType.TIMESTAMP));
    }
    if (!key.schema().hasObject(TYPE_NAMESPACE) && !key.derived().containsKey(TYPE_NAMESPACE)) {
      for (CelType type : List.of(SimpleType.TIMESTAMP, SimpleType.DURATION)) {
        variables.add(CelVarDecl.newVarDeclaration(type.name(), TypeType.create(type)));
      }
    }
    return functions
        .checker(key.functions())
        .setTypeProvider(key.schema().provider())
        .addVarDeclarations(variables)
        .build();
  }
}
