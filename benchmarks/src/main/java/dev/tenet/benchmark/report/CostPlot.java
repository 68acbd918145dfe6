package dev.tenet.benchmark.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Draws what a decision costs by the number of rules, both on logarithmic axes, as SVG that is readable on light and on dark
/// pages.
public final class CostPlot {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 76;
  private static final int RIGHT = 210;
  private static final int TOP = 44;
  private static final int BOTTOM = 56;
  private static final int LINE_HEIGHT = 16;
  private static final List<String> DASHES =
      List.of("none", "6 3", "2 3", "8 3 2 3", "12 4", "1 4");

  private static final String STYLE =
      """
      <style>
        svg { font: 12px system-ui, sans-serif; }
        .paper { fill: #ffffff; }
        text { fill: #24292f; }
        .title { font-size: 14px; font-weight: 600; }
        .grid { stroke: #d0d7de; stroke-width: 1; }
        .line { fill: none; stroke-width: 2; }
        .s0 { stroke: #0550ae; color: #0550ae; } .s1 { stroke: #cf222e; color: #cf222e; }
        .s2 { stroke: #116329; color: #116329; } .s3 { stroke: #8250df; color: #8250df; }
        .s4 { stroke: #9a6700; color: #9a6700; } .s5 { stroke: #57606a; color: #57606a; }
        .dot { fill: currentColor; stroke: none; }
        @media (prefers-color-scheme: dark) {
          .paper { fill: #0d1117; }
          text { fill: #e6edf3; }
          .grid { stroke: #30363d; }
          .s0 { stroke: #79c0ff; color: #79c0ff; } .s1 { stroke: #ff7b72; color: #ff7b72; }
          .s2 { stroke: #56d364; color: #56d364; } .s3 { stroke: #d2a8ff; color: #d2a8ff; }
          .s4 { stroke: #e3b341; color: #e3b341; } .s5 { stroke: #8b949e; color: #8b949e; }
        }
      </style>
      """;

  /// A measured point.
  ///
  /// @param rules how many, at least 1
  /// @param nanoseconds what a decision takes
  public record Point(int rules, double nanoseconds) {}

  /// What one contestant takes.
  ///
  /// @param points by growing number of rules
  public record Series(String title, List<Point> points) {
    public Series {
      points = points.stream().sorted(Comparator.comparingInt(Point::rules)).toList();
    }
  }

  private final String title;
  private final List<Series> series;
  private final int mostRules;
  private final int leastTime;
  private final int mostTime;
  private final StringBuilder svg = new StringBuilder();

  private CostPlot(String title, List<Series> series) {
    this.title = title;
    this.series = series;
    this.mostRules =
        (int)
            Math.ceil(
                Math.log10(
                    series.stream()
                        .flatMap(one -> one.points().stream())
                        .mapToInt(Point::rules)
                        .max()
                        .orElse(10)));
    this.leastTime = (int) Math.floor(Math.log10(times(series).min().orElse(1)));
    this.mostTime =
        Math.max(leastTime + 1, (int) Math.ceil(Math.log10(times(series).max().orElse(1))));
  }

  /// {@return the picture}
  ///
  /// @param series up to six, each with a point at least
  public static String svg(String title, List<Series> series) {
    return new CostPlot(title, series).draw();
  }

  private static DoubleStream times(List<Series> series) {
    return series.stream().flatMap(one -> one.points().stream()).mapToDouble(Point::nanoseconds);
  }

  private String draw() {
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, escaped(title)));
    svg.append(STYLE);
    svg.append("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n".formatted(WIDTH, HEIGHT));
    text(LEFT, TOP - 20, "start", "title", title);
    axes();
    for (int i = 0; i < series.size(); i++) {
      line(i);
    }
    legend();
    return svg.append("</svg>\n").toString();
  }

  private void axes() {
    for (int power = 0; power <= mostRules; power++) {
      double x = x(Math.pow(10, power));
      grid(x, TOP, x, HEIGHT - BOTTOM);
      text(x, HEIGHT - BOTTOM + 18, "middle", "", Target.number(Math.pow(10, power)));
    }
    for (int power = leastTime; power <= mostTime; power++) {
      double y = y(Math.pow(10, power));
      grid(LEFT, y, WIDTH - RIGHT, y);
      text(LEFT - 8, y + 4, "end", "", time(power));
    }
    text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", "", "number of rules");
  }

  private static String time(int power) {
    String unit = power < 3 ? "ns" : power < 6 ? "µs" : power < 9 ? "ms" : "s";
    int scale = Math.min(9, Math.floorDiv(power, 3) * 3);
    return "%s %s".formatted(Target.number(Math.pow(10, power - Math.max(0, scale))), unit);
  }

  private void line(int number) {
    StringBuilder path = new StringBuilder();
    for (Point point : series.get(number).points()) {
      path.append(
          String.format(
              Locale.ROOT,
              "%s%.1f %.1f",
              path.isEmpty() ? "M" : " L",
              x(point.rules()),
              y(point.nanoseconds())));
    }
    svg.append(
        "<path class=\"line s%d\" stroke-dasharray=\"%s\" d=\"%s\"/>\n"
            .formatted(number, DASHES.get(number), path));
    for (Point point : series.get(number).points()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"dot s%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>\n",
              number,
              x(point.rules()),
              y(point.nanoseconds())));
    }
  }

  /// The names beside the ends of the lines, in their order, moved apart where they would touch.
  private void legend() {
    List<Integer> byHeight =
        IntStream.range(0, series.size())
            .boxed()
            .sorted(Comparator.comparingDouble(number -> y(end(number).nanoseconds())))
            .toList();
    double lowest = TOP;
    for (int number : byHeight) {
      double y = Math.max(lowest, y(end(number).nanoseconds()));
      lowest = y + LINE_HEIGHT;
      double x = WIDTH - RIGHT + 10;
      svg.append(
          String.format(
              Locale.ROOT,
              "<path class=\"line s%d\" stroke-dasharray=\"%s\" d=\"M%.1f %.1f h22\"/>\n",
              number,
              DASHES.get(number),
              x,
              y));
      text(x + 28, y + 4, "start", "", series.get(number).title());
    }
  }

  private Point end(int number) {
    return series.get(number).points().getLast();
  }

  private double x(double rules) {
    return LEFT + (WIDTH - LEFT - RIGHT) * Math.log10(rules) / mostRules;
  }

  private double y(double nanoseconds) {
    double share = (Math.log10(nanoseconds) - leastTime) / (mostTime - leastTime);
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
  }

  private void grid(double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            x1,
            y1,
            x2,
            y2));
  }

  private void text(double x, double y, String anchor, String style, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            style,
            x,
            y,
            anchor,
            escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
