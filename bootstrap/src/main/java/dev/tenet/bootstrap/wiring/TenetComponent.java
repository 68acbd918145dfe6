package dev.tenet.bootstrap.wiring;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.identity.IdSource;
import dev.tenet.application.store.Placement;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.TenetHttpServer;
import dev.tenet.http.usecase.UseCases;
import dev.tenet.inmemory.InMemoryAuditLog;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Everything that is made once, wired together.
@Singleton
@Component(modules = {EngineModule.class, UseCaseModule.class, HttpModule.class})
public interface TenetComponent {

  /// {@return all that can be done}
  UseCases useCases();

  /// {@return what health is made of}
  TenetHttpServer.Health health();

  /// {@return the rule sets in force}
  CurrentRuleSets ruleSets();

  /// {@return where ids come from}
  IdSource ids();

  /// Makes the component of what the outside gives.
  @Component.Factory
  interface Factory {
    /// {@return everything wired together}
    TenetComponent create(
        @BindsInstance Limits limits,
        @BindsInstance CurrentRuleSets.Settings memory,
        @BindsInstance TenantStore store,
        @BindsInstance Optional<Placement> placement,
        @BindsInstance AuditLog audit,
        @BindsInstance List<Function> functions,
        @BindsInstance List<DecisionListener> listeners);
  }

  /// {@return everything wired together, over a store that keeps all tenants in one place}
  static TenetComponent of(
      Limits limits,
      CurrentRuleSets.Settings memory,
      TenantStore store,
      List<Function> functions,
      List<DecisionListener> listeners) {
    return of(limits, memory, store, Optional.empty(), functions, listeners);
  }

  /// {@return everything wired together, with an audit that nothing is added to}
  ///
  /// @param placement how a database is chosen for a new tenant
  static TenetComponent of(
      Limits limits,
      CurrentRuleSets.Settings memory,
      TenantStore store,
      Optional<Placement> placement,
      List<Function> functions,
      List<DecisionListener> listeners) {
    return of(limits, memory, store, placement, new InMemoryAuditLog(), functions, listeners);
  }

  /// {@return everything wired together}
  ///
  /// @param placement how a database is chosen for a new tenant
  /// @param audit to which the store adds its changes
  static TenetComponent of(
      Limits limits,
      CurrentRuleSets.Settings memory,
      TenantStore store,
      Optional<Placement> placement,
      AuditLog audit,
      List<Function> functions,
      List<DecisionListener> listeners) {
    return DaggerTenetComponent.factory()
        .create(limits, memory, store, placement, audit, functions, listeners);
  }
}
