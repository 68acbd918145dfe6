package dev.tenet.application.plugin;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Location.Pointer;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.evaluation.JsonValues;
import dev.tenet.domain.plugin.FunctionContract;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds what goes into a function, and what comes out of it, against its contract, by the rules that facts are read by.
final class ContractValues {

  private static final String PAYLOAD = "payload";
  private static final String RESULT = "result";
  private static final String VALUE = "value";

  private final FunctionContract contract;
  private final FactLayout layout;

  ContractValues(FunctionContract contract) {
    this.contract = contract;
    Map<String, FieldType.ObjectOf> objects = new LinkedHashMap<>();
    objects.put(PAYLOAD, contract.input());
    objects.put(
        RESULT,
        new FieldType.ObjectOf(
            Map.of(VALUE, new Field(VALUE, contract.output(), false, "", false))));
    this.layout = new FactLayout(new Schema(objects), Map.of());
  }

  /// {@return the arguments as JSON has them, each in the one form of its type}
  ///
  /// @param payload from parameters to plain values
  Map<String, @Nullable Object> input(Map<String, ?> payload) throws InvocationFault {
    List<Diagnostic> faults = new ArrayList<>();
    Map<String, @Nullable Object> read = read(PAYLOAD, payload, faults);
    for (Field parameter : contract.parameters()) {
      Object value = payload.get(parameter.name());
      if (value == null && !parameter.optional() && !(parameter.type() instanceof FieldType.Dyn)) {
        faults.add(
            Diagnostic.error(
                "argument_required",
                new Pointer("/" + PAYLOAD).child(parameter.name()),
                "%s takes %s, a %s."
                    .formatted(contract.name(), parameter.name(), parameter.type().describe())));
      }
    }
    for (String name : payload.keySet()) {
      if (!contract.input().fields().containsKey(name)) {
        faults.add(
            Diagnostic.error(
                "argument_unknown",
                new Pointer("/" + PAYLOAD).child(name),
                "%s does not take this; it is %s."
                    .formatted(contract.name(), contract.signature())));
      }
    }
    if (!faults.isEmpty()) {
      throw new InvocationFault(
          InvocationFault.Kind.INVALID_INPUT,
          "plugin_input_invalid",
          "The input contradicts the contract of %s: %s"
              .formatted(contract.name(), faults.getFirst().line()),
          faults);
    }
    return JsonValues.object(read);
  }

  /// {@return the result as a plain value of its type}
  Object output(@Nullable Object result) throws InvocationFault {
    if (result == null) {
      throw InvocationFault.of(
          InvocationFault.Kind.FAILED,
          "plugin_invalid_output",
          "%s gave null instead of %s. A function always gives a value; undefined, NaN and Infinity are null in JSON."
              .formatted(contract.name(), contract.output().describe()));
    }
    List<Diagnostic> faults = new ArrayList<>();
    Map<String, @Nullable Object> wrapped = new HashMap<>();
    wrapped.put(VALUE, result);
    Object value = read(RESULT, wrapped, faults).get(VALUE);
    if (value == null || !faults.isEmpty()) {
      throw InvocationFault.of(
          InvocationFault.Kind.FAILED,
          "plugin_invalid_output",
          "%s gave something else than %s%s"
              .formatted(
                  contract.name(),
                  contract.output().describe(),
                  faults.isEmpty() ? "." : ": " + faults.getFirst().message()));
    }
    return value;
  }

  private Map<String, @Nullable Object> read(
      String object, Map<String, ?> members, List<Diagnostic> faults) {
    return switch (FactReader.read(layout, Map.of(object, members), Location.root())) {
      case FactReader.Reading.Valid(var facts) -> facts.objects().getOrDefault(object, Map.of());
      case FactReader.Reading.Invalid(var diagnostics) -> {
        faults.addAll(diagnostics);
        yield Map.of();
      }
    };
  }
}
