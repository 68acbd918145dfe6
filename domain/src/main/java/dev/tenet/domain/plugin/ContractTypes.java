package dev.tenet.domain.plugin;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.schema.SchemaReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the types of a contract: those of schemas, and names of types that the manifest defines.
///
/// A name stands wherever a schema has a type: `Invoice`, `Invoice?`, `list<Invoice>`, `map<string,Invoice>`. It is replaced by
/// what it stands for before the schema's own reader reads it.
final class ContractTypes {

  static final String INPUT = "input";
  static final String OUTPUT = "output";
  static final String VALUE = "value";

  private static final int DEEPEST = 20;
  private static final String LIST = "list<";
  private static final String MAP = "map<string,";

  private final Map<String, Object> named;

  /// @param named what the names stand for, as plain JSON values
  ContractTypes(Map<String, Object> named) {
    this.named = Map.copyOf(named);
  }

  /// Input and output of one function.
  record Read(FieldType.ObjectOf input, FieldType output) {}

  /// {@return the types, or null after reporting what is wrong with them}
  ///
  /// @param input parameters by name, as plain JSON values
  /// @param place what the faults are said to be in
  @Nullable Read read(
      Map<String, ?> input, @Nullable Object output, String place, List<Diagnostic> faults) {
    Map<String, Object> definition = new LinkedHashMap<>();
    try {
      if (!input.isEmpty()) {
        definition.put(INPUT, resolved(input, 0));
      }
      Map<String, @Nullable Object> value = new LinkedHashMap<>();
      value.put(VALUE, resolved(output, 0));
      definition.put(OUTPUT, value);
    } catch (EndlessType endless) {
      faults.add(
          Diagnostic.error(
              "contract_type_endless",
              Location.field(place),
              "The types of %s nest deeper than %d levels, or contain themselves."
                  .formatted(place, DEEPEST)));
      return null;
    }
    return switch (SchemaReader.read(definition)) {
      case SchemaReader.Reading.Valid(var schema) -> of(schema);
      case SchemaReader.Reading.Invalid(var diagnostics) -> {
        diagnostics.forEach(
            fault ->
                faults.add(
                    fault.at(Location.field(place + '.' + plainly(fault.location().describe())))));
        yield null;
      }
    };
  }

  /// The output is wrapped into an object for the reader.
  private static String plainly(String path) {
    return path.startsWith(OUTPUT + '.' + VALUE)
        ? OUTPUT + path.substring(OUTPUT.length() + 1 + VALUE.length())
        : path;
  }

  /// {@return the types that [FunctionContract#types()] wrote}
  static Read of(Schema schema) {
    FieldType.ObjectOf input =
        schema.objects().getOrDefault(INPUT, new FieldType.ObjectOf(Map.of()));
    FieldType output =
        schema
            .objects()
            .getOrDefault(OUTPUT, wrapped(new FieldType.Dyn()))
            .fields()
            .values()
            .stream()
            .findFirst()
            .map(Field::type)
            .orElseGet(FieldType.Dyn::new);
    return new Read(input, output);
  }

  /// {@return an object that holds a value of the type}
  static FieldType.ObjectOf wrapped(FieldType type) {
    return new FieldType.ObjectOf(Map.of(VALUE, new Field(VALUE, type, false, "", false)));
  }

  private @Nullable Object resolved(@Nullable Object type, int depth) {
    if (depth > DEEPEST) {
      throw new EndlessType();
    }
    return switch (type) {
      case String spelling -> spelled(spelling, depth);
      case Map<?, ?> map when map.containsKey("enum") -> map;
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach(
            (name, value) ->
                members.put(
                    (String) name,
                    name.equals("description") ? value : resolved(value, depth + 1)));
        yield members;
      }
      case List<?> list -> {
        List<@Nullable Object> elements = new ArrayList<>();
        list.forEach(element -> elements.add(element));
        yield elements;
      }
      case null, default -> type;
    };
  }

  private Object spelled(String spelling, int depth) {
    if (spelling.endsWith("?") && named.containsKey(spelling.substring(0, spelling.length() - 1))) {
      Map<String, Object> optional = new LinkedHashMap<>();
      optional.put("type", spelled(spelling.substring(0, spelling.length() - 1), depth + 1));
      optional.put("optional", true);
      return optional;
    }
    if (named.containsKey(spelling)) {
      Object meaning = resolved(named.get(spelling), depth + 1);
      return meaning == null ? spelling : meaning;
    }
    if (spelling.startsWith(LIST) && spelling.endsWith(">")) {
      return element("list", spelling, LIST, depth);
    }
    return spelling.startsWith(MAP) && spelling.endsWith(">")
        ? element("map", spelling, MAP, depth)
        : spelling;
  }

  private Object element(String kind, String spelling, String prefix, int depth) {
    String inner = spelling.substring(prefix.length(), spelling.length() - 1);
    Object element = spelled(inner, depth + 1);
    return element.equals(inner) ? spelling : Map.of(kind, element);
  }

  private static final class EndlessType extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EndlessType() {
      super(null, null, false, false);
    }
  }
}
