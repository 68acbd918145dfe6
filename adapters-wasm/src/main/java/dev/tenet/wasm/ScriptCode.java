package dev.tenet.wasm;

import dev.tenet.application.plugin.GuestLimits;
import java.util.Set;

/// A script that was loaded.
///
/// @param snapshot the engine after that
/// @param serve what answers a request, in the snapshot
/// @param exports its functions, `function` or, where it is in an object, `module.function`
record ScriptCode(
    QuickJs.Snapshot snapshot, QuickJs.Loaded serve, Set<String> exports, GuestLimits limits)
    implements GuestCode {

  ScriptCode {
    exports = Set.copyOf(exports);
  }

  @Override
  public GuestInstance instantiate(HostCalls host) {
    return new ScriptInstance(this, host);
  }

  @Override
  public boolean answers(String action) {
    return exports.contains(action)
        || exports.contains(action.substring(action.lastIndexOf('.') + 1));
  }
}
