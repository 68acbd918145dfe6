package dev.tenet.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roastedroot.quickjs4j.core.JavyPluginModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.ValType;

/// QuickJS, an interpreter of JavaScript in WebAssembly, as [Javy](https://github.com/bytecodealliance/javy) builds it, compiled to bytecode
/// by quickjs4j. There is no system below it: its clock stands still, its chance is zero, and it has no files.
final class QuickJs {

  /// What a script calls the host with.
  interface Host {

    /// {@return the answer}
    ///
    /// @param operation as the prelude names it
    byte[] call(String operation, byte[] argument);
  }

  /// What an engine was at some time. Engines made of it go on from there.
  ///
  /// @param memory what has changed since the engine was started
  /// @param globals those that change
  @SuppressWarnings("ArrayRecordComponent") // nobody compares it
  record Snapshot(MemoryChanges memory, long[] globals) {}

  /// Bytecode in the memory of an engine.
  record Loaded(int address, int length) {}

  /// @param message what is wrong
  /// @param line from 1, or 0 when that is not known
  /// @param column from 1
  record Fault(String message, int line, int column) {}

  private static final String WASI = "wasi_snapshot_preview1";
  private static final int BAD_FILE = 8;
  private static final int LONGEST_PANIC = 4000;
  private static final Pattern PLACE = Pattern.compile("function\\.mjs:(\\d+):(\\d+)");
  private static final Pattern PANIC =
      Pattern.compile("`Err` value: (.*?)\\s*(?:note: run|\\z)", Pattern.DOTALL);

  private static final MemoryLimits LIMITS =
      JavyPluginModule.load().memorySection().orElseThrow().getMemory(0).limits();

  private final Host host;
  private final Budget pages;
  private final GuestMemory memory;
  private final Instance instance;
  private final StringBuilder complaints = new StringBuilder();

  private QuickJs(Host host, int mostPages, @Nullable Snapshot snapshot) {
    this.host = host;
    byte[] first = snapshot == null ? null : snapshot.memory().applied();
    int firstPages = first == null ? LIMITS.initialPages() : first.length / GuestMemory.PAGE_SIZE;
    pages = new Budget(mostPages - firstPages);
    memory = new GuestMemory(LIMITS, pages, first);
    instance =
        Instance.builder(JavyPluginModule.load())
            .withMachineFactory(JavyPluginModule::create)
            .withMemoryFactory(_ -> memory)
            .withTableFactory((table, value) -> new GuestTable(table, value, new Budget(0)))
            .withImportValues(imports())
            .build();
    if (snapshot == null) {
      instance.export("initialize_runtime").apply();
    } else {
      List<Integer> changing = changingGlobals();
      for (int i = 0; i < changing.size(); i++) {
        instance.global(changing.get(i)).setValue(snapshot.globals()[i]);
      }
    }
  }

  /// Made once; takes a second when nothing of it was used before.
  private static final class Started {
    static final QuickJs ENGINE = new QuickJs((_, _) -> new byte[0], 1 << 10, null);
    static final byte[] MEMORY = ENGINE.memory.snapshot();
    static final Snapshot SNAPSHOT = ENGINE.snapshot();
  }

  /// {@return an engine that has run nothing yet}
  static QuickJs start(Host host, int mostPages) {
    return new QuickJs(host, mostPages, Started.SNAPSHOT);
  }

  /// {@return an engine that goes on from a snapshot}
  static QuickJs resume(Host host, int mostPages, Snapshot snapshot) {
    return new QuickJs(host, mostPages, snapshot);
  }

  /// {@return the pages that an engine begins with}
  static int firstPages() {
    return Started.MEMORY.length / GuestMemory.PAGE_SIZE;
  }

  Snapshot snapshot() {
    long[] globals =
        changingGlobals().stream().mapToLong(i -> instance.global(i).getValue()).toArray();
    return new Snapshot(MemoryChanges.between(Started.MEMORY, memory.snapshot()), globals);
  }

  private List<Integer> changingGlobals() {
    List<Integer> changing = new ArrayList<>();
    for (int i = 0; i < instance.globalCount(); i++) {
      if (instance.global(i).getMutabilityType() == MutabilityType.Var) {
        changing.add(i);
      }
    }
    return changing;
  }

  /// {@return what is wrong with a module's text, if anything is}
  ///
  /// Once in an engine's life.
  Optional<Fault> check(byte[] source) {
    int result = (int) instance.export("compile-src").apply(put(source), source.length)[0];
    if (memory.readInt(result) == 0) {
      return Optional.empty();
    }
    byte[] message =
        memory.readBytes(
            memory.readInt(result + Integer.BYTES), memory.readInt(result + 2 * Integer.BYTES));
    return Optional.of(fault(new String(message, UTF_8)));
  }

  /// {@return a module in the engine's bytecode}
  ///
  /// Run it in another engine: this one knows the module already, and would run it twice when it imports itself.
  ///
  /// @param source right, as was checked before
  byte[] compile(String source) {
    byte[] bytes = source.getBytes(UTF_8);
    int result = (int) instance.export("compileSrc").apply(put(bytes), bytes.length)[0];
    return memory.readBytes(memory.readInt(result), memory.readInt(result + Integer.BYTES));
  }

