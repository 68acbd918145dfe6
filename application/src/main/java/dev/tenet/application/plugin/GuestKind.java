package dev.tenet.application.plugin;

/// What a guest is written in.
public enum GuestKind {
  /// A WebAssembly module in its binary format.
  WASM,
  /// An ECMAScript module, in UTF-8.
  JAVASCRIPT
}
