package dev.tenet.wasm;

import dev.tenet.application.plugin.GuestLimits;

/// A script that was loaded.
///
/// @param snapshot the engine after that
/// @param serve what answers a request, in the snapshot
record ScriptCode(QuickJs.Snapshot snapshot, QuickJs.Loaded serve, GuestLimits limits)
    implements GuestCode {

  @Override
  public GuestInstance instantiate(HostCalls host) {
    return new ScriptInstance(this, host);
  }
}
