package dev.tenet.wasm;

import dev.tenet.application.plugin.GuestLimits;
import dev.tenet.application.plugin.InvalidGuest;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.MalformedException;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MemorySection;

/// Reads, checks and compiles a module.
final class ModuleReader {

  /// More than any that was made from a program of a few thousand lines.
  private static final int MOST_FUNCTIONS = 20_000;

  /// For each type the compiler looks at each function that has it: there are as many as functions when no type stands there twice.
  private static final long MOST_PAIRS = 100_000;

  /// A second or so.
  private static final long MOST_COPIES = 20_000_000;

  private final WasmModule module;
  private final GuestLimits limits;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private ModuleReader(WasmModule module, GuestLimits limits) {
    this.module = module;
    this.limits = limits;
  }

  static WasmCode read(byte[] code, GuestLimits limits) throws InvalidGuest {
    refuse(SectionScan.scan(code, limits));
    try {
      WasmModule module = Parser.parse(code);
      ModuleReader reader = new ModuleReader(module, limits);
      reader.check();
      refuse(reader.diagnostics);
      Function<Instance, Machine> compiled =
          MachineFactoryCompiler.builder(module)
              .withInterpreterFallback(InterpreterFallback.SILENT)
              .compile();
      return new WasmCode(module, compiled, limits);
    } catch (MalformedException e) {
      throw invalid("plugin_malformed", "It is damaged: %s.".formatted(e.getMessage()));
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw invalid("plugin_too_large", "Its code is nested too deeply, or too large.");
    } catch (RuntimeException | LinkageError e) {
      throw invalid("plugin_malformed", "It is not valid: %s.".formatted(e.getMessage()));
    }
  }

  private static InvalidGuest invalid(String code, String message) {
    return new InvalidGuest(List.of(Diagnostic.error(code, Location.field("module"), message)));
  }

  private static void refuse(List<Diagnostic> diagnostics) throws InvalidGuest {
    if (!diagnostics.isEmpty()) {
      throw new InvalidGuest(diagnostics);
    }
  }

  private void check() {
    types();
    imports();
    memory();
    tables();
    exports();
    functions();
  }

  private void report(String code, String where, String message) {
    diagnostics.add(Diagnostic.error(code, Location.field(where), message));
  }

  private void functions() {
    int functions = module.functionSection().functionCount();
    if (functions > MOST_FUNCTIONS) {
      report(
          "plugin_too_large",
          "function section",
          "It has %d functions; %d are allowed.".formatted(functions, MOST_FUNCTIONS));
    } else if (pairs() > MOST_PAIRS) {
      report(
          "plugin_too_large",
          "type section",
          "It has the same types again and again, and %d functions; name each type once."
              .formatted(functions));
    }
    if (CompilingCost.of(module) > MOST_COPIES) {
      report(
          "plugin_too_large",
          "code section",
          "It has blocks, branches or calls with so many operands that compiling it would take too long; use local variables.");
    }
  }

  /// {@return how many pairs there are of a type and a function that has the same}
  private long pairs() {
    Map<FunctionType, Long> types =
        Stream.of(module.typeSection().types())
            .filter(Objects::nonNull)
            .collect(Collectors.groupingBy(type -> type, Collectors.counting()));
    long pairs = 0;
    for (int function = 0; function < module.functionSection().functionCount(); function++) {
      int type = module.functionSection().getFunctionType(function);
      pairs += types.getOrDefault(module.typeSection().getType(type), 0L);
    }
    return pairs;
  }

  private void types() {
    int types = module.typeSection().subTypeCount();
    boolean objects =
        IntStream.range(0, types)
            .mapToObj(type -> module.typeSection().getSubType(type).compType())
            .anyMatch(type -> type.structType() != null || type.arrayType() != null);
    if (objects) {
      report(
          "plugin_type_unsupported",
          "type section",
          "It has structures or arrays of the garbage collection proposal, whose memory cannot be limited; compile it without.");
    }
  }

  private void imports() {
    module.importSection().stream().forEach(this::check);
  }

  private void check(Import wanted) {
    String where = "import %s.%s".formatted(wanted.module(), wanted.name());
    FunctionType there = WasmInstance.IMPORTS.get(wanted.module() + "." + wanted.name());
    if (there == null || !(wanted instanceof FunctionImport function)) {
      report("plugin_import_unknown", where, remedy(wanted));
    } else if (function.typeIndex() >= module.typeSection().subTypeCount()
        || !there.equals(module.typeSection().getType(function.typeIndex()))) {
      report("plugin_import_mismatch", where, "It is %s.".formatted(there));
    }
  }

