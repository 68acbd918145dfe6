package dev.tenet.http.decision;

import dev.tenet.application.decision.ReplayDecision.Difference;
import dev.tenet.application.decision.ReplayDecision.Result.Replayed;
import dev.tenet.application.decision.ReplayDecision.Verdict;
import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.domain.decision.DecisionSummary;
import dev.tenet.domain.decision.FoundEntry;
import dev.tenet.domain.decision.LogGap;
import dev.tenet.domain.decision.LoggedDecision;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.http.evaluation.DecisionWriter;
import dev.tenet.http.json.JsonBytes;
import dev.tenet.http.json.PlainJson;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes decisions that were kept as JSON: facts and outputs have nulls, which JSON-B leaves out.
final class LoggedDecisionWriter {

  private static final int USUAL_SIZE = 1_024;

  private final JsonBytes json = new JsonBytes(USUAL_SIZE);

  private LoggedDecisionWriter() {}

  /// {@return a whole decision}
  static byte[] write(LoggedDecision decision) {
    var writer = new LoggedDecisionWriter();
    writer.json.raw('{');
    writer.summary(decision.summary());
    writer.json.raw(",\"facts\":");
    PlainJson.write(decision.facts().values(), writer.json);
    writer.json.raw(",\"maskedFields\":");
    PlainJson.write(decision.facts().masked(), writer.json);
    writer.selection(decision.selection());
    writer.results(decision.outcomes());
    writer.json.raw(",\"notFound\":");
    PlainJson.write(texts(decision.notFound()), writer.json);
    return writer.json.raw('}').toByteArray();
  }

  /// {@return a page of what was found: decisions and gaps}
  static byte[] write(Page<FoundEntry, Age> page, @Nullable String nextToken) {
    var writer = new LoggedDecisionWriter();
    writer.json.raw("{\"decisions\":[");
    String separator = "";
    for (FoundEntry entry : page.items()) {
      if (entry instanceof DecisionSummary summary) {
        writer.json.raw(separator).raw('{');
        writer.summary(summary);
        writer.json.raw('}');
        separator = ",";
      }
    }
    writer.json.raw("],\"gaps\":[");
    separator = "";
    for (FoundEntry entry : page.items()) {
      if (entry instanceof LogGap gap) {
        writer.json.raw(separator).raw("{\"from\":").text(gap.at().toString());
        writer.json.raw(",\"until\":").text(gap.until().toString());
        writer.json.raw(",\"missing\":").number(gap.missing()).raw('}');
        separator = ",";
      }
    }
    writer.json.raw(']');
    if (nextToken != null) {
      writer.json.raw(",\"nextPageToken\":").text(nextToken);
    }
    return writer.json.raw('}').toByteArray();
  }

  /// {@return what replaying gave}
  static byte[] write(Replayed replayed) {
    var writer = new LoggedDecisionWriter();
    DecisionSummary summary = replayed.decision().summary();
    JsonBytes json = writer.json;
    json.raw("{\"decisionId\":").text(summary.id().toString());
    json.raw(",\"revision\":").number(summary.revision());
    json.raw(",\"now\":").text(summary.at().toString());
    json.raw(",\"outcome\":").text(text(replayed.verdict()));
    json.raw(",\"identical\":").raw(Boolean.toString(replayed.verdict() == Verdict.IDENTICAL));
    json.raw(",\"replayable\":")
        .raw(
            Boolean.toString(
                replayed.differences().stream()
                    .noneMatch(difference -> difference.verdict() == Verdict.UNDETERMINED)));
    json.raw(",\"maskedFields\":");
    PlainJson.write(replayed.decision().facts().masked(), json);
    json.raw(",\"differences\":[");
    String separator = "";
    for (Difference difference : replayed.differences()) {
      json.raw(separator);
      writer.difference(difference);
      separator = ",";
    }
    return json.raw("]}").toByteArray();
  }

  private void difference(Difference difference) {
    json.raw("{\"ruleId\":").text(difference.rule().toString());
    json.raw(",\"ruleName\":").text(difference.ruleName());
    json.raw(",\"outcome\":").text(text(difference.verdict()));
    if (!difference.maskedFields().isEmpty()) {
      json.raw(",\"maskedFields\":");
      PlainJson.write(difference.maskedFields(), json);
    }
    if (difference.logged() != null) {
      json.raw(",\"logged\":").raw(DecisionWriter.write(difference.logged()));
    }
    if (difference.replayed() != null) {
      json.raw(",\"replayed\":").raw(DecisionWriter.write(difference.replayed()));
    }
    json.raw('}');
  }

  private static String text(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private void summary(DecisionSummary summary) {
    json.raw("\"decisionId\":").text(summary.id().toString());
    json.raw(",\"at\":").text(summary.at().toString());
    json.raw(",\"revision\":").number(summary.revision());
    json.raw(",\"schemaVersion\":").number(summary.schemaVersion());
    json.raw(",\"evaluated\":").number(summary.evaluated());
    json.raw(",\"matched\":").number(summary.matched());
    json.raw(",\"failed\":").number(summary.failed());
    json.raw(",\"evaluationTime\":").text(DecisionWriter.milliseconds(summary.elapsed()));
    summary.requester().requestId().ifPresent(id -> json.raw(",\"requestId\":").text(id));
    summary.requester().principal().ifPresent(name -> json.raw(",\"principal\":").text(name));
  }

  private void selection(Selection selection) {
    json.raw(",\"selection\":{\"rules\":");
    PlainJson.write(texts(selection.rules()), json);
    json.raw(",\"tags\":");
    PlainJson.write(selection.tags().stream().sorted().toList(), json);
    json.raw(",\"include\":").text(selection.matchedOnly() ? "matched" : "all").raw('}');
  }

  private void results(List<RuleOutcome> outcomes) {
    json.raw(",\"results\":[");
    String separator = "";
    for (RuleOutcome outcome : outcomes) {
      json.raw(separator).raw(DecisionWriter.write(outcome));
      separator = ",";
    }
    json.raw(']');
  }

  private static List<String> texts(List<RuleId> rules) {
    return rules.stream().map(RuleId::toString).toList();
  }
}
