package dev.tenet.bootstrap.cli;

import dev.tenet.application.evaluation.EvaluateFacts.Outcome;
import dev.tenet.http.evaluation.DecisionWriter;
import dev.tenet.http.json.StrictJson;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/// Prints the decision about a single fact set, a line for each rule, and the traces when there are any.
final class DecisionAsText implements DecisionPrinter {

  private final PrintWriter out;
  private final PrintWriter err;
  private int status = ExitCode.OK;

  DecisionAsText(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void print(Outcome outcome) {
    switch (outcome) {
      case Outcome.Decided(var decision) -> {
        DecisionText text = new DecisionText(json(DecisionWriter.write(decision, Map.of())));
        text.table(out);
        text.traces(out);
        if (decision.outcomes().stream().anyMatch(rule -> rule.fault() != null)) {
          status = ExitCode.SOFTWARE;
        }
      }
      case Outcome.InvalidFacts(var diagnostics) -> {
        err.println("tenet: The facts contradict the schema.");
        diagnostics.forEach(diagnostic -> err.println(DecisionsAsText.line(diagnostic)));
        status = ExitCode.USAGE;
      }
    }
  }

  private static Map<?, ?> json(byte[] decision) {
    try {
      return StrictJson.parse(decision) instanceof Map<?, ?> map ? map : Map.of();
    } catch (StrictJson.Malformed e) {
      throw new IllegalStateException("decisions are written as JSON", e);
    }
  }

  @Override
  public int end() {
    return status;
  }
}
