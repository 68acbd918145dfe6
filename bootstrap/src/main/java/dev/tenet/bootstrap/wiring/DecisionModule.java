package dev.tenet.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import dev.tenet.application.decision.FindDecision;
import dev.tenet.application.decision.ReplayDecision;
import dev.tenet.application.decision.SearchDecisions;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.PastRuleSets;
import dev.tenet.application.identity.IdSource;
import dev.tenet.application.recording.DecisionBuffer;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.recording.DecisionRecorder;
import dev.tenet.application.recording.DecisionRetention;
import dev.tenet.application.store.Definitions;
import dev.tenet.application.store.TenantStore;
import dev.tenet.http.usecase.UseCases;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// Keeping decisions, and asking for them.
@Module
final class DecisionModule {

  private DecisionModule() {}

  @Provides
  @Singleton
  static DecisionBuffer buffer(DecisionLog log, IdSource ids, DecisionBuffer.Settings settings) {
    return new DecisionBuffer(log, ids, settings);
  }

  @Provides
  static DecisionRecorder recorder(DecisionBuffer buffer) {
    return new DecisionRecorder(buffer);
  }

  @Provides
  static DecisionRetention retention(DecisionLog log, TenantStore store, InstantSource clock) {
    return new DecisionRetention(log, store, clock);
  }

  @Provides
  static UseCases.Decisions decisions(
      Definitions definitions, DecisionLog log, CurrentRuleSets ruleSets, PastRuleSets past) {
    return new UseCases.Decisions(
        new FindDecision(definitions, log),
        new SearchDecisions(definitions, log),
        new ReplayDecision(log, ruleSets, past));
  }
}
