package dev.tenet.bootstrap.wiring;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenet.application.access.FoundPlatform;
import dev.tenet.application.audit.Denials;
import dev.tenet.application.change.ChangeObserver;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.DecisionObserver;
import dev.tenet.application.evaluation.PastRuleSets;
import dev.tenet.application.governance.GovernanceObserver;
import dev.tenet.application.governance.UsageMeter;
import dev.tenet.application.identity.IdSource;
import dev.tenet.application.identity.IssueFirstKey;
import dev.tenet.application.observer.Observers;
import dev.tenet.application.plugin.CollectArtefacts;
import dev.tenet.application.plugin.Guests;
import dev.tenet.application.recording.DecisionBuffer;
import dev.tenet.application.recording.DecisionRetention;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.http.TenetHttpServer;
import dev.tenet.http.governance.TenantGate;
import dev.tenet.http.identity.Authenticator;
import dev.tenet.http.usecase.UseCases;
import jakarta.inject.Singleton;

/// Everything that is made once, wired together.
@Singleton
@Component(
    modules = {
      PartsModule.class,
      EngineModule.class,
      IdentityModule.class,
      GovernanceModule.class,
      UseCaseModule.class,
      DecisionModule.class,
      PluginModule.class,
      HttpModule.class
    })
public interface TenetComponent {

  /// {@return all that can be done}
  UseCases useCases();

  /// {@return what health is made of}
  TenetHttpServer.Health health();

  /// {@return what lets requests in}
  TenantGate gate();

  /// {@return who is told what governance decides}
  Observers<GovernanceObserver> governanceObservers();

  /// {@return who is asked before changes, and told after them}
  Observers<ChangeObserver> changeObservers();

  /// {@return what counts what tenants use}
  UsageMeter usage();

  /// {@return what records what is denied; to be closed before the store}
  Denials denials();

  /// {@return what makes sure that the platform's own tenant is there}
  FoundPlatform foundPlatform();

  /// {@return the rule sets in force}
  CurrentRuleSets ruleSets();

  /// {@return the rule sets of past revisions}
  PastRuleSets pastRuleSets();

  /// {@return what compiles them}
  CelRuleCompiler compiler();

  /// {@return who is told of decisions}
  Observers<DecisionObserver> decisionObservers();

  /// {@return where ids come from}
  IdSource ids();

  /// {@return what says who asks; closing it is the caller's}
  Authenticator authenticator();

  /// {@return what issues the first key of the platform}
  IssueFirstKey issueFirstKey();

  /// {@return what decisions go through before they are kept}
  DecisionBuffer decisionBuffer();

  /// {@return what lets go of decisions}
  DecisionRetention decisionRetention();

  /// {@return the code that is ready to be called; closing it is the caller's}
  Guests guests();

  /// {@return what lets go of code that nothing refers to}
  CollectArtefacts artefactCollector();

  /// Makes the component of what the outside gives.
  @Component.Factory
  interface Factory {
    /// {@return everything wired together}
    TenetComponent create(@BindsInstance Parts parts);
  }

  /// {@return everything wired together}
  static TenetComponent of(Parts parts) {
    return DaggerTenetComponent.factory().create(parts);
  }
}
