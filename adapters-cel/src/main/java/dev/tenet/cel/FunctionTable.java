package dev.tenet.cel;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelFunctionDecl;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The functions that expressions may call: the standard ones and those of Tenet's extensions. Immutable, and of little weight:
/// all tables share the standard functions.
final class FunctionTable {

  private final StandardFunctions standard;
  private final Map<String, AddedFunction> functions = new HashMap<>();
  private final Map<String, Overload> overloads = new HashMap<>();
  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final Set<String> names;

  /// The standard functions alone.
  FunctionTable(StandardFunctions standard) {
    this.standard = standard;
    this.names = standard.names();
  }

  private FunctionTable(FunctionTable fewer, List<AddedFunction> more) {
    this.standard = fewer.standard;
    functions.putAll(fewer.functions);
    overloads.putAll(fewer.overloads);
    declarations.addAll(fewer.declarations);
    names = new TreeSet<>(fewer.names);
    for (AddedFunction function : more) {
      if (standard.names().contains(function.name())) {
        throw new IllegalArgumentException(
            "an extension's function has the name of a built-in function: " + function.name());
      }
      if (functions.put(function.name(), function) != null) {
        throw new IllegalArgumentException(
            "two extensions have a function of the same name: " + function.name());
      }
      function.overloads().forEach(overload -> overloads.put(overload.id(), overload));
      declarations.add(function.declaration());
      names.add(function.name());
    }
  }

  /// {@return a table that has further functions}
  ///
  /// @throws IllegalArgumentException naming a function that has the name of another
  FunctionTable with(List<AddedFunction> more) {
    return more.isEmpty() ? this : new FunctionTable(this, more);
  }

  /// {@return a parser that knows all macros}
  CelParser parser() {
    return standard.parser();
  }

  /// {@return a checker in the making that knows the types of CEL and, of all functions, those with the given names}
  CelCheckerBuilder checker(Set<String> called) {
    return CelCompilerFactory.standardCelCheckerBuilder()
        .setOptions(standard.options())
        .setStandardEnvironmentEnabled(false)
        .setStandardDeclarations(
            CelStandardDeclarations.newBuilder()
                .filterFunctions((function, overload) -> called.contains(function.functionName()))
                .build())
        .addVarDeclarations(standard.variables())
        .addFunctionDeclarations(
            Stream.concat(standard.declarations().stream(), declarations.stream())
                .filter(declaration -> called.contains(declaration.name()))
                .toList());
  }

  /// {@return the given names that are names of functions}
  Set<String> known(Set<String> called) {
    Set<String> known = new HashSet<>(called);
    known.removeIf(name -> !standard.has(name) && !functions.containsKey(name));
    return known;
  }

  /// {@return whether a function of this name, as syntax trees spell it, is CEL's own or one of cel-java's extensions}
  boolean isStandard(String name) {
    return standard.has(name);
  }

  /// {@return what a function of an extension costs besides the size of its arguments; 0 for other functions}
  long extensionCost(String name) {
    AddedFunction function = functions.get(name);
    return function == null ? 0 : function.cost();
  }

  /// {@return the forms with these ids, in their order}
  List<Overload> overloads(List<String> ids) {
    List<Overload> found = new ArrayList<>(ids.size());
    for (String id : ids) {
      Overload overload = overload(id);
      if (overload != null) {
        found.add(overload);
      }
    }
    return found;
  }

  private @Nullable Overload overload(String id) {
    Overload extension = overloads.get(id);
    return extension == null ? standard.overload(id) : extension;
  }

  /// {@return the names of all functions and macros that people may call, sorted}
  Set<String> names() {
    return names;
  }
}
