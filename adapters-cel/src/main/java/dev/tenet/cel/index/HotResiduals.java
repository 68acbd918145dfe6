package dev.tenet.cel.index;

import dev.tenet.cel.plan.Condition;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Residuals that evaluate themselves at first, and are made into code once they have been evaluated often: code is worth
/// its making only then.
public final class HotResiduals {

  /// After how many decisions code is made. Making it costs about as much as so many evaluations save; measured, see
  /// docs/performance.md.
  public static final int HOT = 2_000;

  /// Makes code of conditions, at leisure.
  @FunctionalInterface
  public interface Compiler {

    /// Makes code and hands it over, now or later, on any thread; or never.
    ///
    /// @param conditions by number, null where there is none
    void compile(List<? extends @Nullable Condition> conditions, Consumer<Residuals> ready);
  }

  private final List<? extends @Nullable Condition> conditions;
  private final Compiler compiler;
  private volatile Residuals current;

  /// How often they were used; may count too few when many threads count at once.
  private int uses;

  /// @param conditions by number, null where there is none
  HotResiduals(List<? extends @Nullable Condition> conditions, Compiler compiler) {
    this.conditions = conditions;
    this.compiler = compiler;
    this.current = Residuals.of(conditions);
  }

  Residuals current() {
    return current;
  }

  /// Counts a use.
  void used() {
    if (uses < HOT && ++uses == HOT) {
      compiler.compile(conditions, code -> current = code);
    }
  }
}
