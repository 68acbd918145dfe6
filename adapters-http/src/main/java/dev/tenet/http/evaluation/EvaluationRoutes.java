package dev.tenet.http.evaluation;

import dev.tenet.application.evaluation.EvaluateFacts.Outcome;
import dev.tenet.application.evaluation.EvaluateFacts.Result;
import dev.tenet.application.evaluation.TimeSlice;
import dev.tenet.domain.decision.Requester;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Location.Pointer;
import dev.tenet.domain.evaluation.FactSource.Kind;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.identity.Action;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.json.JsonScanner;
import dev.tenet.http.json.StrictJson;
import dev.tenet.http.json.Unread;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.JsonBody;
import dev.tenet.http.routing.Results;
import dev.tenet.http.routing.Route;
import dev.tenet.http.usecase.UseCases;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Evaluates facts: one set, a batch, or a stream; and checks expressions.
public final class EvaluationRoutes {

  private static final String TENANT = "/api/v1/tenants/{tenantId}";
  private static final String NDJSON = "application/x-ndjson";

  /// After how many bytes the answer to a batch goes on without decisions.
  private static final int LARGEST_ANSWER = 64 << 20;

  /// How many times as large as one set of facts a batch may be.
  private static final int BATCH_FACTOR = 16;

  private static final String FACTS = "facts";
  private static final Pointer FACTS_PLACE = Location.root().child(FACTS);
  private static final Set<String> MEMBERS = with("tenantId", FACTS);

  private final UseCases.Evaluation evaluation;
  private final Limits limits;
  private final Admission admission;

  /// @param evaluations how many evaluations may be under way
  public EvaluationRoutes(UseCases.Evaluation evaluation, Limits limits, int evaluations) {
    this.evaluation = evaluation;
    this.limits = limits;
    this.admission = new Admission(evaluations);
  }

  /// {@return the routes}
  public List<Route> routes() {
    int single = limits.factsBytes();
    int batch = (int) Math.min(Integer.MAX_VALUE - 8L, (long) single * BATCH_FACTOR);
    return List.of(
        Route.of("POST", TENANT + "/evaluate", Action.FACTS_EVALUATE, this::evaluateTenantInPath)
            .with("trace")
            .limit(single, "facts_too_large"),
        Route.of("POST", "/api/v1/evaluate", Action.FACTS_EVALUATE, this::evaluateTenantInBody)
            .with("trace")
            .limit(single, "facts_too_large"),
        Route.of("POST", TENANT + "/evaluate:batch", Action.FACTS_EVALUATE, this::evaluateBatch)
            .with("trace", "include", "rule", "tag", "minRevision", "revision")
            .limit(batch, "batch_too_large"),
        Route.of("POST", TENANT + "/expressions:check", Action.EXPRESSIONS_CHECK, this::check));
  }

  private Answer evaluateTenantInBody(Call call) {
    awaitBody(call);
    JsonBody body = call.jsonAround(FACTS, MEMBERS);
    Optional<String> tenant = body.text("tenantId").filter(text -> !text.isEmpty());
    body.check();
    return evaluate(call, body, call.passage().enter(tenant.map(EvaluationRoutes::tenant)));
  }

  private static TenantId tenant(String text) {
    return TenantId.parse(text).orElseThrow(() -> new ProblemException(Problem.notFound("tenant")));
  }

  private Answer evaluateTenantInPath(Call call) {
    TenantId tenant = call.tenant();
    awaitBody(call);
    JsonBody body = call.jsonAround(FACTS, MEMBERS);
    checkTenant(body, tenant);
    return evaluate(call, body, tenant);
  }

  /// The body need not name the tenant that the path names, and may.
  private static void checkTenant(JsonBody body, TenantId tenant) {
    body.text("tenantId")
        .filter(given -> !given.equalsIgnoreCase(tenant.toString()))
        .ifPresent(
            given ->
                body.report(
                    "tenant_mismatch",
                    "tenantId",
                    "tenantId must be the tenant of the path; it may also be left out.",
                    null));
  }

  /// A body that arrives slowly takes nothing away from the evaluations; then nothing is done with it when there are too many.
  private void awaitBody(Call call) {
    var _ = call.content();
    admission.check();
  }

  private static Set<String> with(String... more) {
    Set<String> members = new HashSet<>(EvaluationRequest.MEMBERS);
    members.addAll(Set.of(more));
    return members;
  }

  private Answer evaluate(Call call, JsonBody body, TenantId tenant) {
    EvaluationRequest request = EvaluationRequest.of(body, call);
    if (body.raw(FACTS) == null) {
      throw bad("facts_required", "facts are required");
    }
    Optional<Unread> facts = body.unread(FACTS, Kind.OBJECT, "an object");
    body.check();
    RequestedEvaluation requested = open(call, tenant, request);
    call.passage().charge(tenant, requested.rules());
    JsonScanner source = facts.orElseThrow().source();
    Answer answer = admission.admit(() -> decision(call, requested, source));
    requested.confirm();
    return answer;
  }

  /// Whether the facts are JSON shows only here; what is wrong with them is told from the beginning of the body.
  private static Answer decision(Call call, RequestedEvaluation requested, JsonScanner source) {
    try (var slice = new TimeSlice()) {
      return answer(requested.evaluate(source, FACTS_PLACE, slice), requested.request());
    } catch (StrictJson.Malformed e) {
      call.document();
      throw RequestedEvaluation.unreadable(e);
    }
  }

  private static Answer answer(Outcome outcome, EvaluationRequest request) {
    return switch (outcome) {
      case Outcome.Decided(var decision) ->
          Answer.json(
              200, DecisionWriter.write(decision, request.misspelled()), decision.revision());
      case Outcome.InvalidFacts(var diagnostics) ->
          throw new ProblemException(Problem.invalid(diagnostics));
    };
  }

