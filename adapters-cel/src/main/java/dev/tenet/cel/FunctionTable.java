package dev.tenet.cel;

import com.google.common.collect.ImmutableSet;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelVarDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensionLibrary;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelListsExtensions;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelInternalRuntimeLibrary;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import dev.tenet.spi.Function;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The functions that expressions may call: CEL's own, those of cel-java's extensions and those of Tenet's extensions.
final class FunctionTable {

  private static final List<CelType> NUMBERS =
      List.of(SimpleType.INT, SimpleType.UINT, SimpleType.DOUBLE);
  private static final Set<String> EXTENSION_MACROS =
      Set.of("cel.bind", "sortBy", "optMap", "optFlatMap", "math.greatest", "math.least");

  private final CelOptions options;
  private final List<CelCompilerLibrary> libraries;
  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final List<CelVarDecl> variables = new ArrayList<>();
  private final Map<String, Overload> overloads = new HashMap<>();
  private final Map<String, Long> extensionCosts = new HashMap<>();
  private final Set<String> allNames = new HashSet<>();
  private final Set<String> standardNames = new HashSet<>();
  private final Set<String> names = new TreeSet<>();

  FunctionTable(CelOptions options, List<Function> functions) {
    this.options = options;
    this.libraries =
        List.of(
            CelExtensions.optional(),
            CelExtensions.strings(),
            CelExtensions.math(),
            CelExtensions.lists(
                CelListsExtensions.Function.SLICE,
                CelListsExtensions.Function.FLATTEN,
                CelListsExtensions.Function.RANGE,
                CelListsExtensions.Function.DISTINCT,
                CelListsExtensions.Function.REVERSE,
                CelListsExtensions.Function.SORT),
            CelExtensions.sets(options),
            CelExtensions.regex(),
            CelExtensions.encoders(options),
            CelExtensions.bindings());
    RuntimeEquality equality = RuntimeEquality.create(RuntimeHelpers.create(), options);
    ImmutableSet<CelFunctionBinding> standard =
        CelStandardFunctions.newBuilder().build().newFunctionBindings(equality, options);
    standard.forEach(this::add);
    libraries.forEach(library -> recorded(library, equality).forEach(this::add));
    BuiltIns.overloads().forEach(overload -> overloads.put(overload.id(), overload));
    Ordering.overloads().forEach(overload -> overloads.put(overload.id(), overload));
    collectNames();
    declareMixedNumbers();
    declarations.add(SortBy.declaration());
    allNames.add(SortBy.declaration().name());
    standardNames.addAll(allNames);
    SpiFunctions.check(functions, names);
    for (Function function : functions) {
      Overload overload = SpiFunctions.overload(function);
      overloads.put(overload.id(), overload);
      declarations.add(SpiFunctions.declaration(function));
      extensionCosts.put(function.name(), function.cost());
      names.add(function.name());
      allNames.add(function.name());
    }
  }

  private void add(CelFunctionBinding binding) {
    overloads.put(
        binding.getOverloadId(),
        new Overload(
            binding.getOverloadId(),
            binding.getArgTypes(),
            Costs.of(binding.getOverloadId()),
            (values, meter) -> binding.getDefinition().apply(values)));
  }

