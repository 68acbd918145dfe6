package dev.tenet.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One case of CEL's conformance suite.
///
/// @param name of the file, the section and the test, with slashes between them
/// @param unchecked whether the suite evaluates the expression without checking its types
/// @param checkOnly whether it is checked and not evaluated
/// @param variables the types of the variables; `dyn` for one that has only a value
/// @param bindings the values of the variables
/// @param expected the value, where one is expected; neither value nor type means that evaluating fails
/// @param type of the result, where one is expected
record ConformanceCase(
    String name,
    String expression,
    boolean unchecked,
    boolean checkOnly,
    Map<String, CelType> variables,
    Map<String, Object> bindings,
    Optional<Object> expected,
    Optional<CelType> type) {

  /// What only a protobuf message can be; equal to nothing that Tenet has.
  record ProtobufMessage(TextProto.Message fields) {}

  /// A type as a value, by its name.
  record TypeName(String name) {}

  /// {@return the name of the file and the section}
  String section() {
    return name.substring(0, name.indexOf('/', name.indexOf('/') + 1));
  }

  static List<ConformanceCase> of(TextProto.Message file) {
    List<ConformanceCase> cases = new ArrayList<>();
    for (TextProto.Message section : file.all("section")) {
      for (TextProto.Message test : section.all("test")) {
        cases.add(
            of(file.text("name") + '/' + section.text("name") + '/' + test.text("name"), test));
      }
    }
    return cases;
  }

  private static ConformanceCase of(String name, TextProto.Message test) {
    Map<String, CelType> variables = new HashMap<>();
    Map<String, Object> bindings = new HashMap<>();
    for (TextProto.Message binding : test.all("bindings")) {
      variables.put(binding.text("key"), SimpleType.DYN);
      binding
          .message("value")
          .flatMap(value -> value.message("value"))
          .ifPresent(value -> bindings.put(binding.text("key"), value(value)));
    }
    for (TextProto.Message declaration : test.all("type_env")) {
      declaration
          .message("ident")
          .flatMap(identifier -> identifier.message("type"))
          .ifPresent(type -> variables.put(declaration.text("name"), type(type)));
    }
    Optional<TextProto.Message> typed = test.message("typed_result");
    Optional<Object> expected =
        test.message("value")
            .or(() -> typed.flatMap(result -> result.message("result")))
            .map(ConformanceCase::value);
    boolean unspecified = expected.isEmpty() && test.message("eval_error").isEmpty();
    boolean checkOnly = test.isTrue("check_only");
    return new ConformanceCase(
        name,
        test.text("expr"),
        test.isTrue("disable_check"),
        checkOnly,
        variables,
        bindings,
        unspecified && !checkOnly ? Optional.of(true) : expected,
        typed.flatMap(result -> result.message("deduced_type")).map(ConformanceCase::type));
  }

  private static Object value(TextProto.Message message) {
    TextProto.Field field = message.fields().getFirst();
    return switch (field.value()) {
      case TextProto.Message inner -> composite(field.name(), inner);
      case TextProto.Scalar scalar -> scalar(field.name(), scalar);
    };
  }

  private static Object scalar(String kind, TextProto.Scalar scalar) {
    String text = scalar.text();
    return switch (kind) {
      case "null_value" -> NullValue.NULL_VALUE;
      case "bool_value" -> Boolean.valueOf(text);
      case "int64_value" -> Long.decode(text);
      case "uint64_value" -> UnsignedLong.valueOf(text);
      case "double_value" -> number(text);
      case "string_value" -> text;
      case "bytes_value" -> CelByteString.of(scalar.bytes().toByteArray());
      case "type_value" -> new TypeName(text);
      default -> throw new IllegalArgumentException("no such kind of value: " + kind);
    };
  }

  private static double number(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private static Object composite(String kind, TextProto.Message message) {
    return switch (kind) {
      case "list_value" -> message.all("values").stream().map(ConformanceCase::value).toList();
      case "map_value" -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (TextProto.Message entry : message.all("entries")) {
          map.put(
              value(entry.message("key").orElseThrow()),
              value(entry.message("value").orElseThrow()));
        }
        yield map;
      }
      case "object_value" -> object(message);
      default -> new ProtobufMessage(message);
    };
  }

  private static Object object(TextProto.Message any) {
    TextProto.Field content = any.fields().getFirst();
    if (!(content.value() instanceof TextProto.Message fields)) {
      return new ProtobufMessage(any);
    }
    long seconds = number(fields, "seconds");
    long nanos = number(fields, "nanos");
    return switch (content.name()) {
      case "[type.googleapis.com/google.protobuf.Timestamp]" ->
          Instant.ofEpochSecond(seconds, nanos);
      case "[type.googleapis.com/google.protobuf.Duration]" -> Duration.ofSeconds(seconds, nanos);
      default -> new ProtobufMessage(any);
    };
  }

  private static long number(TextProto.Message message, String field) {
    String text = message.text(field);
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private static CelType type(TextProto.Message message) {
    TextProto.Field field = message.fields().getFirst();
    return switch (field.value()) {
      case TextProto.Scalar scalar ->
          switch (field.name()) {
            case "type_param" -> TypeParamType.create(scalar.text());
            case "wrapper" -> NullableType.create(named(scalar.text()));
            default -> named(scalar.text());
          };
      case TextProto.Message inner -> parameterised(field.name(), inner);
    };
  }

  private static CelType named(String name) {
    return switch (name) {
      case "BOOL" -> SimpleType.BOOL;
      case "INT64" -> SimpleType.INT;
      case "UINT64" -> SimpleType.UINT;
      case "DOUBLE" -> SimpleType.DOUBLE;
      case "STRING" -> SimpleType.STRING;
      case "BYTES" -> SimpleType.BYTES;
      case "NULL_VALUE" -> SimpleType.NULL_TYPE;
      case "TIMESTAMP" -> SimpleType.TIMESTAMP;
      case "DURATION" -> SimpleType.DURATION;
      case "ANY" -> SimpleType.ANY;
      default -> StructTypeReference.create(name);
    };
  }

  private static CelType parameterised(String kind, TextProto.Message message) {
    return switch (kind) {
      case "dyn" -> SimpleType.DYN;
      case "list_type" -> ListType.create(type(message, "elem_type"));
      case "map_type" -> MapType.create(type(message, "key_type"), type(message, "value_type"));
      case "type" -> TypeType.create(message.fields().isEmpty() ? SimpleType.DYN : type(message));
      case "abstract_type" -> {
        CelType[] parameters =
            message.all("parameter_types").stream()
                .map(ConformanceCase::type)
                .toArray(CelType[]::new);
        yield message.text("name").equals(OptionalType.NAME)
            ? OptionalType.create(parameters[0])
            : OpaqueType.create(message.text("name"), parameters);
      }
      default -> throw new IllegalArgumentException("no such kind of type: " + kind);
    };
  }

  private static CelType type(TextProto.Message message, String field) {
    return type(message.message(field).orElseThrow());
  }
}
