package dev.tenet.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.tenet.application.plugin.InvocationFault;
import dev.tenet.application.plugin.PluginCalls;
import dev.tenet.application.plugin.PluginCalls.Caller;
import dev.tenet.domain.evaluation.JsonValues;
import dev.tenet.domain.plugin.FunctionContract;
import dev.tenet.domain.plugin.FunctionName;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions of the plugins that a tenant has, typed by their contracts. Their time counts against the decision's, and what one
/// answers in a decision it answers throughout the decision.
final class PluginFunctions {

  /// In the units of the rule cost limit: some microseconds.
  private static final long COST = 1_000;

  private static final long LARGEST_ARGUMENT = 100_000;

  /// What is asked of a plugin, and what the question is known by in a decision.
  private record Question(FunctionName function, Map<String, ?> arguments) {}

  private PluginFunctions() {}

  /// {@return whether only a plugin or a script may have a function of this name}
  static boolean owns(String name) {
    return name.startsWith("plugin.") || name.startsWith(FunctionName.SCRIPTS + '.');
  }

  static List<AddedFunction> of(Caller caller, PluginCalls calls) {
    List<AddedFunction> functions = new ArrayList<>();
    for (InstalledPlugin plugin : caller.plugins().values()) {
      for (FunctionContract contract : plugin.callable()) {
        functions.add(added(caller, contract, calls));
      }
    }
    return functions;
  }

  /// Optional parameters may be left out from the end.
  private static AddedFunction added(Caller caller, FunctionContract contract, PluginCalls calls) {
    String name = contract.name().inExpressions();
    List<Field> parameters = contract.parameters();
    List<CelOverloadDecl> declarations = new ArrayList<>();
    List<Overload> overloads = new ArrayList<>();
    int required = (int) parameters.stream().filter(parameter -> !parameter.optional()).count();
    for (int given = required; given <= parameters.size(); given++) {
      List<Field> taken = parameters.subList(0, given);
      String id = "plugin:%s/%d".formatted(name, given);
      declarations.add(
          CelOverloadDecl.newGlobalOverload(
              id,
              SchemaTypes.celType(contract.output()),
              taken.stream().map(parameter -> parameter(parameter.type())).toList()));
      overloads.add(
          new Overload(
              id,
              taken.stream().<Class<?>>map(parameter -> runtimeClass(parameter.type())).toList(),
              AddedFunction.cost(COST),
              (values, meter) -> call(caller, contract, calls, values, meter)));
    }
    return new AddedFunction(
        name, COST, CelFunctionDecl.newFunctionDeclaration(name, declarations), overloads);
  }

  /// Objects of the schema are given to parameters that are objects; whether they fit is checked when they are given.
  private static CelType parameter(FieldType type) {
    return switch (type) {
      case FieldType.ObjectOf _ -> SimpleType.DYN;
      case FieldType.ListOf(var element) -> ListType.create(parameter(element));
      case FieldType.MapOf(var value) -> MapType.create(SimpleType.STRING, parameter(value));
      default -> SchemaTypes.celType(type);
    };
  }

  private static Class<?> runtimeClass(FieldType type) {
    return type instanceof FieldType.ObjectOf ? Object.class : SpiFunctions.runtimeClass(type);
  }

  private static Object call(
      Caller caller, FunctionContract contract, PluginCalls calls, Object[] values, Meter meter) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    List<Field> parameters = contract.parameters();
    for (int i = 0; i < values.length; i++) {
      arguments.put(
          parameters.get(i).name(), JsonValues.of(PlainValues.of(values[i], LARGEST_ARGUMENT)));
    }
    Object answer =
        meter.answer(
            new Question(contract.name(), arguments),
            () -> answered(caller, contract, calls, arguments, meter));
    if (answer instanceof EvaluationFault fault) {
      throw fault;
    }
    return answer;
  }

  /// {@return the result, or the fault why there is none}
  private static Object answered(
      Caller caller,
      FunctionContract contract,
      PluginCalls calls,
      Map<String, @Nullable Object> arguments,
      Meter meter) {
    meter.checkDeadline();
    try {
      return FactValues.adapt(calls.call(caller, contract, arguments, meter.deadline()));
    } catch (InvocationFault fault) {
      meter.checkDeadline();
      return EvaluationFault.of(fault.code(), String.valueOf(fault.getMessage()));
    }
  }
}
