package dev.tenet.cel;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.TypeType;
import java.util.regex.Pattern;

/// How people read types.
final class TypeNames {

  /// Begins the internal name of an object's type, so that no expression can spell it.
  static final String OBJECT_PREFIX = "@";

  private static final Pattern TYPE_VARIABLE = Pattern.compile("\\b_var[0-9]+\\b");

  private TypeNames() {}

  /// {@return the type as CEL spells it, an object by its path in the schema}
  static String of(CelType type) {
    return switch (type) {
      case NullableType nullable -> of(nullable.targetType());
      case ListType list -> "list(" + of(list.elemType()) + ')';
      case MapType map -> "map(" + of(map.keyType()) + ", " + of(map.valueType()) + ')';
      case OptionalType optional -> "optional(" + of(optional.parameters().get(0)) + ')';
      case TypeType outer -> "type";
      default -> simple(type);
    };
  }

  private static String simple(CelType type) {
    return switch (type.kind()) {
      case TIMESTAMP -> "timestamp";
      case DURATION -> "duration";
      case NULL_TYPE -> "null";
      case DYN, ANY, TYPE_PARAM, ERROR -> "dyn";
      case STRUCT -> withoutPrefix(type.name());
      default -> type.name();
    };
  }

  /// {@return the name of a type that is a value}
  static String ofRuntime(CelType type) {
    if (!(type instanceof TypeType outer)) {
      return simple(type);
    }
    CelType inner = outer.type();
    return switch (inner.kind()) {
      case LIST -> "list";
      case MAP -> "map";
      case TYPE -> "type";
      case OPAQUE -> inner instanceof OptionalType ? "optional_type" : inner.name();
      case NULL_TYPE -> "null_type";
      default -> simple(inner);
    };
  }

  /// {@return a type as the checker formats it, as people read it}
  static String ofMessage(String formatted) {
    return TYPE_VARIABLE
        .matcher(withoutPrefix(formatted))
        .replaceAll("dyn")
        .replace("google.protobuf.Timestamp", "timestamp")
        .replace("google.protobuf.Duration", "duration")
        .replace("optional_type(", "optional(")
        .replace("*error*", "dyn")
        .replace("null_type", "null");
  }

  static boolean isOptional(CelType type) {
    return type instanceof OptionalType;
  }

  static boolean isObject(CelType type) {
    return type.kind() == CelKind.STRUCT;
  }

  private static String withoutPrefix(String name) {
    return name.replace(OBJECT_PREFIX, "");
  }
}
