package dev.tenet.cel.index;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conditions that are evaluated, up to 64 at a time.
public interface Residuals {

  /// Evaluates conditions of a block. Those with a fault are added to [Slots#faults].
  ///
  /// @param wanted which ones, as bits
  /// @return those that hold
  long holding(int block, long wanted, Slots slots);

  /// Some conditions of a list, evaluating themselves.
  ///
  /// @param conditions by number; the block is the number divided by 64
  static Residuals of(List<? extends @Nullable Condition> conditions) {
    @Nullable Condition[] byNumber = conditions.toArray(new @Nullable Condition[0]);
    return (block, wanted, slots) -> {
      long holding = 0;
      for (long left = wanted; left != 0; left &= left - 1) {
        Condition condition = byNumber[(block << 6) + Long.numberOfTrailingZeros(left)];
        if (condition != null) {
          holding |= slots.holding(condition, Long.lowestOneBit(left));
        }
      }
      return holding;
    };
  }
}
