package dev.tenet.bootstrap.wiring;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.identity.IdSource;
import dev.tenet.application.identity.IssueFirstKey;
import dev.tenet.application.identity.KnownKeys;
import dev.tenet.application.store.Placement;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.TenetHttpServer;
import dev.tenet.http.usecase.UseCases;
import dev.tenet.inmemory.InMemoryApiKeyStore;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Everything that is made once, wired together.
@Singleton
@Component(
    modules = {EngineModule.class, UseCaseModule.class, IdentityModule.class, HttpModule.class})
public interface TenetComponent {

  /// {@return all that can be done}
  UseCases useCases();

  /// {@return what health is made of}
  TenetHttpServer.Health health();

  /// {@return the rule sets in force}
  CurrentRuleSets ruleSets();

  /// {@return where ids come from}
  IdSource ids();

  /// {@return where the time comes from}
  InstantSource clock();

  /// {@return which API keys are good}
  KnownKeys knownKeys();

  /// {@return what issues the first key of the platform}
  IssueFirstKey issueFirstKey();

  /// Makes the component of what the outside gives.
  @Component.Factory
  interface Factory {
    /// {@return everything wired together}
    TenetComponent create(
        @BindsInstance Limits limits,
        @BindsInstance CurrentRuleSets.Settings memory,
        @BindsInstance TenantStore store,
        @BindsInstance ApiKeyStore apiKeys,
        @BindsInstance Optional<Placement> placement,
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

  /// {@return everything wired together, with API keys that are forgotten at the end}
  ///
  /// @param placement how a database is chosen for a new tenant
  static TenetComponent of(
      Limits limits,
      CurrentRuleSets.Settings memory,
      TenantStore store,
      Optional<Placement> placement,
      List<Function> functions,
      List<DecisionListener> listeners) {
    return of(limits, memory, store, new InMemoryApiKeyStore(), placement, functions, listeners);
  }

  /// {@return everything wired together}
  ///
  /// @param placement how a database is chosen for a new tenant
  static TenetComponent of(
      Limits limits,
      CurrentRuleSets.Settings memory,
      TenantStore store,
      ApiKeyStore apiKeys,
      Optional<Placement> placement,
      List<Function> functions,
      List<DecisionListener> listeners) {
    return DaggerTenetComponent.factory()
        .create(limits, memory, store, apiKeys, placement, functions, listeners);
  }
}
