package dev.tenet.cel;

import java.util.Optional;

/// The nodes that choose which others run.
final class Logic {

  private Logic() {}

  /// `&&` when it stops at false, `||` when it stops at true. The operand that stops it absorbs a fault of the other.
  static final class Connective extends Node {
    private final Node left;
    private final Node right;
    private final boolean stopper;

    Connective(Site site, Node left, Node right, boolean stopper) {
      super(site);
      this.left = left;
      this.right = right;
      this.stopper = stopper;
    }

    @Override
    Object evaluate(Frame frame) {
      try {
        if (left.isTrue(frame) == stopper) {
          return stopper;
        }
      } catch (EvaluationFault fault) {
        if (fault.isExhausted()) {
          throw fault;
        }
        return rescued(frame, fault);
      }
      return right.isTrue(frame);
    }

    private boolean rescued(Frame frame, EvaluationFault fault) {
      try {
        if (right.isTrue(frame) == stopper) {
          return stopper;
        }
      } catch (EvaluationFault second) {
        throw second.isExhausted() ? second : fault;
      }
      throw fault;
    }
  }

  /// `condition ? yes : no`
  static final class Conditional extends Node {
    private final Node condition;
    private final Node yes;
    private final Node no;

    Conditional(Site site, Node condition, Node yes, Node no) {
      super(site);
      this.condition = condition;
      this.yes = yes;
      this.no = no;
    }

    @Override
    Object evaluate(Frame frame) {
      return condition.isTrue(frame) ? yes.value(frame) : no.value(frame);
    }
  }

  /// Whether a loop goes on: yes, unless its result is certainly false.
  static final class NotStrictlyFalse extends Node {
    private final Node operand;

    NotStrictlyFalse(Site site, Node operand) {
      super(site);
      this.operand = operand;
    }

    @Override
    Object evaluate(Frame frame) {
      try {
        return !Boolean.FALSE.equals(operand.value(frame));
      } catch (EvaluationFault fault) {
        if (fault.isExhausted()) {
          throw fault;
        }
        return true;
      }
    }
  }

  /// `optional.or(other)` and `optional.orValue(other)`
  static final class OptionalOr extends Node {
    private final Node optional;
    private final Node other;
    private final boolean unwrap;

    OptionalOr(Site site, Node optional, Node other, boolean unwrap) {
      super(site);
      this.optional = optional;
      this.other = other;
      this.unwrap = unwrap;
    }

    @Override
    Object evaluate(Frame frame) {
      if (!(optional.value(frame) instanceof Optional<?> present)) {
        throw EvaluationFault.of("no_such_overload", "The value is not optional.");
      }
      if (present.isEmpty()) {
        return other.value(frame);
      }
      return unwrap ? present.get() : present;
    }
  }
}
