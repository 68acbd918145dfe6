package dev.tenet.cel.index;

import dev.tenet.cel.plan.Condition;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes code of residuals, at leisure.
@FunctionalInterface
public interface ResidualCompiler {

  /// After how many decisions code is made of residuals. Making the code of a shape takes 0.4 to 1 milliseconds, and the JVM
  /// still longer to compile it; code saves 4 to 11 nanoseconds for each condition (BreakEvenBenchmark), so that a hundred
  /// conditions of a shape have paid for it after 2,000 decisions more.
  int HOT = 2_000;

  /// Makes code and hands it over, now or later, on any thread; or never.
  ///
  /// @param conditions by number, null where there is none
  void compile(List<? extends @Nullable Condition> conditions, Consumer<Residuals> ready);
}
