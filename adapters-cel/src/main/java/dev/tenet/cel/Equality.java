package dev.tenet.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.TypeType;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// CEL's equality: numbers are equal across their types, and values of different kinds are different. Charges for what
/// it compares.
final class Equality {

  private static final double TWO_TO_63 = 0x1p63;
  private static final double TWO_TO_64 = 0x1p64;

  private Equality() {}

  static boolean equal(Object a, Object b, Meter meter) {
    meter.charge(1);
    if (a instanceof Number x && b instanceof Number y) {
      return numbers(x, y);
    }
    return switch (a) {
      case Collection<?> x when b instanceof Collection<?> y -> lists(x, y, meter);
      case Map<?, ?> x when b instanceof Map<?, ?> y -> maps(x, y, meter);
      case Struct x when b instanceof Struct y ->
          x.shape().equals(y.shape()) && maps(x.present(), y.present(), meter);
      case Optional<?> x when b instanceof Optional<?> y ->
          x.isPresent() == y.isPresent() && (x.isEmpty() || equal(x.get(), y.orElseThrow(), meter));
      case CelType x when b instanceof CelType y -> erased(x).equals(erased(y));
      default -> {
        meter.charge(Math.min(Meter.textWeight(a), Meter.textWeight(b)));
        yield a.equals(b);
      }
    };
  }

  private static boolean lists(Collection<?> x, Collection<?> y, Meter meter) {
    if (x.size() != y.size()) {
      return false;
    }
    Iterator<?> others = y.iterator();
    for (Object element : x) {
      if (!equal(element, others.next(), meter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean maps(Map<?, ?> x, Map<?, ?> y, Meter meter) {
    if (x.size() != y.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : x.entrySet()) {
      Object other = find(y, entry.getKey());
      if (other == null || !equal(entry.getValue(), other, meter)) {
        return false;
      }
    }
    return true;
  }

  /// {@return the value of the key, where numbers are the same key across their types, or null}
  static @Nullable Object find(Map<?, ?> map, Object key) {
    Object value = map.get(key);
    if (value != null || !(key instanceof Number number)) {
      return value;
    }
    if (!(number instanceof Long) && isLong(number)) {
      value = map.get(asLong(number));
    }
    if (value == null && !(number instanceof UnsignedLong) && isUnsigned(number)) {
      value = map.get(UnsignedLong.fromLongBits(unsignedBits(number)));
    }
    return value;
  }

  static boolean contains(List<?> list, Object value, Meter meter) {
    for (Object element : list) {
      if (equal(element, value, meter)) {
        return true;
      }
    }
    return false;
  }

  static boolean numbers(Number x, Number y) {
    return Ordering.compare(x, y) == 0;
  }

  /// {@return a key under which exactly the equal scalars are the same}
  static Object canonical(Object scalar) {
    if (scalar instanceof Number number) {
      if (isLong(number)) {
        return asLong(number);
      }
      if (isUnsigned(number)) {
        return UnsignedLong.fromLongBits(unsignedBits(number));
      }
      return number instanceof Double d && d.isNaN() ? new Object() : number;
    }
    return scalar;
  }

  private static boolean isLong(Number number) {
    return switch (number) {
      case Long l -> true;
      case UnsignedLong u -> u.longValue() >= 0;
      default -> {
        double d = number.doubleValue();
        yield d == Math.rint(d) && d >= -TWO_TO_63 && d < TWO_TO_63;
      }
    };
  }

  private static long asLong(Number number) {
    return number instanceof Double d ? (long) d.doubleValue() : number.longValue();
  }

  private static boolean isUnsigned(Number number) {
    return switch (number) {
      case Long l -> l >= 0;
      case UnsignedLong u -> true;
      default -> {
        double d = number.doubleValue();
        yield d == Math.rint(d) && d >= 0 && d < TWO_TO_64;
      }
    };
  }

  private static long unsignedBits(Number number) {
    if (number instanceof Double d) {
      return d < TWO_TO_63 ? (long) d.doubleValue() : (long) (d - TWO_TO_64);
    }
    return number.longValue();
  }

  /// Types are compared without their parameters, as CEL has it.
  private static Object erased(CelType type) {
    return switch (type) {
      case TypeType outer when outer.type() instanceof TypeType -> "type";
      case TypeType outer -> erased(outer.type());
      case ListType list -> "list";
      case MapType map -> "map";
      case OptionalType optional -> "optional_type";
      default -> type.name();
    };
  }
}
