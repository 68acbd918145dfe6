package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.tenet.cel.plan.TimeLimit;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.tenant.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs cases of CEL's conformance suite as Tenet runs rules: checked, planned and evaluated under the default limits.
/// The variables of a case stand for derived fields, which may have any type.
final class ConformanceRunner {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final FunctionTable functions;
  private final ExpressionChecker checker;
  private final SchemaTypes schema = new SchemaTypes(new Schema(Map.of()));

  ConformanceRunner() {
    CelOptions options = ExpressionChecker.options(Limits.DEFAULT);
    this.functions = new FunctionTable(new StandardFunctions(options));
    this.checker = new ExpressionChecker(Limits.DEFAULT, functions);
  }

  /// {@return how Tenet deviates from what the case expects, if it does}
  Optional<String> deviation(ConformanceCase test) {
    Checked checked =
        checker.check(
            new ExpressionChecker.Scope(schema, test.variables(), Set.of()),
            new SourceText(test.expression(), "expression"));
    CelAbstractSyntaxTree ast = checked.ast();
    boolean failureExpected = test.expected().isEmpty() && !test.checkOnly();
    if (ast == null || (checked.isFaulty() && !failureExpected)) {
      return failureExpected && test.unchecked()
          ? Optional.empty()
          : Optional.of("is refused: " + checked.errors());
    }
    String type = TypeNames.of(checked.type());
    if (test.type().isPresent() && !type.equals(TypeNames.of(test.type().get()))) {
      return Optional.of("has type %s instead of %s".formatted(type, test.type().get()));
    }
    return test.checkOnly() ? Optional.empty() : evaluated(test, ast);
  }

  private Optional<String> evaluated(ConformanceCase test, CelAbstractSyntaxTree ast) {
    TreePlanner.Plan plan = TreePlanner.plan(ast, functions, schema, test.variables().keySet());
    Meter meter = new Meter(Limits.DEFAULT.ruleCost(), TimeLimit.of(PATIENCE));
    try {
      Object value =
          plan.root().value(new Frame(meter, new Bindings(test.bindings()), null, plan.locals()));
      return test.expected().isPresent() && same(test.expected().get(), value)
          ? Optional.empty()
          : Optional.of("gives %s instead of %s".formatted(value, test.expected()));
    } catch (EvaluationFault fault) {
      return test.expected().isEmpty() ? Optional.empty() : Optional.of("fails: " + fault.text());
    }
  }

  /// {@return whether two values have the same type and content; NaN is the same as NaN here}
  private static boolean same(Object expected, Object actual) {
    return switch (expected) {
      case List<?> list -> actual instanceof Collection<?> other && same(list, other);
      case Map<?, ?> map -> actual instanceof Map<?, ?> other && same(map, other);
      case ConformanceCase.TypeName type ->
          actual instanceof CelType other && type.name().equals(name(other));
      default -> expected.equals(actual);
    };
  }

  private static boolean same(List<?> expected, Collection<?> actual) {
    Iterator<?> others = actual.iterator();
    return expected.size() == actual.size()
        && expected.stream().allMatch(element -> same(element, others.next()));
  }

  private static boolean same(Map<?, ?> expected, Map<?, ?> actual) {
    return expected.size() == actual.size()
        && expected.entrySet().stream()
            .allMatch(
                entry -> {
                  Object other = actual.get(entry.getKey());
                  return other != null && same(entry.getValue(), other);
                });
  }

  private static String name(CelType type) {
    return switch (TypeNames.ofRuntime(type)) {
      case "timestamp" -> "google.protobuf.Timestamp";
      case "duration" -> "google.protobuf.Duration";
      case String name -> name;
    };
  }

  private record Bindings(Map<String, Object> values) implements Frame.Variables {
    @Override
    public @Nullable Struct object(String name) {
      return null;
    }

    @Override
    public Object derived(String name) {
      Object value = values.get(name);
      if (value == null) {
        throw EvaluationFault.of("fact_missing", "There is no value for " + name + '.');
      }
      return value;
    }

    @Override
    public Object now() {
      return Instant.EPOCH;
    }
  }
}
