package dev.tenet.cel;

import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.schema.SchemaReader;
import dev.tenet.domain.tenant.Limits;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What in the engine can say whether one condition holds, without the rule set around it.
public final class ConditionExecutors {

  private ConditionExecutors() {}

  /// {@return the condition by the engine's nodes, on each of the facts by their number}
  ///
  /// @param condition in CEL
  /// @param definition the schema as it is written
  /// @param facts as plain JSON values
  public static IntPredicate tree(
      String condition,
      Map<String, ?> definition,
      List<? extends Map<String, ? extends Map<String, Object>>> facts) {
    Schema schema = schema(definition);
    FunctionTable functions =
        new FunctionTable(ExpressionChecker.options(Limits.DEFAULT), List.of());
    SchemaTypes types = new SchemaTypes(schema);
    Checked checked =
        new ExpressionChecker(Limits.DEFAULT, functions)
            .check(
                new ExpressionChecker.Scope(types, Map.of(), Set.of()),
                new SourceText(condition, "expression"));
    if (checked.ast() == null) {
      throw new IllegalStateException(checked.errors().toString());
    }
    TreePlanner.Plan plan = TreePlanner.plan(checked.ast(), functions, types, Set.of());
    FactLayout layout = new FactLayout(schema, Map.of());
    Objects[] objects =
        facts.stream()
            .map(plain -> new Objects(types, facts(layout, plain)))
            .toArray(Objects[]::new);
    Meter meter = new Meter(Limits.DEFAULT.ruleCost(), System.nanoTime() + Long.MAX_VALUE / 2);
    return number -> {
      meter.restart();
      return plan.root().isTrue(new Frame(meter, objects[number], null, plan.locals()));
    };
  }

  private static Schema schema(Map<String, ?> definition) {
    return switch (SchemaReader.read(definition)) {
      case SchemaReader.Reading.Valid(var schema) -> schema;
      case SchemaReader.Reading.Invalid(var diagnostics) ->
          throw new IllegalStateException(diagnostics.getFirst().line());
    };
  }

  private static Facts facts(FactLayout layout, Map<String, ?> plain) {
    return switch (FactReader.read(layout, plain, Location.root())) {
      case FactReader.Reading.Valid(var facts) -> facts;
      case FactReader.Reading.Invalid(var diagnostics) ->
          throw new IllegalStateException(diagnostics.getFirst().line());
    };
  }

  private static final class Objects implements Frame.Variables {

    private final Map<String, Struct> byName = new HashMap<>();

    Objects(SchemaTypes types, Facts facts) {
      for (String name : types.objects()) {
        facts
            .layout()
            .object(name)
            .ifPresent(layout -> byName.put(name, Struct.of(types.shape(name), facts, layout)));
      }
    }

    @Override
    public @Nullable Struct object(String name) {
      return byName.get(name);
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
}
