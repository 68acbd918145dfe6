package dev.tenet.domain.plugin;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.schema.SchemaReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a function of a plugin takes and gives, and how it may be treated.
///
/// @param input the parameters by name; expressions give them in this order
/// @param output the type of the result
/// @param cacheable whether the same input gives the same result for a while, so that a result may be kept
/// @param timeToLive how long a result may be kept; zero when it may not
/// @param timeout how long a call may take
public record FunctionContract(
    FunctionName name,
    FieldType.ObjectOf input,
    FieldType output,
    boolean cacheable,
    Duration timeToLive,
    Duration timeout) {

  public FunctionContract {
    requireNonNull(name);
    requireNonNull(input);
    requireNonNull(output);
    requireNonNull(timeToLive);
    requireNonNull(timeout);
  }

  /// {@return the parameters in their order}
  public List<Field> parameters() {
    return List.copyOf(input.fields().values());
  }

  /// {@return how the function is called, such as `plugin.pricing.tax.rate(string) -> float64`}
  public String signature() {
    return "%s(%s) -> %s"
        .formatted(
            name.inExpressions(),
            parameters().stream()
                .map(field -> field.type().describe() + (field.optional() ? "?" : ""))
                .collect(Collectors.joining(", ")),
            output.describe());
  }

  /// {@return input and output as the definition of a schema has them; [#withTypes] reads them}
  public Map<String, Object> types() {
    Map<String, FieldType.ObjectOf> objects = new LinkedHashMap<>();
    objects.put(ContractTypes.INPUT, input);
    objects.put(ContractTypes.OUTPUT, ContractTypes.wrapped(output));
    return new Schema(objects).definition();
  }

  /// {@return a contract with the types that [#types()] gave}
  ///
  /// @throws IllegalArgumentException when they are none
  public static FunctionContract withTypes(
      FunctionName name,
      Map<String, ?> types,
      boolean cacheable,
      Duration timeToLive,
      Duration timeout) {
    Map<String, Object> definition = new LinkedHashMap<>(types);
    definition.remove(ContractTypes.INPUT, Map.of());
    if (!(SchemaReader.read(definition) instanceof SchemaReader.Reading.Valid(var schema))) {
      throw new IllegalArgumentException("not the types of a contract: " + types);
    }
    ContractTypes.Read read = ContractTypes.of(schema);
    return new FunctionContract(name, read.input(), read.output(), cacheable, timeToLive, timeout);
  }
}
