package dev.tenet.http.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.evaluation.EvaluateFacts.Wanted;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.JsonBody;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// How facts are to be evaluated: the members of a body, or the query parameters where the body is something else.
///
/// @param misspelled how the caller wrote the rules whose ids are written in another way: what is no id at all stands for
///     an id that no rule has, so that it is reported as not found
/// @param wanted which definitions shall decide
record EvaluationRequest(Selection selection, Map<RuleId, String> misspelled, Wanted wanted) {

  static final Set<String> MEMBERS =
      Set.of("rules", "tags", "trace", "include", "minRevision", "revision");
  private static final int MOST_RULES = 10_000;
  private static final int MOST_TAGS = 100;

  EvaluationRequest {
    misspelled = Map.copyOf(misspelled);
  }

  static EvaluationRequest of(JsonBody body, Call call) {
    boolean traceAsked = call.flag("trace");
    return read(
        body,
        body.texts("rules").orElse(List.of()),
        body.texts("tags").orElse(List.of()),
        body.flag("trace").orElse(traceAsked),
        body.text("include"),
        body.integer("minRevision"),
        body.integer("revision"));
  }

  /// {@return what the query says}
  static EvaluationRequest of(Call call) {
    JsonBody faults = JsonBody.empty();
    return read(
        faults,
        call.parameterValues("rule"),
        call.parameterValues("tag"),
        call.flag("trace"),
        call.parameter("include"),
        revision(call, "minRevision", faults),
        revision(call, "revision", faults));
  }

  private static Optional<Long> revision(Call call, String name, JsonBody faults) {
    Optional<String> asked = call.parameter(name);
    if (asked.isPresent() && !asked.get().matches("[0-9]{1,18}")) {
      faults.report("parameter_invalid", name, "%s must be a revision.".formatted(name), null);
      return Optional.empty();
    }
    return asked.map(Long::valueOf);
  }

  private static EvaluationRequest read(
      JsonBody faults,
      List<String> rules,
      List<String> tags,
      boolean trace,
      Optional<String> include,
      Optional<Long> minRevision,
      Optional<Long> revision) {
    include
        .filter(value -> !value.equals("all") && !value.equals("matched"))
        .ifPresent(
            value ->
                faults.report(
                    "include_invalid",
                    "include",
                    "include must be \"all\" or \"matched\", not %s.".formatted(Quoted.text(value)),
                    null));
    if (minRevision.orElse(0L) < 0) {
      faults.report(
          "min_revision_invalid", "minRevision", "minRevision must not be negative.", null);
    }
    if (revision.orElse(1L) < 1) {
      faults.report("revision_invalid", "revision", "revision must be at least 1.", null);
    }
    if (revision.isPresent() && minRevision.isPresent()) {
      faults.report(
          "revision_invalid", "revision", "revision and minRevision exclude each other.", null);
    }
    if (rules.size() > MOST_RULES || tags.size() > MOST_TAGS) {
      faults.report(
          "selection_too_large",
          rules.size() > MOST_RULES ? "rules" : "tags",
          "At most %d rules and %d tags can be selected.".formatted(MOST_RULES, MOST_TAGS),
          null);
    }
    faults.check();
    List<RuleId> ids = new ArrayList<>();
    Map<RuleId, String> misspelled = new HashMap<>();
    for (String rule : rules) {
      RuleId id =
          RuleId.parse(rule)
              .orElseGet(() -> new RuleId(UUID.nameUUIDFromBytes(rule.getBytes(UTF_8))));
      ids.add(id);
      if (!id.toString().equals(rule)) {
        misspelled.put(id, rule);
      }
    }
    return new EvaluationRequest(
        new Selection(ids, Set.copyOf(tags), include.map("matched"::equals).orElse(false), trace),
        misspelled,
        revision
            .<Wanted>map(Wanted.Exactly::new)
            .orElseGet(() -> new Wanted.AtLeast(minRevision.orElse(0L))));
  }
}
