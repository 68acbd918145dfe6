package dev.tenet.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// The types of values.
final class RuntimeTypes {

  private RuntimeTypes() {}

  /// {@return the type of the value, itself a value}
  static TypeType of(Object value) {
    return TypeType.create(type(value));
  }

  private static CelType type(Object value) {
    return switch (value) {
      case Long l -> SimpleType.INT;
      case UnsignedLong u -> SimpleType.UINT;
      case Double d -> SimpleType.DOUBLE;
      case Boolean b -> SimpleType.BOOL;
      case String s -> SimpleType.STRING;
      case CelByteString b -> SimpleType.BYTES;
      case Instant i -> SimpleType.TIMESTAMP;
      case Duration d -> SimpleType.DURATION;
      case NullValue n -> SimpleType.NULL_TYPE;
      case Collection<?> list -> ListType.create(SimpleType.DYN);
      case Map<?, ?> map -> MapType.create(SimpleType.DYN, SimpleType.DYN);
      case Optional<?> optional -> OptionalType.create(SimpleType.DYN);
      case Struct struct ->
          StructTypeReference.create(TypeNames.OBJECT_PREFIX + struct.shape().path());
      case CelType type -> TypeType.create(SimpleType.DYN);
      default -> SimpleType.DYN;
    };
  }

  /// {@return how people name the type of the value}
  static String name(Object value) {
    return TypeNames.ofRuntime(of(value));
  }
}
