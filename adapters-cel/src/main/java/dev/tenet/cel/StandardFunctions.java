package dev.tenet.cel;

import com.google.common.collect.ImmutableSet;
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

/// The functions that every expression may call: CEL's own and those of cel-java's extensions. Making this takes a while; tables
/// with further functions share it.
final class StandardFunctions {

  private static final List<CelType> NUMBERS =
      List.of(SimpleType.INT, SimpleType.UINT, SimpleType.DOUBLE);
  private static final Set<String> EXTENSION_MACROS =
      Set.of("cel.bind", "sortBy", "optMap", "optFlatMap", "math.greatest", "math.least");

  private final CelOptions options;
  private final List<CelCompilerLibrary> libraries;
  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final List<CelVarDecl> variables = new ArrayList<>();
  private final Map<String, Overload> overloads = new HashMap<>();
  private final Set<String> allNames = new HashSet<>();
  private final Set<String> names = new TreeSet<>();

  StandardFunctions(CelOptions options) {
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
                StandardFunctions.class.getClassLoader(),
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

  /// {@return cel-java's options}
  CelOptions options() {
    return options;
  }

  /// {@return what checkers must be told of the functions}
  List<CelFunctionDecl> declarations() {
    return declarations;
  }

  /// {@return the variables that belong to the functions}
  List<CelVarDecl> variables() {
    return variables;
  }

  /// {@return the form with this id}
  @Nullable Overload overload(String id) {
    return overloads.get(id);
  }

  /// {@return whether there is a function of this name, as syntax trees spell it}
  boolean has(String name) {
    return allNames.contains(name);
  }

  /// {@return the names of all functions and macros that people may call, sorted}
  Set<String> names() {
    return names;
  }
}