  private RequestedEvaluation open(Call call, TenantId tenant, EvaluationRequest request) {
    Requester requester = Requester.of(call.requestId(), call.actor());
    return switch (evaluation.evaluate().open(tenant, request.wanted(), requester)) {
      case Result.Opened(var opened) -> {
        var requested = new RequestedEvaluation(opened, request);
        call.decidedBy(opened.revision(), requested.rules());
        yield requested;
      }
      case Result.TenantNotFound() -> throw new ProblemException(Problem.notFound("tenant"));
      case Result.NoSchema() ->
          throw new ProblemException(
              Problem.of(
                  409,
                  "schema_not_found",
                  "The tenant has no schema yet; define one with POST /api/v1/tenants/{tenantId}/schema first."));
      case Result.Behind(var revision) ->
          throw new ProblemException(
              Problem.of(
                      503,
                      "revision_not_reached",
                      "The tenant is at revision %d, before the minRevision asked for; try again."
                          .formatted(revision))
                  .retryAfter(1));
      case Result.RevisionNotFound(var revision) ->
          throw new ProblemException(
              Problem.of(
                  404,
                  "revision_not_found",
                  "The tenant has no such revision; it is at revision %d.".formatted(revision)));
    };
  }

  private Answer evaluateBatch(Call call) {
    TenantId tenant = call.tenant();
    if (call.isMediaType(NDJSON)) {
      return stream(call, tenant);
    }
    awaitBody(call);
    Object document = call.documentExcept(FACTS);
    if (document instanceof Unread sets && sets.kind() == Kind.LIST) {
      return batch(call, sets, Location.root(), EvaluationRequest.of(call), tenant);
    }
    if (document instanceof Unread) {
      throw bad(
          "body_not_object",
          "The body must be a JSON array of sets of facts, or an object with them as \"facts\".");
    }
    JsonBody body = JsonBody.of(document, MEMBERS);
    checkTenant(body, tenant);
    for (String parameter : List.of("rule", "tag", "include", "minRevision", "revision")) {
      if (!call.parameterValues(parameter).isEmpty()) {
        body.report(
            "parameter_misplaced",
            parameter,
            "The query parameter %s goes with an array or NDJSON; in an object, it is a member of the body."
                .formatted(parameter),
            null);
      }
    }
    EvaluationRequest request = EvaluationRequest.of(body, call);
    if (!(body.raw(FACTS) instanceof Unread sets) || sets.kind() != Kind.LIST) {
      throw bad("facts_required", "facts are required, as a list of sets of facts");
    }
    return batch(call, sets, FACTS_PLACE, request, tenant);
  }

  private Answer batch(
      Call call, Unread sets, Pointer at, EvaluationRequest request, TenantId tenant) {
    if (sets.size() > limits.batchSize()) {
      throw new ProblemException(
          Problem.of(
              413,
              "batch_too_large",
              "The batch has %d sets of facts; at most %d are allowed. Send more as NDJSON (Content-Type: %s)."
                  .formatted(sets.size(), limits.batchSize(), NDJSON)));
    }
    RequestedEvaluation requested = open(call, tenant, request);
    call.passage().charge(tenant, sets.size() * requested.rules());
    Answer answer = admission.admit(() -> decisions(call, sets, at, requested));
    requested.confirm();
    return answer;
  }

  private Answer decisions(Call call, Unread sets, Pointer at, RequestedEvaluation requested) {
    try (var slice = new TimeSlice()) {
      return decisions(call, sets, at, requested, slice);
    }
  }

  private Answer decisions(
      Call call, Unread sets, Pointer at, RequestedEvaluation requested, TimeSlice slice) {
    var writer = new DecisionWriter();
    writer.startBatch(requested.revision());
    for (int i = 0; i < sets.size(); i++) {
      slice.giveWay(System.nanoTime());
      writer.next();
      if (call.overdue()) {
        writer.problem(
            "deadline_exceeded", "The batch took too long; send smaller ones.", List.of());
      } else if (writer.size() > LARGEST_ANSWER) {
        writer.problem(
            "answer_too_large", "The answer became too large; send smaller batches.", List.of());
      } else if (sets.length(i) > limits.factsBytes()) {
        writer.problem(
            "facts_too_large",
            "The set of facts is too large; at most %d bytes are allowed."
                .formatted(limits.factsBytes()),
            List.of());
      } else {
        requested.answer(sets.element(i), at.child(i), slice, writer);
      }
    }
    writer.endBatch();
    return Answer.json(200, writer.toByteArray(), requested.revision());
  }

  private Answer stream(Call call, TenantId tenant) {
    admission.check();
    RequestedEvaluation requested = open(call, tenant, EvaluationRequest.of(call));
    var lines =
        new EvaluatedLines(
            requested,
            call.lines(limits.factsBytes()),
            limits.factsBytes(),
            () -> call.passage().charge(tenant, requested.rules()));
    return new Answer.Stream(NDJSON, lines::answer);
  }

  private Answer check(Call call) {
    TenantId tenant = call.tenant();
    JsonBody body = call.json(Set.of("expression"));
    String expression = body.text("expression").orElse("");
    body.check();
    if (expression.isBlank()) {
      throw bad("expression_required", "expression is required");
    }
    return Results.found(
        evaluation.check().check(tenant, new Expression(expression)),
        (check, revision) -> CheckJson.of(check, revision));
  }

  private static ProblemException bad(String code, String message) {
    return new ProblemException(Problem.of(400, code, message));
  }
}
