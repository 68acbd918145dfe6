package dev.tenet.wasm;

/// A guest gave up, and said why.
final class GuestAbort extends RuntimeException {
  GuestAbort(String message) {
    super(message, null, false, false);
  }
}
