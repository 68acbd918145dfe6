package dev.tenet.application.decision;

import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.decision.LoggedDecision;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.tenant.TenantId;
import java.util.Optional;

/// Finds a decision that was kept.
public final class FindDecision {

  private final Definitions definitions;
  private final DecisionLog log;

  public FindDecision(Definitions definitions, DecisionLog log) {
    this.definitions = definitions;
    this.log = log;
  }

  /// {@return the decision, or that it is not there: it was never made, not kept, or not kept any more}
  public ReadResult<LoggedDecision> find(TenantId tenant, DecisionId decision) {
    return switch (definitions.readStored(tenant, store -> log.find(tenant, decision))) {
      case ReadResult.Found<Optional<LoggedDecision>>(var found, var revision) ->
          found
              .<ReadResult<LoggedDecision>>map(there -> new ReadResult.Found<>(there, revision))
              .orElseGet(() -> new ReadResult.NotFound<>("decision"));
      case ReadResult.NotFound<Optional<LoggedDecision>>(var what) ->
          new ReadResult.NotFound<>(what);
    };
  }
}
