package dev.tenet.cel.index;

import dev.tenet.cel.plan.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Residuals that evaluate themselves at first, and are made into code once they have been evaluated often: code is worth
/// its making only then.
final class HotResiduals {

  private final List<? extends @Nullable Condition> conditions;
  private final ResidualCompiler compiler;
  private volatile Residuals current;

  /// How often they were used; may count too few when many threads count at once.
  private int uses;

  /// @param conditions by number, null where there is none
  HotResiduals(List<? extends @Nullable Condition> conditions, ResidualCompiler compiler) {
    this.conditions = conditions;
    this.compiler = compiler;
    this.current = Residuals.of(conditions);
  }

  Residuals current() {
    return current;
  }

  /// {@return whether they were used so often that code is made of them, if they can be}
  boolean isHot() {
    return uses >= ResidualCompiler.HOT;
  }

  /// Counts a use.
  void used() {
    if (uses < ResidualCompiler.HOT && ++uses == ResidualCompiler.HOT) {
      compiler.compile(conditions, code -> current = code);
    }
  }
}
