package dev.tenet.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.spi.Function;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions of extensions.
final class SpiFunctions {

  private static final Logger LOG = System.getLogger(SpiFunctions.class.getName());
  private static final long LARGEST_ARGUMENT = 1_000_000;

  private SpiFunctions() {}

  static AddedFunction added(Function function) {
    List<CelType> parameters = new ArrayList<>();
    List<Class<?>> types = new ArrayList<>();
    for (FieldType parameter : function.parameters()) {
      parameters.add(SchemaTypes.celType(parameter));
      types.add(runtimeClass(parameter));
    }
    String id = "extension:" + function.name();
    return new AddedFunction(
        function.name(),
        function.cost(),
        CelFunctionDecl.newFunctionDeclaration(
            function.name(),
            CelOverloadDecl.newGlobalOverload(
                id, SchemaTypes.celType(function.result()), parameters)),
        List.of(
            new Overload(
                id,
                types,
                AddedFunction.cost(function.cost()),
                (values, meter) -> call(function, values))));
  }

  static Class<?> runtimeClass(FieldType type) {
    CelType celType = SchemaTypes.celType(type);
    return switch (celType.kind()) {
      case INT -> Long.class;
      case DOUBLE -> Double.class;
      case BOOL -> Boolean.class;
      case STRING -> String.class;
      case BYTES -> CelByteString.class;
      case TIMESTAMP -> Instant.class;
      case DURATION -> Duration.class;
      case LIST -> List.class;
      case MAP -> celType.equals(SimpleType.DYN) ? Object.class : Map.class;
      default -> Object.class;
    };
  }

  private static Object call(Function function, Object[] values) {
    List<@Nullable Object> arguments = new ArrayList<>(values.length);
    for (Object value : values) {
      arguments.add(PlainValues.of(value, LARGEST_ARGUMENT));
    }
    Object result;
    try {
      result = invoke(function, arguments);
    } catch (IllegalArgumentException refused) {
      throw EvaluationFault.of(
          "invalid_argument",
          "%s: %s"
              .formatted(
                  function.name(),
                  refused.getMessage() == null
                      ? "the arguments make no sense."
                      : refused.getMessage()));
    } catch (RuntimeException | Error broken) {
      LOG.log(Level.WARNING, () -> failure(function, broken));
      throw EvaluationFault.of(
          "function_failed", "The function \"%s\" failed.".formatted(function.name()));
    }
    Object adapted = FactValues.adapt(result);
    if (!runtimeClass(function.result()).isInstance(adapted)) {
      throw EvaluationFault.of(
          "function_failed",
          "The function \"%s\" gave %s instead of %s."
              .formatted(
                  function.name(), RuntimeTypes.name(adapted), function.result().describe()));
    }
    return adapted;
  }

  /// What it says may be made of facts that nobody may read.
  private static String failure(Function function, Throwable broken) {
    StackTraceElement[] stack = broken.getStackTrace();
    return "the function %s of an extension failed: %s%s"
        .formatted(
            function.name(),
            broken.getClass().getName(),
            stack.length == 0 ? "" : " at " + stack[0]);
  }

  @SuppressWarnings("NullAway") // a dyn argument may be null
  private static @Nullable Object invoke(Function function, List<@Nullable Object> arguments) {
    return function.body().call(Collections.unmodifiableList(arguments));
  }
}
