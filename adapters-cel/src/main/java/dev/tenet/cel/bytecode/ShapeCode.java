package dev.tenet.cel.bytecode;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import org.jspecify.annotations.Nullable;

/// The code of a shape. What it is made into extends this.
abstract class ShapeCode {

  /// Evaluates conditions of the shape.
  ///
  /// @param wanted which ones, as bits
  /// @param members the bits of all conditions of the shape in the block, in the order of their literals
  /// @param first the number among the literals of the first of them
  /// @param literals of all conditions of the shape
  /// @return those that hold; those with a fault are added to [Slots#faults]
  abstract long holding(long wanted, long members, int first, Literals literals, Slots slots);

  /// The literals of conditions of one shape, one condition after the other.
  static final class Literals {
    /// The integers.
    final long[] integers;

    /// The floating-point numbers.
    final double[] reals;

    /// Everything else.
    final @Nullable Object[] objects;

    /// The conditions themselves.
    final Condition[] conditions;

    Literals(long[] integers, double[] reals, @Nullable Object[] objects, Condition[] conditions) {
      this.integers = integers;
      this.reals = reals;
      this.objects = objects;
      this.conditions = conditions;
    }
  }
}
