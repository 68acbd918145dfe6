package dev.tenet.bootstrap.wiring;

import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.recording.DecisionBuffer;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.governance.TenantHeaders;
import dev.tenet.spi.StoreProvider.OpenStore;

/// What the outside gives: a store, what extensions add, and settings.
///
/// @param limits what one tenant may use
/// @param memory how definitions are kept in memory
/// @param headers which headers governance looks at
/// @param identity whether requests must say who sends them
/// @param buffering how decisions are collected before they are kept
/// @param plugins who approves plugins, and who watches them
/// @param extensions what they add
public record Parts(
    OpenStore store,
    Limits limits,
    CurrentRuleSets.Settings memory,
    TenantHeaders.Settings headers,
    Identity identity,
    DecisionBuffer.Settings buffering,
    PluginParts plugins,
    ExtensionParts extensions) {

  /// {@return a store that nobody else uses, without extensions and with the usual settings}
  public static Parts of(OpenStore store) {
    return new Parts(
        store,
        Limits.DEFAULT,
        CurrentRuleSets.Settings.ALONE,
        TenantHeaders.Settings.USUAL,
        Identity.ANYBODY,
        DecisionBuffer.Settings.DEFAULT,
        PluginParts.NONE,
        ExtensionParts.NONE);
  }

  /// {@return these parts with other limits}
  public Parts with(Limits other) {
    return new Parts(store, other, memory, headers, identity, buffering, plugins, extensions);
  }

  /// {@return these parts with decisions collected in another way}
  public Parts with(DecisionBuffer.Settings other) {
    return new Parts(store, limits, memory, headers, identity, other, plugins, extensions);
  }

  /// {@return these parts with another way to say who asks}
  public Parts with(Identity other) {
    return new Parts(store, limits, memory, headers, other, buffering, plugins, extensions);
  }

  /// {@return these parts with others who approve and watch plugins}
  public Parts with(PluginParts other) {
    return new Parts(store, limits, memory, headers, identity, buffering, other, extensions);
  }

  /// {@return these parts with these extensions}
  public Parts with(ExtensionParts other) {
    return new Parts(store, limits, memory, headers, identity, buffering, plugins, other);
  }
}
