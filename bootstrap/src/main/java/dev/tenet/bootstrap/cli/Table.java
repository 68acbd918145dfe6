package dev.tenet.bootstrap.cli;

import dev.tenet.domain.diagnostic.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/// Prints columns of text, each as wide as its widest cell.
final class Table {

  private static final String GAP = "  ";

  /// A cell.
  ///
  /// @param right whether it is set against the right edge, as numbers are
  record Cell(String text, boolean right, List<IStyle> styles) {
    /// What somebody else wrote must not move the cursor of who reads it, or hide something.
    Cell {
      text = Printable.escaped(text);
    }

    static Cell of(String text, IStyle... styles) {
      return new Cell(text, false, List.of(styles));
    }

    static Cell number(String text, IStyle... styles) {
      return new Cell(text, true, List.of(styles));
    }

    private int width() {
      return text.codePointCount(0, text.length());
    }

    private String print(int width, boolean last) {
      String padding = " ".repeat(width - width());
      String styled = Table.styled(text, styles);
      return right ? padding + styled : last ? styled : styled + padding;
    }
  }

  private final List<List<Cell>> rows = new ArrayList<>();

  void row(Cell... cells) {
    rows.add(List.of(cells));
  }

  void print(PrintWriter out) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<Cell> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    for (List<Cell> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(i == 0 ? "" : GAP).append(row.get(i).print(widths[i], i == row.size() - 1));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /// {@return the text, in colours where standard output is a terminal and NO_COLOR is not set}
  static String styled(String text, List<IStyle> styles) {
    if (styles.isEmpty() || !Ansi.AUTO.enabled()) {
      return text;
    }
    return Style.on(styles.toArray(IStyle[]::new)) + text + Style.reset.on();
  }
}
