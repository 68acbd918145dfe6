package dev.tenet.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.evaluation.EvaluateFacts.Outcome;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.http.evaluation.DecisionWriter;
import dev.tenet.http.json.PlainJson;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/// Prints decisions as `POST /evaluate` answers them: one alone, many as an array with one on each line. Fact sets that
/// contradict the schema have their faults in the place of the decision.
final class DecisionsAsJson implements DecisionPrinter {

  private final PrintWriter out;
  private final boolean single;
  private int printed;
  private int status = ExitCode.OK;

  DecisionsAsJson(PrintWriter out, boolean single) {
    this.out = out;
    this.single = single;
    if (!single) {
      out.print("[");
    }
  }

  @Override
  public void print(Outcome outcome) {
    if (!single) {
      out.println(printed == 0 ? "" : ",");
    }
    printed++;
    switch (outcome) {
      case Outcome.Decided(var decision) -> {
        out.print(new String(DecisionWriter.write(decision, Map.of()), UTF_8));
        if (decision.outcomes().stream().anyMatch(rule -> rule.fault() != null)) {
          status = Math.max(status, ExitCode.SOFTWARE);
        }
      }
      case Outcome.InvalidFacts(var diagnostics) -> {
        out.print(PlainJson.text(problem(diagnostics)));
        status = ExitCode.USAGE;
      }
    }
  }

  private static Map<String, @Nullable Object> problem(List<Diagnostic> diagnostics) {
    List<Map<String, @Nullable Object>> errors = new ArrayList<>();
    for (Diagnostic diagnostic : diagnostics) {
      Map<String, @Nullable Object> error = new LinkedHashMap<>();
      error.put("code", diagnostic.code());
      error.put("message", diagnostic.message());
      if (diagnostic.location() instanceof Location.Pointer(var pointer)) {
        error.put("pointer", pointer);
      }
      if (diagnostic.suggestion() != null) {
        error.put("suggestion", diagnostic.suggestion());
      }
      errors.add(error);
    }
    Map<String, @Nullable Object> problem = new LinkedHashMap<>();
    problem.put("error", diagnostics.getFirst().message());
    problem.put("code", diagnostics.getFirst().code());
    problem.put("errors", errors);
    return problem;
  }

  @Override
  public int end() {
    if (!single) {
      out.println();
      out.print("]");
    }
    out.println();
    return status;
  }
}
