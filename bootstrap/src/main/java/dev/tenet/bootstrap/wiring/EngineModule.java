package dev.tenet.bootstrap.wiring;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.DecisionObserver;
import dev.tenet.application.evaluation.PastRuleSets;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.identity.IdSource;
import dev.tenet.application.observer.Observers;
import dev.tenet.application.plugin.Invocations;
import dev.tenet.application.store.TenantStore;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/// The compiler, what it compiled, and where time and ids come from.
@Module
interface EngineModule {

  /// Past revisions may take this part of the memory that present ones may.
  int PAST_SHARE = 8;

  @Provides
  @Singleton
  static InstantSource clock() {
    return InstantSource.system();
  }

  @Provides
  @Singleton
  static IdSource ids(InstantSource clock) {
    return new TimeOrderedIds(clock);
  }

  @Provides
  @Singleton
  static CelRuleCompiler celCompiler(Limits limits, List<Function> functions, Invocations calls) {
    return new CelRuleCompiler(limits, functions, calls);
  }

  @Binds
  RuleCompiler compiler(CelRuleCompiler compiler);

  @Provides
  @Singleton
  static Observers<DecisionObserver> observers(List<DecisionListener> listeners) {
    return new Observers<>(listeners);
  }

  @Provides
  @Singleton
  static CurrentRuleSets ruleSets(
      TenantStore store, RuleCompiler compiler, CurrentRuleSets.Settings settings) {
    return new CurrentRuleSets(store, compiler, settings);
  }

  @Provides
  @Singleton
  static PastRuleSets past(
      TenantStore store, RuleCompiler compiler, CurrentRuleSets.Settings settings) {
    return new PastRuleSets(store, compiler, settings.memory() / PAST_SHARE);
  }
}
