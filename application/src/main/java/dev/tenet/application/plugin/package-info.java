/// Plugins: logic that tenants and third parties bring along, and what runs it.
///
/// ## What a guest is
///
/// A guest is code that nobody trusts, a WebAssembly module or a script. A call names an action, `module.function`, and hands over a
/// payload; both together are one JSON document in UTF-8, and so is the answer:
///
/// ```
/// {"action": "tax.rate", "payload": {"country": "DE"}}
///
/// {"result": 0.19}      or      {"error": "No such country: \"XX\"."}
/// ```
///
/// An action that a guest does not know it answers with the error `Unsupported action`.
///
/// ## A WebAssembly module
///
/// exports `memory`; `tenet_alloc(length: i32) -> i32`, where the host puts what it hands over; and `tenet_call(pointer: i32, length:
/// i32) -> i64`, which answers with `pointer << 32 | length`. If there is `tenet_free(pointer: i32, length: i32)`, the answer is given
/// back with it. `_initialize` or `__wasm_call_ctors` is called once for each instance. It may import from `tenet`:
///
/// - `host_invoke(pointer: i32, length: i32) -> i64` with `{"function": "plugin.module.function", "payload": …}`, answered like a call, in
///   memory that `tenet_alloc` gave
/// - `host_log(level: i32, pointer: i32, length: i32)` with 0 for debug, 1 for info, 2 for warning, 3 for error
///
/// and from `env` AssemblyScript's `abort`. There is nothing else: no clock, no chance, no files, no network.
///
/// ## A script
///
/// is an ECMAScript module. What it exports by the name of the action is called with the payload; what that returns is the result, what
/// it throws the error. `tax.rate` is the function `rate` of an exported object `tax`, or else the exported function `rate`. It sees
/// `tenet.invoke(function, payload)` and `tenet.log(text)`, and the language without clock and chance.
@NullMarked
package dev.tenet.application.plugin;

import org.jspecify.annotations.NullMarked;
