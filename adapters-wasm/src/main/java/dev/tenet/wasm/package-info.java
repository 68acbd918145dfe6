/// Runs guests: WebAssembly modules, compiled to bytecode, and scripts, in a QuickJS that is itself such a module.
///
/// A call goes `PreparedGuest` → `Turns` (whose turn it is, on which thread) → `GuestThread` (by when it must be done; `Watchdog` sees to
/// it) → an instance of `IdleInstances` or a new one (`GuestCode`) → `Envelope` (what it answered).
@NullMarked
package dev.tenet.wasm;

import org.jspecify.annotations.NullMarked;
