package dev.tenet.wasm;

import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import dev.tenet.application.plugin.GuestLimits;
import java.util.Locale;
import run.endive.wasm.WasmEngineException;

/// Says what it means when a guest ends with an exception.
final class Traps {

  private Traps() {}

  /// {@return the fault of the call}
  static GuestFault fault(Throwable e, GuestLimits limits) {
    if (e instanceof HostCalls.Ended ended) {
      return ended.fault();
    }
    if (Thread.currentThread() instanceof GuestThread thread && thread.isLate()) {
      return new GuestFault(Code.TIMEOUT, "The plugin was not done in time and was stopped.");
    }
    if (e instanceof OutOfMemoryError || e instanceof MemoryRefused) {
      return new GuestFault(
          Code.OUT_OF_MEMORY,
          "The plugin wanted more memory than the %d KiB, or more elements of tables than the %d, that it may have."
              .formatted(limits.memoryPages() * 64L, limits.tableElements()));
    }
    return new GuestFault(Code.TRAPPED, "The plugin failed: %s.".formatted(reason(e)));
  }

  private static String reason(Throwable e) {
    if (isOverflow(e)) {
      return "it calls itself too deeply";
    }
    if (e instanceof IndexOutOfBoundsException) {
      return "out of bounds memory access";
    }
    String message = e.getMessage();
    if (e instanceof GuestAbort) {
      return String.valueOf(message);
    }
    boolean readable = e instanceof WasmEngineException || e instanceof ArithmeticException;
    if (!readable || message == null || message.isEmpty()) {
      return e.getClass().getSimpleName();
    }
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static boolean isOverflow(Throwable e) {
    return e instanceof StackOverflowError || e.getCause() instanceof StackOverflowError;
  }
}
