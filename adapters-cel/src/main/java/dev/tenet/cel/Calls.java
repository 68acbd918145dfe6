package dev.tenet.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.common.CelException;
import dev.cel.common.exceptions.CelRuntimeException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The nodes that call functions and operators.
final class Calls {

  private Calls() {}

  /// A call of a function with one or several candidates, told apart by the values.
  static final class Call extends Node {
    private final String name;
    private final List<Overload> candidates;
    private final List<Node> arguments;

    /// @param name as people know the function
    Call(Site site, String name, List<Overload> candidates, List<Node> arguments) {
      super(site);
      this.name = name;
      this.candidates = List.copyOf(candidates);
      this.arguments = List.copyOf(arguments);
    }

    @Override
    Object evaluate(Frame frame) {
      Object[] values = new Object[arguments.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = arguments.get(i).value(frame);
      }
      for (Overload candidate : candidates) {
        if (candidate.accepts(values)) {
          return called(candidate, values, frame.meter());
        }
      }
      throw noSuchOverload(name, values);
    }

    private Object called(Overload overload, Object[] values, Meter meter) {
      overload.cost().charge(values, meter);
      try {
        return overload.body().call(values, meter);
      } catch (EvaluationFault fault) {
        throw fault;
      } catch (CelRuntimeException failure) {
        throw failed(name, failure.getErrorCode());
      } catch (CelException failure) {
        throw failed(name, failure.getErrorCode());
      } catch (ArithmeticException failure) {
        throw failed(name, CelErrorCode.NUMERIC_OVERFLOW);
      } catch (IllegalArgumentException
          | IllegalStateException
          | IndexOutOfBoundsException
          | NoSuchElementException
          | DateTimeException failure) {
        boolean arithmetic = name.equals("+") || name.equals("-");
        throw failed(
            name, arithmetic ? CelErrorCode.NUMERIC_OVERFLOW : CelErrorCode.INVALID_ARGUMENT);
      }
    }
  }

  private static EvaluationFault failed(String name, CelErrorCode code) {
    return switch (code) {
      case DIVIDE_BY_ZERO -> EvaluationFault.of("division_by_zero", "A number is divided by zero.");
      case NUMERIC_OVERFLOW ->
          EvaluationFault.of(
              "overflow", "The result of \"%s\" is beyond the range of its type.".formatted(name));
      case INDEX_OUT_OF_BOUNDS ->
          EvaluationFault.of("index_out_of_bounds", "An index is outside the list.");
      case ATTRIBUTE_NOT_FOUND ->
          EvaluationFault.of("key_not_found", "The map does not have the key.");
      case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD ->
          EvaluationFault.of(
              "no_such_overload", "\"%s\" does not take values of these types.".formatted(name));
      default -> EvaluationFault.of("invalid_argument", Requirements.refusal(name));
    };
  }

  static EvaluationFault noSuchOverload(String name, Object[] values) {
    String kinds = String.join(", ", Arrays.stream(values).map(RuntimeTypes::name).toList());
    return EvaluationFault.of(
        "no_such_overload", "\"%s\" does not take (%s).".formatted(name, kinds));
  }

  /// `a == b`, or `a != b`
  static final class Equals extends Node {
    private final Node left;
    private final Node right;
    private final boolean equal;

    Equals(Site site, Node left, Node right, boolean equal) {
      super(site);
      this.left = left;
      this.right = right;
      this.equal = equal;
    }

    @Override
    Object evaluate(Frame frame) {
      Object a = left.value(frame);
      return Equality.equal(a, right.value(frame), frame.meter()) == equal;
    }
  }

  /// `element in range`
  static final class In extends Node {
    private final Node element;
    private final Node range;

    In(Site site, Node element, Node range) {
      super(site);
      this.element = element;
      this.range = range;
    }

    @Override
    Object evaluate(Frame frame) {
      Object value = element.value(frame);
      Object in = range.value(frame);
      return switch (in) {
        case List<?> list -> Equality.contains(list, value, frame.meter());
        case Map<?, ?> map -> Equality.find(map, value) != null;
        default -> throw noSuchOverload("in", new Object[] {value, in});
      };
    }
  }

  /// `operand[index]`, and `operand[?index]` when it is lenient
  static final class Index extends Node {
    private final Node operand;
    private final Node index;
    private final boolean lenient;

    Index(Site site, Node operand, Node index, boolean lenient) {
      super(site);
      this.operand = operand;
      this.index = index;
      this.lenient = lenient;
    }

    @Override
    Object evaluate(Frame frame) {
      Object on = operand.value(frame);
      Object at = index.value(frame);
      if (on instanceof Optional<?> optional) {
        return optional.flatMap(value -> find(value, at));
      }
      Optional<?> found = find(on, at);
      if (lenient) {
        return found;
      }
      if (found.isPresent()) {
        return found.get();
      }
      throw on instanceof List<?> list
          ? EvaluationFault.of(
              "index_out_of_bounds",
              "The index %s is outside the list of %d.".formatted(at, list.size()))
          : EvaluationFault.of("key_not_found", "The map does not have the key.");
    }

    private static Optional<?> find(Object on, Object at) {
      return switch (on) {
        case List<?> list when at instanceof Number number -> {
          Object position = Equality.canonical(number);
          yield position instanceof Long i && i >= 0 && i < list.size()
              ? Optional.of(list.get((int) (long) i))
              : Optional.empty();
        }
        case Map<?, ?> map -> Optional.ofNullable(Equality.find(map, at));
        default -> throw noSuchOverload("[]", new Object[] {on, at});
      };
    }
  }

  /// `type(value)`
  static final class TypeOf extends Node {
    private final Node operand;

    TypeOf(Site site, Node operand) {
      super(site);
      this.operand = operand;
    }

    @Override
    Object evaluate(Frame frame) {
      return RuntimeTypes.of(operand.value(frame));
    }
  }
}
