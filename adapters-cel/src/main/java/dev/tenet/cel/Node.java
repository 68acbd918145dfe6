package dev.tenet.cel;

/// A sub-expression, ready to run. Immutable and safe for use by many threads.
abstract class Node {

  private final long id;
  private final boolean recorded;

  Node(Site site) {
    this.id = site.id();
    this.recorded = site.recorded();
  }

  /// Where a node stands.
  ///
  /// @param id that of the expression in the syntax tree
  /// @param recorded whether a trace shows it
  record Site(long id, boolean recorded) {}

  /// {@return the value}
  ///
  /// @throws EvaluationFault when there is none
  final Object value(Frame frame) {
    frame.meter().charge(1);
    Recorder recorder = frame.recorder();
    if (recorder == null || !recorded) {
      return evaluate(frame);
    }
    try {
      Object value = evaluate(frame);
      recorder.record(id, value);
      return value;
    } catch (EvaluationFault fault) {
      recorder.record(id, fault);
      throw fault;
    }
  }

  abstract Object evaluate(Frame frame);

  /// {@return the boolean value}
  final boolean isTrue(Frame frame) {
    if (value(frame) instanceof Boolean truth) {
      return truth;
    }
    throw EvaluationFault.of("no_such_overload", "A condition must be true or false.");
  }
}
