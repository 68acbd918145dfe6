package dev.tenet.cel;

import dev.cel.common.values.NullValue;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The nodes that read values.
final class Access {

  private Access() {}

  /// A node whose value may be missing without that being a fault, for `has()` and `.?`.
  abstract static class Path extends Node {
    Path(Site site) {
      super(site);
    }

    /// {@return the value, or null when it is missing}
    abstract @Nullable Object find(Frame frame);
  }

  static final class Constant extends Node {
    private final Object constant;

    Constant(Site site, Object constant) {
      super(site);
      this.constant = constant;
    }

    @Override
    Object evaluate(Frame frame) {
      return constant;
    }
  }

  /// An object of the schema.
  static final class ObjectVariable extends Path {
    private final String name;

    ObjectVariable(Site site, String name) {
      super(site);
      this.name = name;
    }

    @Override
    @Nullable Object find(Frame frame) {
      return frame.variables().object(name);
    }

    @Override
    Object evaluate(Frame frame) {
      Object value = find(frame);
      if (value == null) {
        throw missing(name);
      }
      return value;
    }
  }

  static final class DerivedVariable extends Node {
    private final String name;

    DerivedVariable(Site site, String name) {
      super(site);
      this.name = name;
    }

    @Override
    Object evaluate(Frame frame) {
      return frame.variables().derived(name);
    }
  }

  static final class Now extends Node {
    Now(Site site) {
      super(site);
    }

    @Override
    Object evaluate(Frame frame) {
      return frame.variables().now();
    }
  }

  /// A variable of a comprehension.
  static final class Local extends Node {
    private final int slot;

    Local(Site site, int slot) {
      super(site);
      this.slot = slot;
    }

    @Override
    Object evaluate(Frame frame) {
      Object value = frame.get(slot);
      if (value instanceof Node postponed) {
        try {
          value = postponed.value(frame);
        } catch (EvaluationFault fault) {
          frame.set(slot, fault);
          throw fault;
        }
        frame.set(slot, value);
        return value;
      }
      if (value instanceof EvaluationFault fault) {
        throw fault;
      }
      return value == null ? NullValue.NULL_VALUE : value;
    }
  }

  /// `operand.field`
  static final class Select extends Path {
    private final Node operand;
    private final String field;

    Select(Site site, Node operand, String field) {
      super(site);
      this.operand = operand;
      this.field = field;
    }

    @Override
    @Nullable Object find(Frame frame) {
      Object on = operand instanceof Path path ? path.find(frame) : operand.value(frame);
      return on == null ? null : read(on);
    }

    /// A field of an optional is optional, too.
    private @Nullable Object read(Object on) {
      return on instanceof Optional<?> optional
          ? optional.map(value -> field(value, field))
          : field(on, field);
    }

    @Override
    Object evaluate(Frame frame) {
      Object on = operand.value(frame);
      Object value = read(on);
      if (value != null) {
        return value;
      }
      if (on instanceof Struct struct) {
        throw missing(struct.shape().path() + '.' + field);
      }
      throw EvaluationFault.of("key_not_found", "The map has no key \"%s\".".formatted(field));
    }
  }

  /// `has(operand.field)`
  static final class Has extends Node {
    private final Node operand;
    private final String field;

    Has(Site site, Node operand, String field) {
      super(site);
      this.operand = operand;
      this.field = field;
    }

    @Override
    Object evaluate(Frame frame) {
      Object on = operand instanceof Path path ? path.find(frame) : operand.value(frame);
      if (on instanceof Optional<?> optional) {
        return optional.isPresent() && field(optional.get(), field) != null;
      }
      return on != null && field(on, field) != null;
    }
  }

  /// `operand.?field`
  static final class OptionalSelect extends Node {
    private final Node operand;
    private final String field;

    OptionalSelect(Site site, Node operand, String field) {
      super(site);
      this.operand = operand;
      this.field = field;
    }

    @Override
    Object evaluate(Frame frame) {
      Object on = operand instanceof Path path ? path.find(frame) : operand.value(frame);
      if (on instanceof Optional<?> optional) {
        on = optional.orElse(null);
      }
      Object value = on == null ? null : field(on, field);
      return value instanceof Optional<?> ? value : Optional.ofNullable(value);
    }
  }

  private static @Nullable Object field(Object on, String field) {
    return switch (on) {
      case Struct struct -> struct.find(field);
      case Map<?, ?> map -> map.get(field);
      default ->
          throw EvaluationFault.of(
              "no_such_overload", "A value without fields has no field \"%s\".".formatted(field));
    };
  }

  private static EvaluationFault missing(String path) {
    return EvaluationFault.of("fact_missing", "The facts do not contain " + path + '.');
  }
}
