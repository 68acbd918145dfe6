package dev.tenet.http.evaluation;

import dev.tenet.application.evaluation.EvaluateFacts.Evaluation;
import dev.tenet.application.evaluation.EvaluateFacts.Outcome;
import dev.tenet.application.evaluation.EvaluateFacts.Result;
import dev.tenet.application.evaluation.TimeSlice;
import dev.tenet.application.recording.DecisionLogFull;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.decision.Requester;
import dev.tenet.domain.diagnostic.Diagnostic;
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
import dev.tenet.http.routing.RequestLines;
import dev.tenet.http.routing.Results;
import dev.tenet.http.routing.Route;
import dev.tenet.http.usecase.UseCases;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Evaluates facts: one set, a batch, or a stream; and checks expressions.
public final class EvaluationRoutes {

  private static final Logger LOG = System.getLogger(EvaluationRoutes.class.getName());
  private static final String TENANT = "/api/v1/tenants/{tenantId}";
  private static final String NDJSON = "application/x-ndjson";

  /// After how many bytes the answer to a batch goes on without decisions.
  private static final int LARGEST_ANSWER = 64 << 20;

  /// After how many bytes of answers to lines it is waited for that their decisions are kept, if they must be.
  private static final int MOST_UNCONFIRMED = 64 << 10;

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
    Evaluation opened = open(call, tenant, request);
    call.passage().charge(tenant, opened.rules(request.selection()));
    JsonScanner source = facts.orElseThrow().source();
    Answer answer = admission.admit(() -> decision(call, opened, source, request));
    confirm(opened);
    return answer;
  }

  /// Whether the facts are JSON shows only here; what is wrong with them is told from the beginning of the body.
  private static Answer decision(
      Call call, Evaluation opened, JsonScanner source, EvaluationRequest request) {
    try (var slice = new TimeSlice()) {
      return answer(evaluate(opened, source, FACTS_PLACE, request, slice), request);
    } catch (StrictJson.Malformed e) {
      call.document();
      throw unreadable(e);
    }
  }

  /// Waits until decisions are kept, outside of what is admitted: it computes nothing.
  private static void confirm(Evaluation opened) {
    try {
      opened.confirm();
    } catch (StoreUnavailable e) {
      LOG.log(Level.WARNING, () -> "a decision was not kept: " + e.getCause());
      throw new ProblemException(Problem.storeUnavailable());
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

  private Evaluation open(Call call, TenantId tenant, EvaluationRequest request) {
    Requester requester = Requester.of(call.requestId(), call.actor());
    return switch (evaluation.evaluate().open(tenant, request.wanted(), requester)) {
      case Result.Opened(var opened) -> {
        call.decidedBy(opened.revision(), opened.rules(request.selection()));
        yield opened;
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
    Evaluation opened = open(call, tenant, request);
    call.passage().charge(tenant, sets.size() * opened.rules(request.selection()));
    Answer answer = admission.admit(() -> decisions(call, sets, at, request, opened));
    confirm(opened);
    return answer;
  }

  private Answer decisions(
      Call call, Unread sets, Pointer at, EvaluationRequest request, Evaluation opened) {
    try (var slice = new TimeSlice()) {
      return decisions(call, sets, at, request, opened, slice);
    }
  }

  private Answer decisions(
      Call call,
      Unread sets,
      Pointer at,
      EvaluationRequest request,
      Evaluation opened,
      TimeSlice slice) {
    var writer = new DecisionWriter();
    writer.startBatch(opened.revision());
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
        answer(opened, sets.element(i), at.child(i), request, slice, writer);
      }
    }
    writer.endBatch();
    return Answer.json(200, writer.toByteArray(), opened.revision());
  }

  private Answer stream(Call call, TenantId tenant) {
    admission.check();
    EvaluationRequest request = EvaluationRequest.of(call);
    Evaluation opened = open(call, tenant, request);
    RequestLines lines = call.lines(limits.factsBytes());
    Runnable charging = () -> call.passage().charge(tenant, opened.rules(request.selection()));
    return new Answer.Stream(NDJSON, out -> answerLines(opened, lines, request, charging, out));
  }

  /// When reading or charging fails, the stream ends with the problem: a line took too long to arrive, a chunk is too large,
  /// the quota is used up.
  ///
  /// @return whether the lines were read to their end
  private boolean answerLines(
      Evaluation opened,
      RequestLines lines,
      EvaluationRequest request,
      Runnable charging,
      OutputStream out)
      throws IOException {
    try (var slice = new TimeSlice()) {
      return answerLines(opened, lines, request, charging, slice, out);
    }
  }

  /// @param slice which is paused but while a line is answered
  private boolean answerLines(
      Evaluation opened,
      RequestLines lines,
      EvaluationRequest request,
      Runnable charging,
      TimeSlice slice,
      OutputStream out)
      throws IOException {
    var writer = new DecisionWriter();
    while (true) {
      try {
        byte[] line = lines.next();
        if (line == null) {
          return true;
        }
        charging.run();
        answerLine(opened, line, lines.number(), request, slice, writer);
        writer.endLine();
      } catch (RequestLines.LineTooLong e) {
        writer.problem(
            "facts_too_large",
            "The line is too long; at most %d bytes are allowed.".formatted(limits.factsBytes()),
            List.of());
        writer.endLine();
      } catch (ProblemException e) {
        return end(e.problem(), opened, writer, out);
      }
      if (!opened.isToBeConfirmed() || !lines.isReady() || writer.size() > MOST_UNCONFIRMED) {
        try {
          confirm(opened);
        } catch (ProblemException e) {
          writer.clear();
          return end(e.problem(), opened, writer, out);
        }
        writer.drain(out);
      }
    }
  }

  /// What is not known to be kept is not answered.
  private static boolean end(
      Problem problem, Evaluation opened, DecisionWriter writer, OutputStream out)
      throws IOException {
    try {
      confirm(opened);
    } catch (ProblemException e) {
      writer.clear();
    }
    writer.problem(problem.code(), problem.detail(), List.of());
    writer.endLine();
    writer.drain(out);
    return false;
  }

  private void answerLine(
      Evaluation opened,
      byte[] line,
      long number,
      EvaluationRequest request,
      TimeSlice slice,
      DecisionWriter writer) {
    slice.resume();
    try {
      Unread facts = StrictJson.unreadLine(line, number);
      answer(opened, facts.source(), Location.root(), request, slice, writer);
    } catch (StrictJson.Malformed e) {
      writer.problem(e.code(), e.getMessage(), Problem.of(e).diagnostics());
    } finally {
      slice.pause();
    }
  }

  private void answer(
      Evaluation opened,
      JsonScanner facts,
      Pointer at,
      EvaluationRequest request,
      TimeSlice slice,
      DecisionWriter writer) {
    if (!facts.isBeforeObject()) {
      Diagnostic fault =
          Diagnostic.error("facts_not_object", at, "A set of facts must be a JSON object.");
      writer.problem(fault.code(), fault.message(), List.of(fault));
      return;
    }
    try {
      switch (evaluate(opened, facts, at, request, slice)) {
        case Outcome.Decided(var decision) -> writer.decision(decision, request.misspelled());
        case Outcome.InvalidFacts(var diagnostics) ->
            writer.problem(
                diagnostics.getFirst().code(), diagnostics.getFirst().message(), diagnostics);
      }
    } catch (StrictJson.Malformed e) {
      throw unreadable(e);
    }
  }

  private static IllegalStateException unreadable(StrictJson.Malformed fault) {
    return new IllegalStateException("the facts were JSON when they were passed over", fault);
  }

  private static Outcome evaluate(
      Evaluation opened, JsonScanner facts, Pointer at, EvaluationRequest request, TimeSlice slice)
      throws StrictJson.Malformed {
    try {
      return opened.evaluate(facts, at, request.selection(), slice);
    } catch (DecisionLogFull e) {
      throw new ProblemException(
          Problem.of(
                  503,
                  "decision_log_full",
                  "More decisions come than can be kept, and this one must be; try again after the seconds in Retry-After.")
              .retryAfter(1));
    }
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
