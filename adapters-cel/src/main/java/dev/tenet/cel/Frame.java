package dev.tenet.cel;

import org.jspecify.annotations.Nullable;

/// One evaluation of one expression: its budget, its variables and, when wanted, its record.
final class Frame {

  private final Meter meter;
  private final Variables variables;
  private final @Nullable Recorder recorder;
  private final @Nullable Object[] locals;

  Frame(Meter meter, Variables variables, @Nullable Recorder recorder, int locals) {
    this.meter = meter;
    this.variables = variables;
    this.recorder = recorder;
    this.locals = new @Nullable Object[locals];
  }

  /// The variables of a decision.
  interface Variables {

    /// {@return the object of the facts, or null when it is missing}
    @Nullable Struct object(String name);

    /// {@return the value of the derived field}
    ///
    /// @throws EvaluationFault when it cannot be computed
    Object derived(String name);

    /// {@return the moment of the decision}
    Object now();
  }

  Meter meter() {
    return meter;
  }

  Variables variables() {
    return variables;
  }

  @Nullable Recorder recorder() {
    return recorder;
  }

  void set(int slot, @Nullable Object value) {
    locals[slot] = value;
  }

  @Nullable Object get(int slot) {
    return locals[slot];
  }
}
