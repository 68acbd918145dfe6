package dev.tenet.http.decision;

import dev.tenet.application.decision.ReplayDecision.Result;
import dev.tenet.application.recording.DecisionLog.Filter;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.identity.Action;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.PageTokens;
import dev.tenet.http.routing.Results;
import dev.tenet.http.routing.Route;
import dev.tenet.http.routing.TimeSpan;
import dev.tenet.http.usecase.UseCases;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads decisions that were kept, and decides them again.
public final class DecisionRoutes {

  private static final String DECISIONS = "/api/v1/tenants/{tenantId}/decisions";
  private static final String DECISION = DECISIONS + "/{decisionId}";
  private static final int LONGEST_REVISION = 18;

  private final UseCases.Decisions decisions;

  public DecisionRoutes(UseCases.Decisions decisions) {
    this.decisions = decisions;
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.of("GET", DECISIONS, Action.DECISIONS_READ, this::search)
            .with("since", "until", "ruleId", "revision", "error")
            .paged(),
        Route.of("GET", DECISION, Action.DECISIONS_READ, this::find),
        Route.of("POST", DECISION + ":replay", Action.DECISIONS_READ, this::replay));
  }

  private Answer search(Call call) {
    TimeSpan span = TimeSpan.of(call);
    var filter =
        new Filter(
            span.since(),
            span.until(),
            call.parameter("ruleId", RuleId::parse, "the id of a rule"),
            call.parameter("revision", DecisionRoutes::revision, "a revision")
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty()),
            call.flag("error"));
    return Results.found(
        decisions.search().search(call.tenant(), filter, call.page(PageTokens.BY_AGE)),
        (page, revision) ->
            LoggedDecisionWriter.write(page, call.nextToken(page, PageTokens.BY_AGE)));
  }

  private static Optional<Long> revision(String text) {
    boolean number =
        !text.isEmpty()
            && text.length() <= LONGEST_REVISION
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private Answer find(Call call) {
    return Results.found(
        decisions.find().find(call.tenant(), decision(call)),
        (found, revision) -> LoggedDecisionWriter.write(found));
  }

  private static DecisionId decision(Call call) {
    return call.id("decisionId", "decision", DecisionId::parse);
  }

  private Answer replay(Call call) {
    call.nothing();
    return switch (decisions.replay().replay(call.tenant(), decision(call))) {
      case Result.Replayed replayed ->
          Answer.json(200, LoggedDecisionWriter.write(replayed), replayed.presentRevision());
      case Result.NotFound(var what) -> throw new ProblemException(Problem.notFound(what));
      case Result.RevisionNotFound(var revision) ->
          throw new ProblemException(
              Problem.of(
                  404,
                  "revision_not_found",
                  "The tenant does not have revision %d, which decided; it was deleted and created again."
                      .formatted(revision)));
    };
  }
}