  /// The bindings of a library can only be had by letting it configure a builder.
  private List<CelFunctionBinding> recorded(CelCompilerLibrary library, RuntimeEquality equality) {
    List<CelFunctionBinding> bindings = new ArrayList<>();
    CelRuntimeBuilder builder =
        (CelRuntimeBuilder)
            Proxy.newProxyInstance(
                FunctionTable.class.getClassLoader(),
                new Class<?>[] {CelRuntimeBuilder.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("addFunctionBindings")) {
                    collect(arguments[0], bindings);
                  }
                  return proxy;
                });
    switch (library) {
      case CelInternalRuntimeLibrary runtime ->
          runtime.setRuntimeOptions(builder, equality, options);
      case CelRuntimeLibrary runtime -> runtime.setRuntimeOptions(builder);
      default -> {}
    }
    return bindings;
  }

  private static void collect(@Nullable Object argument, List<CelFunctionBinding> bindings) {
    switch (argument) {
      case CelFunctionBinding[] array -> bindings.addAll(Arrays.asList(array));
      case Iterable<?> iterable ->
          iterable.forEach(binding -> bindings.add((CelFunctionBinding) binding));
      case null, default -> {}
    }
  }

  private void collectNames() {
    for (CelStandardDeclarations.StandardFunction function :
        CelStandardDeclarations.StandardFunction.values()) {
      names.add(function.functionDecl().name());
    }
    for (CelCompilerLibrary library : libraries) {
      if (library instanceof CelExtensionLibrary.FeatureSet features) {
        features.functions().forEach(function -> names.add(function.name()));
        declarations.addAll(features.functions());
        variables.addAll(features.variables());
      }
    }
    allNames.addAll(names);
    for (CelStandardMacro macro : CelStandardMacro.values()) {
      names.add(macro.getFunction());
    }
    names.addAll(EXTENSION_MACROS);
    names.removeIf(
        name -> name.contains("@") || (name.contains("_") && !name.equals("exists_one")));
  }

  private void declareMixedNumbers() {
    List<CelOverloadDecl> equals = new ArrayList<>();
    List<CelOverloadDecl> differs = new ArrayList<>();
    List<CelOverloadDecl> in = new ArrayList<>();
    for (CelType a : NUMBERS) {
      for (CelType b : NUMBERS) {
        if (!a.equals(b)) {
          String types = '_' + a.name() + '_' + b.name();
          equals.add(CelOverloadDecl.newGlobalOverload("equals" + types, SimpleType.BOOL, a, b));
          differs.add(
              CelOverloadDecl.newGlobalOverload("not_equals" + types, SimpleType.BOOL, a, b));
          in.add(
              CelOverloadDecl.newGlobalOverload(
                  "in_list" + types, SimpleType.BOOL, a, ListType.create(b)));
        }
      }
    }
    declarations.add(CelFunctionDecl.newFunctionDeclaration("_==_", equals));
    declarations.add(CelFunctionDecl.newFunctionDeclaration("_!=_", differs));
    declarations.add(CelFunctionDecl.newFunctionDeclaration("@in", in));
  }

  /// {@return a parser that knows all macros}
  CelParser parser() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(options)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addMacros(SortBy.macro())
        .addLibraries(libraries)
        .build();
  }

  /// {@return a checker in the making that knows the types of CEL and, of all functions, those with the given names}
  CelCheckerBuilder checker(Set<String> called) {
    return CelCompilerFactory.standardCelCheckerBuilder()
        .setOptions(options)
        .setStandardEnvironmentEnabled(false)
        .setStandardDeclarations(
            CelStandardDeclarations.newBuilder()
                .filterFunctions((function, overload) -> called.contains(function.functionName()))
                .build())
        .addVarDeclarations(variables)
        .addFunctionDeclarations(
            declarations.stream()
                .filter(declaration -> called.contains(declaration.name()))
                .toList());
  }

  /// {@return the given names that are names of functions}
  Set<String> known(Set<String> called) {
    Set<String> known = new HashSet<>(called);
    known.retainAll(allNames);
    return known;
  }

  /// {@return whether a function of this name, as syntax trees spell it, is CEL's own or one of cel-java's extensions}
  boolean isStandard(String name) {
    return standardNames.contains(name);
  }

  /// {@return what a function of an extension costs besides the size of its arguments; 0 for other functions}
  long extensionCost(String name) {
    return extensionCosts.getOrDefault(name, 0L);
  }

  /// {@return the forms with these ids, in their order}
  List<Overload> overloads(List<String> ids) {
    List<Overload> found = new ArrayList<>(ids.size());
    for (String id : ids) {
      Overload overload = overloads.get(id);
      if (overload != null) {
        found.add(overload);
      }
    }
    return found;
  }

  /// {@return the names of all functions and macros that people may call, sorted}
  Set<String> names() {
    return names;
  }
}