  private static String remedy(Import wanted) {
    if (wanted.importType() == ExternalType.MEMORY) {
      return "The memory is the module's own; define and export it.";
    }
    if (wanted.module().startsWith("wasi")) {
      return "There is no system below; compile for wasm32-unknown-unknown, without files, clock and chance.";
    }
    if (wanted.module().equals("env") && wanted.name().equals("seed")) {
      return "There is no chance; do not use Math.random.";
    }
    return "There is no such thing; a module may import %s."
        .formatted(String.join(", ", WasmInstance.IMPORTS.keySet().stream().sorted().toList()));
  }

  private void memory() {
    Optional<MemorySection> memories = module.memorySection();
    int count = memories.map(MemorySection::memoryCount).orElse(0);
    if (count != 1) {
      report(
          "plugin_export_missing", "memory", "It has %d memories; one is needed.".formatted(count));
      return;
    }
    MemoryLimits wanted = memories.orElseThrow().getMemory(0).limits();
    if (wanted.shared()) {
      report("plugin_type_unsupported", "memory", "It is shared; there are no threads.");
    }
    if (wanted.initialPages() > limits.memoryPages()) {
      report(
          "plugin_too_large",
          "memory",
          "It begins with %d pages of 64 KiB; %d are allowed."
              .formatted(wanted.initialPages(), limits.memoryPages()));
    }
  }

  private void tables() {
    long elements = 0;
    for (int table = 0; table < module.tableSection().tableCount(); table++) {
      elements += module.tableSection().getTable(table).limits().min();
    }
    if (elements > limits.tableElements()) {
      report(
          "plugin_too_large",
          "table",
          "Tables begin with %d elements; %d are allowed."
              .formatted(elements, limits.tableElements()));
    }
  }

  private void exports() {
    if (exported("memory").filter(e -> e.exportType() == ExternalType.MEMORY).isEmpty()) {
      report("plugin_export_missing", "export memory", "It is needed, and is not there.");
    }
    for (Map.Entry<String, FunctionType> needed : WasmInstance.EXPORTS.entrySet()) {
      Optional<FunctionType> found = exportedFunction(needed.getKey());
      if (found.isEmpty() ? needed.getKey().equals(WasmInstance.FREE) : wellTyped(found, needed)) {
        continue;
      }
      report(
          found.isEmpty() ? "plugin_export_missing" : "plugin_export_mismatch",
          "export " + needed.getKey(),
          "The function %s is needed%s."
              .formatted(
                  needed.getValue(),
                  found.map(", and is %s"::formatted).orElse(", and is not there")));
    }
    for (String name : WasmInstance.INITIALIZERS) {
      exportedFunction(name)
          .filter(type -> !type.equals(FunctionType.empty()))
          .ifPresent(
              type ->
                  report(
                      "plugin_export_mismatch",
                      "export " + name,
                      "It takes and returns nothing, and is %s."
                          .formatted(Quoted.text(type.toString()))));
    }
  }

  private static boolean wellTyped(
      Optional<FunctionType> found, Map.Entry<String, FunctionType> needed) {
    return found.filter(needed.getValue()::equals).isPresent();
  }

  private Optional<Export> exported(String name) {
    return Stream.iterate(0, i -> i < module.exportSection().exportCount(), i -> i + 1)
        .map(module.exportSection()::getExport)
        .filter(export -> export.name().equals(name))
        .findFirst();
  }

  private Optional<FunctionType> exportedFunction(String name) {
    return exported(name)
        .filter(export -> export.exportType() == ExternalType.FUNCTION)
        .map(export -> type(export.index()));
  }

  /// {@return the type of a function by its number, in which imported ones come first}
  private FunctionType type(int function) {
    List<FunctionImport> imported =
        module.importSection().stream()
            .filter(FunctionImport.class::isInstance)
            .map(FunctionImport.class::cast)
            .toList();
    int index =
        function < imported.size()
            ? imported.get(function).typeIndex()
            : module.functionSection().getFunctionType(function - imported.size());
    return module.typeSection().getType(index);
  }
}
