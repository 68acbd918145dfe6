package dev.tenet.cel.index;

import dev.tenet.cel.plan.Condition;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes code of residuals, at leisure.
@FunctionalInterface
public interface ResidualCompiler {

  /// After how many decisions code is made of residuals: it is slower than conditions that evaluate themselves until the JVM
  /// has compiled it, too. Measured, see docs/performance.md.
  int HOT = 2_000;

  /// Makes code and hands it over, now or later, on any thread; or never.
  ///
  /// @param conditions by number, null where there is none
  void compile(List<? extends @Nullable Condition> conditions, Consumer<Residuals> ready);
}
