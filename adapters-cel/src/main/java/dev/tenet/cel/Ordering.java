package dev.tenet.cel;

import com.google.common.primitives.UnsignedLong;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// The order of numbers across their types. A number is compared with a double as a double; NaN is neither less than,
/// equal to nor greater than anything. cel-java's own order has NaN as the greatest and tells -0.0 from 0.
final class Ordering {

  /// What comparing with NaN gives.
  static final int UNORDERED = 2;

  private static final Map<String, Class<? extends Number>> TYPES =
      Map.of("int64", Long.class, "uint64", UnsignedLong.class, "double", Double.class);
  private static final Map<String, IntPredicate> RELATIONS =
      Map.of(
          "less", order -> order == -1,
          "less_equals", order -> order == -1 || order == 0,
          "greater", order -> order == 1,
          "greater_equals", order -> order == 1 || order == 0);
  private static final double TWO_TO_64 = 0x1p64;

  private Ordering() {}

  /// {@return -1, 0 or 1, or [#UNORDERED]}
  static int compare(Number a, Number b) {
    if (a instanceof Double || b instanceof Double) {
      double x = toDouble(a);
      double y = toDouble(b);
      return x < y ? -1 : x > y ? 1 : x == y ? 0 : UNORDERED;
    }
    boolean hugeA = a instanceof UnsignedLong && a.longValue() < 0;
    boolean hugeB = b instanceof UnsignedLong && b.longValue() < 0;
    return hugeA == hugeB ? Long.compare(a.longValue(), b.longValue()) : hugeA ? 1 : -1;
  }

  private static double toDouble(Number number) {
    boolean huge = number instanceof UnsignedLong && number.longValue() < 0;
    return huge ? number.longValue() + TWO_TO_64 : number.doubleValue();
  }

  /// {@return the forms of `<`, `<=`, `>` and `>=` for numbers}
  static List<Overload> overloads() {
    List<Overload> overloads = new ArrayList<>();
    RELATIONS.forEach(
        (relation, holds) ->
            TYPES.forEach(
                (left, leftClass) ->
                    TYPES.forEach(
                        (right, rightClass) -> {
                          String types = left.equals(right) ? left : left + '_' + right;
                          overloads.add(
                              new Overload(
                                  relation + '_' + types,
                                  List.of(leftClass, rightClass),
                                  (values, meter) -> {},
                                  (values, meter) ->
                                      holds.test(compare((Number) values[0], (Number) values[1]))));
                        })));
    return overloads;
  }
}
