package dev.tenet.wasm;

/// A guest failed after it was refused memory or elements of a table, most likely because of that.
final class MemoryRefused extends RuntimeException {
  MemoryRefused(Throwable cause) {
    super("refused", cause, false, false);
  }
}
