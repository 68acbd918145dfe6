package dev.tenet.wasm;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import dev.tenet.application.plugin.GuestLimits;
import dev.tenet.domain.diagnostic.Quoted;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExportSection;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/// An instance of a module that a tenant or a third party wrote.
final class WasmInstance implements GuestInstance {

  static final String FREE = "tenet_free";

  private static final String ALLOCATE = "tenet_alloc";
  private static final String CALL = "tenet_call";
  private static final String HOST = "tenet";
  private static final String INVOKE = "host_invoke";
  private static final String LOG = "host_log";
  private static final String ASSEMBLY_SCRIPT = "env";
  private static final String ABORT = "abort";

  /// What a module may import.
  static final Map<String, FunctionType> IMPORTS =
      Map.of(
          HOST + '.' + INVOKE, type(2, ValType.I64),
          HOST + '.' + LOG, type(3, null),
          ASSEMBLY_SCRIPT + '.' + ABORT, type(4, null));

  /// What a module exports besides its memory; the last one if it likes.
  static final Map<String, FunctionType> EXPORTS =
      Map.of(ALLOCATE, type(1, ValType.I32), CALL, type(2, ValType.I64), FREE, type(2, null));

  /// Called once, if they are there.
  static final List<String> INITIALIZERS = List.of("_initialize", "__wasm_call_ctors");

  private final GuestLimits limits;
  private final Budget pages;
  private final Budget elements;
  private final GuestMemory memory;
  private final ExportFunction allocate;
  private final ExportFunction call;
  private final @Nullable ExportFunction free;

  /// Its pages after the first call: many a module takes what it needs then. 0 before.
  private int settledPages;

  private HostCalls host;

  /// Runs what the module does when it is loaded.
  WasmInstance(WasmCode code, HostCalls host) {
    limits = code.limits();
    this.host = host;
    var initial = code.module().memorySection().orElseThrow().getMemory(0).limits();
    int mostPages = Math.min(limits.memoryPages(), initial.maximumPages());
    pages = new Budget(mostPages - initial.initialPages());
    long tables = 0;
    for (int table = 0; table < code.module().tableSection().tableCount(); table++) {
      tables += code.module().tableSection().getTable(table).limits().min();
    }
    elements = new Budget(limits.tableElements() - tables);
    memory = new GuestMemory(initial, pages);
    try {
      Instance instance =
          Instance.builder(code.module())
              .withMachineFactory(code.compiled())
              .withMemoryFactory(_ -> memory)
              .withTableFactory((table, value) -> new GuestTable(table, value, elements))
              .withImportValues(imports())
              .withStart(false)
              .build();
      allocate = instance.export(ALLOCATE);
      call = instance.export(CALL);
      free = exported(code.module().exportSection(), FREE) ? instance.export(FREE) : null;
      for (String name : INITIALIZERS) {
        if (exported(code.module().exportSection(), name)) {
          instance.export(name).apply();
        }
      }
    } catch (HostCalls.Ended e) {
      throw e;
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  private static FunctionType type(int parameters, @Nullable ValType result) {
    return FunctionType.of(
        Collections.nCopies(parameters, ValType.I32),
        Optional.ofNullable(result).stream().toList());
  }

  private static boolean exported(ExportSection exports, String name) {
    for (int i = 0; i < exports.exportCount(); i++) {
      Export export = exports.getExport(i);
      if (export.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private ImportValues imports() {
    return ImportValues.builder()
        .addFunction(function(HOST, INVOKE, this::invoke))
        .addFunction(function(HOST, LOG, this::log))
        .addFunction(function(ASSEMBLY_SCRIPT, ABORT, this::abort))
        .build();
  }

  private static HostFunction function(String module, String name, WasmFunctionHandle handle) {
    FunctionType type = Objects.requireNonNull(IMPORTS.get(module + '.' + name));
    return new HostFunction(module, name, type, handle);
  }

  private long[] invoke(Instance instance, long[] arguments) {
    byte[] answer = host.invoke(memory.readBytes((int) arguments[0], (int) arguments[1]));
    return new long[] {pack(put(answer), answer.length)};
  }

  private long @Nullable [] log(Instance instance, long[] arguments) {
    byte[] text = memory.readBytes((int) arguments[1], (int) arguments[2]);
    host.log((int) arguments[0], new String(text, UTF_8));
    return null;
  }

  /// AssemblyScript's way to give up: message, file, line, column. Texts are in UTF-16, their length stands before them.
  private long[] abort(Instance instance, long[] arguments) {
    String message = assemblyScriptText((int) arguments[0]);
    String file = assemblyScriptText((int) arguments[1]);
    throw new GuestAbort(
        "%s, in %s, line %d, column %d"
            .formatted(
                message.isEmpty() ? "it gave up" : Quoted.text(message),
                Quoted.text(file),
                arguments[2],
                arguments[3]));
  }

  private String assemblyScriptText(int address) {
    if (address == 0) {
      return "";
    }
    int length = Math.clamp(memory.readInt(address - 4), 0, 1000);
    return new String(memory.readBytes(address, length), UTF_16LE);
  }

  private static long pack(int address, int length) {
    return (long) address << 32 | length;
  }

  private int put(byte[] bytes) {
    int address = (int) allocate.apply(bytes.length)[0];
    memory.write(address, bytes);
    return address;
  }

  @Override
  public byte[] answer(byte[] request, HostCalls calls) throws GuestFault {
    host = calls;
    try {
      long packed = call.apply(put(request), request.length)[0];
      int address = (int) (packed >>> 32);
      long length = packed & 0xFFFF_FFFFL;
      if (length > limits.outputBytes()) {
        throw HostCalls.tooLong("answer", length, limits);
      }
      byte[] answer = read(address, (int) length);
      if (free != null) {
        free.apply(address, length);
      }
      if (settledPages == 0) {
        settledPages = memory.pages();
      }
      return answer;
    } catch (HostCalls.Ended e) {
      throw e;
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  private byte[] read(int address, int length) throws GuestFault {
    try {
      return memory.readBytes(address, length);
    } catch (IndexOutOfBoundsException e) {
      throw new GuestFault(
          Code.INVALID_OUTPUT,
          "The plugin's answer cannot be read: it is at address %d with %d bytes, and the memory has %d."
              .formatted(Integer.toUnsignedLong(address), length, memory()));
    }
  }

  private RuntimeException refused(RuntimeException e) {
    return pages.wasRefused() || elements.wasRefused() ? new MemoryRefused(e) : e;
  }

  @Override
  public boolean isSpent() {
    return memory.pages() > settledPages || pages.wasRefused() || elements.wasRefused();
  }

  @Override
  public long memory() {
    return (long) memory.pages() * GuestMemory.PAGE_SIZE;
  }
}
