package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.extensions.CelExtensions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.tenet.cel.plan.TimeLimit;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.tenant.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random expressions give what cel-java's own planner gives: the same value, or a fault where it has one.
///
/// Left out is what differs on purpose: NaN and -0.0, which cel-java orders unlike IEEE 754, and optional indexes beyond
/// 32 bits, which it fails on.
@Timeout(120)
class PlannerDifferentialTest {

  private static final int EXPRESSIONS = 4_000;
  private static final int DEEPEST = 4;
  private static final String FAULT = "fault";

  private final Random random = new Random(20_260_203);
  private final CelOptions options = ExpressionChecker.options(Limits.DEFAULT);
  private final FunctionTable functions = new FunctionTable(new StandardFunctions(options));
  private final ExpressionChecker checker = new ExpressionChecker(Limits.DEFAULT, functions);
  private final SchemaTypes schema = new SchemaTypes(new Schema(Map.of()));
  private final CelRuntime reference =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(options)
          .addLibraries(
              CelExtensions.optional(),
              CelExtensions.strings(),
              CelExtensions.math(),
              CelExtensions.lists(),
              CelExtensions.sets(options))
          .build();

  @Test
  void randomExpressionsAgree() throws CelValidationException, CelEvaluationException {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      String expression = of("bool", DEEPEST);
      Checked checked =
          checker.check(
              new ExpressionChecker.Scope(schema, Map.of(), Set.of()),
              new SourceText(expression, "expression"));
      CelAbstractSyntaxTree ast = checked.ast();
      if (ast == null) {
        continue;
      }
      compared++;
      Object ours = ours(ast, meter());
      Object theirs = theirs(ast);
      if (!ours.equals(theirs)) {
        differences.add(expression + ": " + ours + " instead of " + theirs);
      }
    }
    assertThat(compared).isGreaterThan(EXPRESSIONS / 2);
    assertThat(differences).isEmpty();
  }

  /// An expression must not be called hopeless within a budget that is enough for it.
  @Test
  void noExpressionNeedsLessThanItsLeastCost() {
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      String expression = of("bool", DEEPEST);
      CelAbstractSyntaxTree ast =
          checker
              .check(
                  new ExpressionChecker.Scope(schema, Map.of(), Set.of()),
                  new SourceText(expression, "expression"))
              .ast();
      if (ast == null) {
        continue;
      }
      Meter meter = meter();
      long before = meter.left();
      if (!ours(ast, meter).equals(FAULT)) {
        compared++;
        long spent = before - meter.left();
        long least = CostEstimator.least(ast, functions);
        if (least > spent) {
          wrong.add("%s: at least %d, but was %d".formatted(expression, least, spent));
        }
      }
    }
    assertThat(compared).isGreaterThan(EXPRESSIONS / 4);
    assertThat(wrong).isEmpty();
  }

  private static Meter meter() {
    return new Meter(1_000_000, TimeLimit.of(Duration.ofMinutes(1)));
  }

  private Object ours(CelAbstractSyntaxTree ast, Meter meter) {
    TreePlanner.Plan plan = TreePlanner.plan(ast, functions, schema, Set.of());
    try {
      return plan.root().value(new Frame(meter, new NoVariables(), null, plan.locals()));
    } catch (EvaluationFault fault) {
      return FAULT;
    }
  }

  private Object theirs(CelAbstractSyntaxTree ast) throws CelEvaluationException {
    CelRuntime.Program program = reference.createProgram(ast);
    try {
      return program.eval();
    } catch (CelEvaluationException fault) {
      return FAULT;
    }
  }

  private static final class NoVariables implements Frame.Variables {
    @Override
    public @Nullable Struct object(String name) {
      return null;
    }

    @Override
    public Object derived(String name) {
      throw new IllegalStateException(name);
    }

    @Override
    public Object now() {
      return Instant.EPOCH;
    }
  }

  private String of(String type, int depth) {
    List<String> forms = depth == 0 ? LEAVES.get(type) : FORMS.get(type);
    StringBuilder text = new StringBuilder();
    String form = forms == null ? "true" : forms.get(random.nextInt(forms.size()));
    int start = 0;
    for (int open = form.indexOf('<'); open >= 0; open = form.indexOf('<', start)) {
      int close = form.indexOf('>', open);
      String hole = close < 0 ? "" : form.substring(open + 1, close);
      if (!LEAVES.containsKey(hole)) {
        text.append(form, start, open + 1);
        start = open + 1;
        continue;
      }
      text.append(form, start, open).append(of(hole, Math.max(0, depth - 1)));
      start = close + 1;
    }
    return text.append(form.substring(start)).toString();
  }

  private static final Map<String, List<String>> LEAVES =
      Map.of(
          "bool", List.of("true", "false", "dyn(true)", "1 / 0 == 1"),
          "int", List.of("0", "1", "2", "-1", "9223372036854775807", "7", "1 / 0"),
          "uint", List.of("0u", "1u", "18446744073709551615u"),
          "double", List.of("0.5", "1.0", "2.5", "-1.5", "1e10"),
          "string", List.of("''", "'a'", "'abc'", "'héé😀'", "'1'"),
          "ints", List.of("[]", "[1]", "[3, 1, 2]", "[0, 0]"),
          "map", List.of("{}", "{'a': 1}", "{'a': 2, 'b': 0}"),
          "optional", List.of("optional.none()", "optional.of(1)", "optional.of(0)"),
          "duration", List.of("duration('1s')", "duration('-5m')", "duration('x')"));

  private static final Map<String, List<String>> FORMS =
      Map.of(
          "bool",
          List.of(
              "(<bool> && <bool>)",
              "(<bool> || <bool>)",
              "!<bool>",
              "(<bool> ? <bool> : <bool>)",
              "(<int> == <int>)",
              "(<int> <= <int>)",
              "(<int> < <double>)",
              "(<uint> >= <int>)",
              "(<int> == <double>)",
              "(<double> > <double>)",
              "(<string> == <string>)",
              "(<string> < <string>)",
              "<string>.contains(<string>)",
              "<string>.startsWith(<string>)",
              "<string>.matches('a+')",
              "(<int> in <ints>)",
              "(<string> in <map>)",
              "(<ints> == <ints>)",
              "(<map> == <map>)",
              "<ints>.all(x, x > <int>)",
              "<ints>.exists(x, <int> / x > <int>)",
              "<ints>.exists_one(x, x == <int>)",
              "<map>.exists(k, k == <string>)",
              "sets.contains(<ints>, <ints>)",
              "sets.intersects(<ints>, <ints>)",
              "<optional>.hasValue()",
              "(<duration> < <duration>)",
              "has(<map>.a)",
              "cel.bind(x, <int>, x == x)",
              "(type(<int>) == int)",
              "(type(type(<int>)) == type)",
              "has(optional.of(<map>).a)",
              "(dyn(<int>) == dyn(<string>))"),
          "int",
          List.of(
              "(<int> + <int>)",
              "(<int> - <int>)",
              "(<int> * <int>)",
              "(<int> / <int>)",
              "(<int> % <int>)",
              "-<int>",
              "int(<double>)",
              "int(<string>)",
              "size(<string>)",
              "<ints>.size()",
              "<ints>[<int>]",
              "<map>[<string>]",
              "<map>.a",
              "<string>.indexOf(<string>)",
              "math.greatest(<int>, <int>)",
              "<optional>.orValue(<int>)",
              "<optional>.value()",
              "<map>.?a.orValue(<int>)",
              "(<bool> ? <int> : <int>)",
              "<duration>.getSeconds()",
              "cel.bind(x, <int>, x + x)"),
          "uint",
          List.of("(<uint> + <uint>)", "(<uint> - <uint>)", "uint(<int>)", "(<uint> / <uint>)"),
          "double",
          List.of("(<double> + <double>)", "(<double> / <double>)", "double(<int>)", "-<double>"),
          "string",
          List.of(
              "(<string> + <string>)",
              "string(<int>)",
              "string(<bool>)",
              "<string>.substring(<int>)",
              "<string>.charAt(<int>)",
              "<string>.replace(<string>, <string>)",
              "<string>.upperAscii()",
              "<string>.split(<string>).join('-')",
              "<string>.reverse()"),
          "ints",
          List.of(
              "(<ints> + <ints>)",
              "[<int>, <int>]",
              "[?<optional>, <int>]",
              "<ints>.map(x, x + <int>)",
              "<ints>.map(x, x > 1, x * 2)",
              "<ints>.filter(x, x != <int>)",
              "<ints>.distinct()",
              "<ints>.sort()",
              "<ints>.reverse()",
              "<ints>.slice(0, 1)",
              "[<ints>, <ints>].flatten()",
              "lists.range(3)"),
          "map",
          List.of("{'a': <int>, 'b': <int>}", "{<string>: <int>}", "{?'a': <optional>}"),
          "optional",
          List.of(
              "optional.of(<int>)",
              "<map>.?a",
              "<ints>[?1]",
              "<optional>.or(<optional>)",
              "<optional>.optMap(v, v + <int>)",
              "optional.ofNonZeroValue(<int>)"),
          "duration",
          List.of("(<duration> + <duration>)", "(<duration> - <duration>)"));
}
