package dev.tenet.wasm;

import dev.tenet.application.plugin.GuestLimits;
import java.util.function.Function;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.WasmModule;

/// A module, compiled to classes that go when nobody has it any more.
record WasmCode(WasmModule module, Function<Instance, Machine> compiled, GuestLimits limits)
    implements GuestCode {

  @Override
  public GuestInstance instantiate(HostCalls host) {
    return new WasmInstance(this, host);
  }

  /// Modules tell their actions apart themselves.
  @Override
  public boolean answers(String action) {
    return true;
  }
}
