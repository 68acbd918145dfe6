package dev.tenet.wasm;

import dev.tenet.application.plugin.GuestLimits;
import java.util.Set;

/// A script that was loaded.
///
/// @param snapshot the engine after that
/// @param serve what answers a request, in the snapshot
/// @param exports the functions that it exports
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
    boolean inAnObject = action.indexOf('.') >= 0;
    return inAnObject || exports.contains(action);
  }
}
