package dev.tenet.http.evaluation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Trace;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.http.json.JsonBytes;
import dev.tenet.http.json.PlainJson;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Writes decisions as JSON, straight to bytes.
public final class DecisionWriter {

  private static final int OF_DECISION = 256;
  private static final int OF_OUTCOME = 128;
  private static final int OF_LINE = 1024;

  private static final byte[] DECISION_ID = ascii("{\"decisionId\":\"");
  private static final byte[] REVISION = ascii("\",\"revision\":");
  private static final byte[] SCHEMA_VERSION = ascii(",\"schemaVersion\":");
  private static final byte[] RESULTS = ascii(",\"results\":[");
  private static final byte[] NOT_FOUND = ascii("],\"notFound\":[");
  private static final byte[] EVALUATION_TIME = ascii("],\"evaluationTime\":\"");
  private static final byte[] RULE_ID = ascii("{\"ruleId\":\"");
  private static final byte[] RULE_NAME = ascii("\",\"ruleName\":");
  private static final byte[] MATCHED = ascii(",\"matched\":true");
  private static final byte[] NOT_MATCHED = ascii(",\"matched\":false");

  private static final Function<RuleOutcome, byte[]> OUTCOME = DecisionWriter::encoded;

  private final JsonBytes json;
  private boolean further;

  DecisionWriter() {
    this(OF_LINE);
  }

  private DecisionWriter(int expected) {
    json = new JsonBytes(expected);
  }

  private static byte[] encoded(RuleOutcome outcome) {
    var writer = new DecisionWriter(OF_OUTCOME);
    writer.outcome(outcome);
    return writer.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /// {@return the decision as a JSON document}
  ///
  /// @param misspelled how the caller wrote the rules that were not found, where it differs from their ids
  public static byte[] write(Decision decision, Map<RuleId, String> misspelled) {
    var writer = new DecisionWriter(OF_DECISION + OF_OUTCOME * decision.outcomes().size());
    writer.decision(decision, misspelled);
    return writer.toByteArray();
  }

  /// {@return the outcome as a JSON object}
  public static byte[] write(RuleOutcome outcome) {
    return outcome.isRecurring() ? outcome.encoded(OUTCOME) : encoded(outcome);
  }

  /// {@return a duration as decisions tell it, such as `0.123ms`}
  public static String milliseconds(Duration elapsed) {
    var writer = new DecisionWriter(OF_OUTCOME);
    writer.fixed(elapsed.toNanos(), 1_000, 3).raw("ms");
    return new String(writer.toByteArray(), ISO_8859_1);
  }

  void startBatch(long revision) {
    json.raw("{\"revision\":").number(revision).raw(",\"decisions\":[");
  }

  /// Begins the next place of a batch.
  void next() {
    if (further) {
      json.raw(',');
    }
    further = true;
  }

  void endBatch() {
    json.raw("]}");
  }

  /// Ends a line of NDJSON.
  void endLine() {
    json.raw('\n');
  }

  /// Moves what was written to a stream.
  void drain(OutputStream out) throws IOException {
    json.drain(out);
  }

  /// Takes back what was written.
  void clear() {
    json.clear();
  }

  /// {@return how many bytes stand here}
  int size() {
    return json.size();
  }

  byte[] toByteArray() {
    return json.toByteArray();
  }

  /// Writes a decision as a JSON object.
  void decision(Decision decision, Map<RuleId, String> misspelled) {
    json.raw(DECISION_ID).raw(decision.id().toString());
    json.raw(REVISION).number(decision.revision());
    json.raw(SCHEMA_VERSION).number(decision.schemaVersion());
    json.raw(RESULTS);
    List<RuleOutcome> outcomes = decision.outcomes();
    for (int i = 0; i < outcomes.size(); i++) {
      if (i > 0) {
        json.raw(',');
      }
      RuleOutcome outcome = outcomes.get(i);
      if (outcome.isRecurring()) {
        json.raw(outcome.encoded(OUTCOME));
      } else {
        outcome(outcome);
      }
    }
    json.raw(NOT_FOUND);
    notFound(decision.notFound(), misspelled);
    json.raw(EVALUATION_TIME);
    fixed(decision.elapsed().toNanos(), 1_000, 3).raw("ms\"");
    if (decision.definitionsAge().isPresent()) {
      json.raw(",\"definitionsAge\":\"");
      seconds(decision.definitionsAge().get()).raw("s\"");
    }
    json.raw('}');
  }

  private void notFound(List<RuleId> rules, Map<RuleId, String> misspelled) {
    String separator = "";
    for (RuleId rule : rules) {
      json.raw(separator).text(misspelled.getOrDefault(rule, rule.toString()));
      separator = ",";
    }
  }

  private JsonBytes seconds(Duration age) {
    return fixed(age.toMillis(), 100, 1);
  }

  /// Writes a number that is not negative, rounded to some digits behind the point.
  ///
  /// @param unit of the last digit
  private JsonBytes fixed(long number, int unit, int digits) {
    long rounded = (number + unit / 2) / unit;
    long power = 1;
    for (int i = 0; i < digits; i++) {
      power *= 10;
    }
    json.number(rounded / power).raw('.');
    for (long place = power / 10; place > 0; place /= 10) {
      json.raw((char) ('0' + rounded / place % 10));
    }
    return json;
  }

  private void outcome(RuleOutcome outcome) {
    json.raw(RULE_ID).raw(outcome.ruleId().toString());
    json.raw(RULE_NAME).text(outcome.ruleName());
    json.raw(outcome.matched() ? MATCHED : NOT_MATCHED);
    if (outcome.fault() != null) {
      json.raw(",\"error\":").text(outcome.fault().message());
      json.raw(",\"errorCode\":").text(outcome.fault().code());
    }
    if (!outcome.outputs().isEmpty()) {
      json.raw(",\"outputs\":");
      PlainJson.write(outcome.outputs(), json);
    }
    if (outcome.trace() != null) {
      trace(outcome.trace());
    }
    json.raw('}');
  }

  private void trace(Trace trace) {
    json.raw(",\"trace\":");
    PlainJson.write(trace.values(), json);
    if (!trace.skipped().isEmpty()) {
      json.raw(",\"skipped\":");
      PlainJson.write(trace.skipped(), json);
    }
    if (trace.decidedBy() != null) {
      json.raw(",\"decidedBy\":").text(trace.decidedBy());
    }
  }

  /// Writes the faults of a set of facts in the place of its decision.
  void problem(String code, String message, List<Diagnostic> diagnostics) {
    json.raw("{\"error\":").text(message);
    json.raw(",\"code\":").text(code).raw(",\"errors\":[");
    String separator = "";
    for (Diagnostic diagnostic : diagnostics) {
      json.raw(separator).raw("{\"code\":").text(diagnostic.code());
      json.raw(",\"message\":").text(diagnostic.message());
      if (diagnostic.location() instanceof Location.Pointer(var pointer)) {
        json.raw(",\"pointer\":").text(pointer);
      }
      if (diagnostic.suggestion() != null) {
        json.raw(",\"suggestion\":").text(diagnostic.suggestion());
      }
      json.raw('}');
      separator = ",";
    }
    json.raw("]}");
  }
}
