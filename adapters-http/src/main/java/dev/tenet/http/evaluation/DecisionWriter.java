package dev.tenet.http.evaluation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Trace;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.http.json.PlainJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes decisions as JSON, straight to bytes.
public final class DecisionWriter implements AutoCloseable {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  /// @param out where to write; not closed here
  public DecisionWriter(OutputStream out) throws IOException {
    json = FACTORY.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  /// {@return the decision as a JSON document}
  ///
  /// @param misspelled how the caller wrote the rules that were not found, where it differs from their ids
  public static byte[] write(Decision decision, Map<RuleId, String> misspelled) {
    var out = new ByteArrayOutputStream(256 + 128 * decision.outcomes().size());
    try (var writer = new DecisionWriter(out)) {
      writer.decision(decision, misspelled);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  void startBatch(long revision) throws IOException {
    json.writeStartObject();
    json.writeNumberField("revision", revision);
    json.writeArrayFieldStart("decisions");
  }

  void endBatch() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
  }

  /// Ends a line of NDJSON.
  void endLine() throws IOException {
    json.writeRaw('\n');
    json.flush();
  }

  /// Writes a decision as a JSON object.
  void decision(Decision decision, Map<RuleId, String> misspelled) throws IOException {
    json.writeStartObject();
    json.writeStringField("decisionId", decision.id().toString());
    json.writeNumberField("revision", decision.revision());
    json.writeNumberField("schemaVersion", decision.schemaVersion());
    json.writeArrayFieldStart("results");
    for (RuleOutcome outcome : decision.outcomes()) {
      outcome(outcome);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notFound");
    for (RuleId rule : decision.notFound()) {
      json.writeString(misspelled.getOrDefault(rule, rule.toString()));
    }
    json.writeEndArray();
    json.writeStringField("evaluationTime", milliseconds(decision.elapsed()));
    if (decision.definitionsAge().isPresent()) {
      json.writeStringField("definitionsAge", seconds(decision.definitionsAge().get()));
    }
    json.writeEndObject();
  }

  private static String milliseconds(Duration elapsed) {
    return String.format(Locale.ROOT, "%.3fms", elapsed.toNanos() / 1e6);
  }

  private static String seconds(Duration age) {
    return String.format(Locale.ROOT, "%.1fs", age.toMillis() / 1e3);
  }

  private void outcome(RuleOutcome outcome) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", outcome.ruleId().toString());
    json.writeStringField("ruleName", outcome.ruleName());
    json.writeBooleanField("matched", outcome.matched());
    if (outcome.fault() != null) {
      json.writeStringField("error", outcome.fault().message());
      json.writeStringField("errorCode", outcome.fault().code());
    }
    if (!outcome.outputs().isEmpty()) {
      json.writeFieldName("outputs");
      PlainJson.write(outcome.outputs(), json);
    }
    if (outcome.trace() != null) {
      trace(outcome.trace());
    }
    json.writeEndObject();
  }

  private void trace(Trace trace) throws IOException {
    json.writeFieldName("trace");
    PlainJson.write(trace.values(), json);
    if (!trace.skipped().isEmpty()) {
      json.writeFieldName("skipped");
      PlainJson.write(trace.skipped(), json);
    }
    if (trace.decidedBy() != null) {
      json.writeStringField("decidedBy", trace.decidedBy());
    }
  }

  /// Writes the faults of a set of facts in the place of its decision.
  void problem(String code, String message, List<Diagnostic> diagnostics) throws IOException {
    json.writeStartObject();
    json.writeStringField("error", message);
    json.writeStringField("code", code);
    json.writeArrayFieldStart("errors");
    for (Diagnostic diagnostic : diagnostics) {
      json.writeStartObject();
      json.writeStringField("code", diagnostic.code());
      json.writeStringField("message", diagnostic.message());
      if (diagnostic.location() instanceof Location.Pointer(var pointer)) {
        json.writeStringField("pointer", pointer);
      }
      if (diagnostic.suggestion() != null) {
        json.writeStringField("suggestion", diagnostic.suggestion());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
