package dev.tenet.bootstrap.wiring;

import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.governance.TenantHeaders;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import dev.tenet.spi.GovernanceListener;
import dev.tenet.spi.StoreProvider.OpenStore;
import java.util.List;

/// What the outside gives: a store, what extensions add, and settings.
///
/// @param limits what one tenant may use
/// @param memory how definitions are kept in memory
/// @param headers which headers governance looks at
public record Parts(
    OpenStore store,
    Limits limits,
    CurrentRuleSets.Settings memory,
    TenantHeaders.Settings headers,
    List<Function> functions,
    List<DecisionListener> listeners,
    List<GovernanceListener> governanceListeners) {

  public Parts {
    functions = List.copyOf(functions);
    listeners = List.copyOf(listeners);
    governanceListeners = List.copyOf(governanceListeners);
  }

  /// {@return a store that nobody else uses, without extensions and with the usual settings}
  public static Parts of(OpenStore store) {
    return new Parts(
        store,
        Limits.DEFAULT,
        CurrentRuleSets.Settings.ALONE,
        TenantHeaders.Settings.USUAL,
        List.of(),
        List.of(),
        List.of());
  }

  /// {@return these parts with other limits}
  public Parts with(Limits other) {
    return new Parts(store, other, memory, headers, functions, listeners, governanceListeners);
  }

  /// {@return these parts with these extensions}
  public Parts with(
      List<Function> moreFunctions,
      List<DecisionListener> moreListeners,
      List<GovernanceListener> moreGovernanceListeners) {
    return new Parts(
        store, limits, memory, headers, moreFunctions, moreListeners, moreGovernanceListeners);
  }
}
