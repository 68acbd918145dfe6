package dev.tenet.benchmark.report;

import dev.tenet.http.json.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Targets for people and for machines.
public final class TargetTable {

  private static final List<String> HEADINGS = List.of("METRIC", "VALUE", "TARGET", "MET");
  private static final String GAP = "  ";

  private TargetTable() {}

  /// {@return a line for each target, in columns}
  public static List<String> text(List<Target> targets) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    targets.forEach(target -> rows.add(cells(target)));
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      boolean number = i == 1 || i == 2;
      line.append(i == 0 ? "" : GAP).append(number ? padding + row.get(i) : row.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }

  /// {@return a table in Markdown, as lines}
  public static List<String> markdown(List<Target> targets) {
    List<String> lines = new ArrayList<>();
    lines.add("| metric | value | target | met |");
    lines.add("|---|---:|---:|---|");
    targets.forEach(target -> lines.add("| " + String.join(" | ", cells(target)) + " |"));
    return lines;
  }

  private static List<String> cells(Target target) {
    return List.of(
        target.metric(), value(target.value()), target.text(), target.met() ? "yes" : "no");
  }

  private static String value(OptionalDouble value) {
    return value.isPresent() ? Target.number(value.getAsDouble()) : "not measured";
  }

  /// {@return a list of objects with `metric`, `value`, `target` and `met`, in JSON; the value of what was not measured is
  /// null}
  public static String json(List<Target> targets) {
    return PlainJson.text(targets.stream().map(TargetTable::plain).toList());
  }

  private static Map<String, @Nullable Object> plain(Target target) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("metric", target.metric());
    plain.put("value", target.value().isPresent() ? target.value().getAsDouble() : null);
    plain.put("target", target.text());
    plain.put("met", target.met());
    return plain;
  }
}
