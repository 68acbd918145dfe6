package dev.tenet.bootstrap.cli;

import static dev.tenet.bootstrap.cli.Table.Cell;

import dev.tenet.http.json.PlainJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.Style;

/// Prints one decision for people, from the JSON that `POST /evaluate` answers.
final class DecisionText {

  private static final int PART_WIDTH = 44;
  private static final int LONGEST_VALUE = 100;

  private final List<Map<?, ?>> results;
  private final Map<?, ?> decision;

  /// @param decision as plain JSON values
  DecisionText(Map<?, ?> decision) {
    this.decision = decision;
    this.results =
        decision.get("results") instanceof List<?> list
            ? list.stream()
                .<Map<?, ?>>mapMulti(
                    (result, sink) -> {
                      if (result instanceof Map<?, ?> map) {
                        sink.accept(map);
                      }
                    })
                .toList()
            : List.of();
  }

  /// Prints a line for each rule, and a summary.
  void table(PrintWriter out) {
    Table table = new Table();
    table.row(
        Cell.of("RULE", Style.bold),
        Cell.of("OUTCOME", Style.bold),
        Cell.of("OUTPUTS OR ERROR", Style.bold));
    results.forEach(
        result -> table.row(Cell.of(text(result, "ruleName")), outcome(result), rest(result)));
    table.print(out);
    long matched = results.stream().filter(DecisionText::matched).count();
    long failed = results.stream().filter(DecisionText::failed).count();
    out.println();
    out.println(
        "%s: %d matched, %d did not, %d failed. %s"
            .formatted(
                Plural.of(results.size(), "rule"),
                matched,
                results.size() - matched - failed,
                failed,
                text(decision, "evaluationTime").replace("ms", " ms")));
  }

  private static Cell outcome(Map<?, ?> result) {
    return failed(result)
        ? Cell.of("error", Style.fg_red)
        : matched(result) ? Cell.of("matched", Style.fg_green) : Cell.of("not", Style.faint);
  }

  private static Cell rest(Map<?, ?> result) {
    if (failed(result)) {
      return Cell.of(text(result, "errorCode") + ": " + text(result, "error"));
    }
    return Cell.of(
        result.get("outputs") instanceof Map<?, ?> outputs
            ? outputs.entrySet().stream()
                .map(output -> output.getKey() + ": " + value(output.getValue()))
                .collect(Collectors.joining(", "))
            : "");
  }

  /// {@return the results that matched and have outputs, or else those that matched}
  List<Map<?, ?>> telling() {
    List<Map<?, ?>> withOutputs =
        results.stream().filter(r -> matched(r) && r.containsKey("outputs")).toList();
    return withOutputs.isEmpty()
        ? results.stream().filter(DecisionText::matched).toList()
        : withOutputs;
  }

  /// Prints how each rule came to its outcome.
  void traces(PrintWriter out) {
    results.stream().filter(result -> result.containsKey("trace")).forEach(r -> trace(r, out));
  }

  /// Prints how a rule came to its outcome.
  static void trace(Map<?, ?> result, PrintWriter out) {
    out.println();
    out.println(
        Table.styled(text(result, "ruleName"), List.of(Style.bold))
            + (failed(result) ? " failed" : matched(result) ? " matched" : " did not match"));
    if (result.get("trace") instanceof Map<?, ?> values) {
      values.forEach((part, value) -> step(oneLine(part), "= " + shortened(value(value)), out));
    }
    if (result.get("skipped") instanceof List<?> skipped) {
      skipped.forEach(part -> step(oneLine(part), "skipped", out));
    }
    if (result.get("decidedBy") != null) {
      out.println("  decided by " + oneLine(text(result, "decidedBy")));
    }
  }

  private static void step(String part, String value, PrintWriter out) {
    out.println(
        part.length() <= PART_WIDTH
            ? ("  %-" + PART_WIDTH + "s  %s").formatted(part, value)
            : "  %s%n%s%s".formatted(part, " ".repeat(PART_WIDTH + 4), value));
  }

  private static String oneLine(@Nullable Object text) {
    return String.valueOf(text).replaceAll("\\s*\\R\\s*", " ");
  }

  private static String shortened(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…";
  }

  private static boolean matched(Map<?, ?> result) {
    return Boolean.TRUE.equals(result.get("matched"));
  }

  private static boolean failed(Map<?, ?> result) {
    return result.containsKey("error");
  }

  private static String text(Map<?, ?> object, String key) {
    return object.get(key) instanceof String text ? text : "";
  }

  private static String value(@Nullable Object value) {
    return value instanceof Map<?, ?> map
            && map.size() == 1
            && map.get("error") instanceof String error
        ? "error: " + error
        : PlainJson.text(value);
  }
}
