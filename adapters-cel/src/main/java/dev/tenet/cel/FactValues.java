package dev.tenet.cel;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.tenet.domain.evaluation.Bytes;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the plain values of facts and of extensions into the values that expressions work on.
///
/// These are `Long`, `UnsignedLong`, `Double`, `Boolean`, `String`, [CelByteString], `Instant`, `Duration`, `List`, `Map`,
/// [Struct], `Optional`, a `CelType` for a type, and [NullValue].
final class FactValues {

  private static final int DEEPEST = 500;

  private FactValues() {}

  /// {@return the value as expressions see it}
  ///
  /// @param owner the object in whose field the value stands
  static Object adapt(@Nullable Object raw, FieldType type, StructShape owner, String field) {
    return switch (type) {
      case FieldType.ObjectOf object ->
          raw instanceof Map<?, ?> map ? Struct.of(owner.nested(field), map) : adapt(raw);
      case FieldType.ListOf(var element)
          when holdsObjects(element) && raw instanceof List<?> list ->
          list.stream().map(item -> adapt(item, element, owner, field)).toList();
      case FieldType.MapOf(var element)
          when holdsObjects(element) && raw instanceof Map<?, ?> map -> {
        Map<Object, Object> adapted = new LinkedHashMap<>();
        map.forEach((key, item) -> adapted.put(key, adapt(item, element, owner, field)));
        yield adapted;
      }
      case FieldType.ListOf(var element) when needsNoAdapting(element) && raw != null -> raw;
      default -> adapt(raw);
    };
  }

  private static boolean holdsObjects(FieldType type) {
    return !StructShape.innermost(type).isEmpty();
  }

  private static boolean needsNoAdapting(FieldType type) {
    return type instanceof FieldType.EnumOf
        || (type instanceof FieldType.Scalar && type != FieldType.Scalar.BYTES);
  }

  /// {@return a plain value as expressions see it}
  static Object adapt(@Nullable Object raw) {
    return adapt(raw, 0);
  }

  private static Object adapt(@Nullable Object raw, int depth) {
    if (depth > DEEPEST) {
      throw EvaluationFault.exhausted("result_too_large", "A value nests too deeply.");
    }
    return switch (raw) {
      case null -> NullValue.NULL_VALUE;
      case Bytes bytes -> CelByteString.of(bytes.toByteArray());
      case Integer number -> number.longValue();
      case Float number -> number.doubleValue();
      case List<?> list -> {
        List<Object> adapted = new ArrayList<>(list.size());
        for (Object item : list) {
          adapted.add(adapt(item, depth + 1));
        }
        yield adapted;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> adapted = new LinkedHashMap<>();
        map.forEach((key, item) -> adapted.put(key, adapt(item, depth + 1)));
        yield adapted;
      }
      default -> raw;
    };
  }
}
