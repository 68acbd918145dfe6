package dev.tenet.bootstrap.cli;

import dev.tenet.application.evaluation.EvaluateFacts.Outcome;
import dev.tenet.bootstrap.cli.Table.Cell;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.RuleOutcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi.Style;

/// Counts over many fact sets how often each rule matched and failed, and prints the first faults.
final class DecisionsAsText implements DecisionPrinter {

  private static final int MOST_FAULTS = 10;

  private static final class Count {
    int matched;
    int not;
    int failed;
  }

  private final PrintWriter out;
  private final PrintWriter err;
  private final Map<String, Count> rules = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private Duration elapsed = Duration.ZERO;
  private int sets;
  private int invalid;
  private long failed;

  DecisionsAsText(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void print(Outcome outcome) {
    sets++;
    switch (outcome) {
      case Outcome.Decided(var decision) -> count(decision);
      case Outcome.InvalidFacts(var diagnostics) -> {
        invalid++;
        diagnostics.forEach(diagnostic -> fault(line(diagnostic).strip()));
      }
    }
  }

  private void count(Decision decision) {
    elapsed = elapsed.plus(decision.elapsed());
    for (RuleOutcome outcome : decision.outcomes()) {
      Count count = rules.computeIfAbsent(outcome.ruleName(), name -> new Count());
      if (outcome.fault() != null) {
        count.failed++;
        failed++;
        fault("%s: %s".formatted(outcome.ruleName(), outcome.fault().message()));
      } else if (outcome.matched()) {
        count.matched++;
      } else {
        count.not++;
      }
    }
  }

  private void fault(String fault) {
    if (faults.size() < MOST_FAULTS) {
      faults.add("  fact set %d: %s".formatted(sets, fault));
    }
  }

  /// {@return the fault of a fact set: its pointer, and what was probably meant}
  static String line(Diagnostic diagnostic) {
    String pointer =
        diagnostic.location() instanceof Location.Pointer(var path) && !path.isEmpty()
            ? path + ": "
            : "";
    String suggestion =
        diagnostic.suggestion() == null
            ? ""
            : " Did you mean \"%s\"?".formatted(diagnostic.suggestion());
    return "  " + pointer + diagnostic.message() + suggestion;
  }

  @Override
  public int end() {
    Table table = new Table();
    table.row(
        Cell.of("RULE", Style.bold),
        Cell.number("MATCHED", Style.bold),
        Cell.number("SHARE", Style.bold),
        Cell.number("NOT", Style.bold),
        Cell.number("FAILED", Style.bold));
    rules.forEach((name, count) -> table.row(row(name, count)));
    table.print(out);
    out.println();
    out.println(summary());
    if (!faults.isEmpty()) {
      out.flush();
      faults.forEach(err::println);
      long more = failed + invalid - faults.size();
      if (more > 0) {
        err.println("  and more");
      }
    }
    return invalid > 0 ? ExitCode.USAGE : failed > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private static Cell[] row(String name, Count count) {
    int all = count.matched + count.not + count.failed;
    return new Cell[] {
      Cell.of(name),
      count.matched > 0
          ? Cell.number(Integer.toString(count.matched), Style.fg_green)
          : Cell.number("0"),
      Cell.number(String.format(Locale.ROOT, "%.1f%%", 100.0 * count.matched / all)),
      Cell.number(Integer.toString(count.not)),
      count.failed > 0
          ? Cell.number(Integer.toString(count.failed), Style.fg_red)
          : Cell.number("0")
    };
  }

  private String summary() {
    long outcomes = rules.values().stream().mapToLong(c -> c.matched + c.not + c.failed).sum();
    long matched = rules.values().stream().mapToLong(c -> c.matched).sum();
    return "%s, %s: %d of %d outcomes matched, %d failed%s. %.1f ms"
        .formatted(
            Plural.of(sets, "fact set"),
            Plural.of(rules.size(), "rule"),
            matched,
            outcomes,
            failed,
            invalid == 0
                ? ""
                : "; %s %s the schema"
                    .formatted(
                        Plural.of(invalid, "fact set"),
                        invalid == 1 ? "contradicts" : "contradict"),
            elapsed.toNanos() / 1e6);
  }
}
