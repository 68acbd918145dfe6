package dev.tenet.benchmark.contestant;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.common.values.StructValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// cel-java with its planner, over the types of a schema.
final class Planner {

  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

  private final ImmutableMap<String, StructType> types;
  private final CelCompiler compiler;
  private final CelRuntime runtime;

  /// @param schema as it is written: the types of fields by object and field
  Planner(Map<String, Map<String, String>> schema) {
    this.types =
        schema.entrySet().stream()
            .collect(
                ImmutableMap.toImmutableMap(
                    object -> typeName(object.getKey()),
                    object -> type(object.getKey(), object.getValue())));
    CelTypeProvider provider = new Types(ImmutableMap.copyOf(types));
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(provider);
    schema
        .keySet()
        .forEach(object -> builder.addVar(object, StructTypeReference.create(typeName(object))));
    this.compiler = builder.build();
    this.runtime = CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();
  }

  private static String typeName(String object) {
    return "benchmark." + object;
  }

  private static StructType type(String object, Map<String, String> fields) {
    ImmutableMap<String, CelType> byName =
        fields.entrySet().stream()
            .collect(
                ImmutableMap.toImmutableMap(Map.Entry::getKey, field -> type(field.getValue())));
    return StructType.create(
        typeName(object), byName.keySet(), field -> Optional.ofNullable(byName.get(field)));
  }

  private static CelType type(String written) {
    return switch (written) {
      case "int" -> SimpleType.INT;
      case "float64" -> SimpleType.DOUBLE;
      case "string" -> SimpleType.STRING;
      case "bool" -> SimpleType.BOOL;
      case "list<float64>" -> ListType.create(SimpleType.DOUBLE);
      default -> throw new IllegalArgumentException("no type of a benchmark's schema: " + written);
    };
  }

  /// {@return the expression, ready to run}
  CelRuntime.Program program(String expression) {
    try {
      return runtime.createProgram(compiler.compile(expression).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException(expression, e);
    }
  }

  /// {@return whether the condition holds}
  static boolean holds(CelRuntime.Program program, Map<String, ?> facts) {
    try {
      return (boolean) program.eval(facts);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// {@return whether the condition holds}
  static boolean holds(CelRuntime.Program program, CelVariableResolver facts) {
    try {
      return (boolean) program.eval(facts);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// {@return the facts as values that the planner takes as they are}
  ///
  /// @param facts by object and field
  CelVariableResolver structs(Map<String, Map<String, Object>> facts) {
    Map<String, Optional<Object>> objects = new HashMap<>();
    facts.forEach(
        (object, fields) ->
            objects.put(object, Optional.of(new Struct(structType(object), frozen(fields)))));
    return name -> objects.getOrDefault(name, Optional.empty());
  }

  private StructType structType(String object) {
    StructType type = types.get(typeName(object));
    if (type == null) {
      throw new IllegalArgumentException("no object of the schema: " + object);
    }
    return type;
  }

  private static Map<String, Object> frozen(Map<String, Object> fields) {
    Map<String, Object> frozen = new HashMap<>();
    fields.forEach(
        (name, value) ->
            frozen.put(name, value instanceof List<?> list ? ImmutableList.copyOf(list) : value));
    return frozen;
  }

  @SuppressWarnings("Immutable") // the types are
  private record Types(ImmutableMap<String, CelType> byName) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return byName.values();
    }

    @Override
    public Optional<CelType> findType(String typeName) {
      return Optional.ofNullable(byName.get(typeName));
    }
  }

  @SuppressWarnings("Immutable") // nobody changes the fields
  private static final class Struct extends StructValue<String, Map<String, Object>> {

    private final StructType type;
    private final Map<String, Object> fields;

    Struct(StructType type, Map<String, Object> fields) {
      this.type = type;
      this.fields = fields;
    }

    @Override
    public Object select(String field) {
      Object value = fields.get(field);
      if (value == null) {
        throw new NoSuchElementException(field);
      }
      return value;
    }

    @Override
    public Optional<Object> find(String field) {
      return Optional.ofNullable(fields.get(field));
    }

    @Override
    public Map<String, Object> value() {
      return fields;
    }

    @Override
    public boolean isZeroValue() {
      return fields.isEmpty();
    }

    @Override
    public CelType celType() {
      return type;
    }
  }
}