  /// {@return bytecode in this engine}
  Loaded load(byte[] bytecode) {
    return new Loaded(put(bytecode), bytecode.length);
  }

  /// Runs a module.
  void run(Loaded module) {
    instance.export("eval").apply(module.address(), module.length(), 0, 0);
  }

  /// {@return what the engine said when it gave up}
  Optional<Fault> complaint() {
    Matcher panic = PANIC.matcher(complaints);
    return panic.find() ? Optional.of(fault(panic.group(1))) : Optional.empty();
  }

  /// A message of the engine: what is wrong, and lines that say where.
  private static Fault fault(String message) {
    Matcher place = PLACE.matcher(message);
    boolean known = place.find();
    String first = message.lines().findFirst().orElse("").strip().replaceFirst("^Error: ", "");
    return new Fault(
        first,
        known ? Integer.parseInt(place.group(1)) : 0,
        known ? Integer.parseInt(place.group(2)) : 0);
  }

  boolean wasRefused() {
    return pages.wasRefused();
  }

  int pages() {
    return memory.pages();
  }

  private int put(byte[] bytes) {
    int address = (int) instance.export("cabi_realloc").apply(0, 0, 1, bytes.length)[0];
    memory.write(address, bytes);
    return address;
  }

  private ImportValues imports() {
    ImportValues.Builder imports = ImportValues.builder();
    imports.addFunction(
        function("endive", "invoke", "iiiiii", "i", (_, arguments) -> invoke(arguments)));
    imports.addFunction(
        system("random_get", "ii", (_, _) -> 0),
        system("environ_get", "ii", (_, _) -> 0),
        system("environ_sizes_get", "ii", this::noEnvironment),
        system("clock_time_get", "iji", this::beginningOfTime),
        system("fd_write", "iiii", this::complain),
        system("fd_close", "i", (_, _) -> BAD_FILE),
        system("fd_fdstat_get", "ii", (_, _) -> BAD_FILE),
        system("fd_prestat_get", "ii", (_, _) -> BAD_FILE),
        system("fd_prestat_dir_name", "iii", (_, _) -> BAD_FILE),
        system("fd_read", "iiii", (_, _) -> BAD_FILE),
        system("fd_seek", "ijii", (_, _) -> BAD_FILE));
    imports.addFunction(
        function(
            WASI,
            "proc_exit",
            "i",
            "",
            (_, arguments) -> {
              throw new GuestAbort("the engine ended with status " + arguments[0]);
            }));
    return imports.build();
  }

  /// A function of the system.
  private interface SystemCall {

    /// {@return the number of an error, or 0}
    int call(Instance instance, long[] arguments);
  }

  private static HostFunction system(String name, String parameters, SystemCall call) {
    return function(
        WASI,
        name,
        parameters,
        "i",
        (engine, arguments) -> new long[] {call.call(engine, arguments)});
  }

  private static HostFunction function(
      String module, String name, String parameters, String results, WasmFunctionHandle handle) {
    return new HostFunction(
        module, name, FunctionType.of(types(parameters), types(results)), handle);
  }

  private static List<ValType> types(String letters) {
    return letters.chars().mapToObj(c -> c == 'j' ? ValType.I64 : ValType.I32).toList();
  }

  /// The script's way to the host: three texts, of which the first is not used.
  private long[] invoke(long[] arguments) {
    byte[] operation = memory.readBytes((int) arguments[2], (int) arguments[3]);
    byte[] argument = memory.readBytes((int) arguments[4], (int) arguments[5]);
    byte[] answer = host.call(new String(operation, UTF_8), argument);
    int address = put(answer);
    int pair = put(new byte[2 * Integer.BYTES]);
    memory.writeI32(pair, address);
    memory.writeI32(pair + Integer.BYTES, answer.length);
    return new long[] {pair};
  }

  private int noEnvironment(Instance engine, long[] arguments) {
    memory.writeI32((int) arguments[0], 0);
    memory.writeI32((int) arguments[1], 0);
    return 0;
  }

  private int beginningOfTime(Instance engine, long[] arguments) {
    memory.writeLong((int) arguments[2], 0);
    return 0;
  }

  /// Keeps what the engine writes, which it does when it gives up.
  private int complain(Instance engine, long[] arguments) {
    int written = 0;
    for (int piece = 0; piece < arguments[2]; piece++) {
      int at = (int) arguments[1] + 2 * Integer.BYTES * piece;
      int length = memory.readInt(at + Integer.BYTES);
      byte[] text = memory.readBytes(memory.readInt(at), length);
      int room = LONGEST_PANIC - complaints.length();
      complaints.append(new String(Arrays.copyOf(text, Math.min(length, room)), UTF_8));
      written += length;
    }
    memory.writeI32((int) arguments[3], written);
    return 0;
  }
}
