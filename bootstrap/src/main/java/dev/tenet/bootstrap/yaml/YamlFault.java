package dev.tenet.bootstrap.yaml;

import java.util.List;

/// A fault in a YAML file.
///
/// @param line from 1
/// @param column from 1
/// @param message one human sentence
/// @param excerpt lines that show what is meant, printed below the message
public record YamlFault(int line, int column, String message, List<String> excerpt) {

  public YamlFault {
    excerpt = List.copyOf(excerpt);
  }

  /// {@return a fault that needs no excerpt}
  public static YamlFault at(Place place, String message) {
    return new YamlFault(place.line(), place.column(), message, List.of());
  }

  /// A place in a file.
  ///
  /// @param line from 1
  /// @param column from 1
  /// @param block whether a block of text begins here, whose lines are those of the file below
  public record Place(int line, int column, boolean block) {
    /// The beginning of the file.
    public static final Place START = new Place(1, 1);

    public Place(int line, int column) {
      this(line, column, false);
    }

    /// {@return where a line of the text that begins here stands, as exactly as that is known}
    ///
    /// @param number of the line in the text, from 1
    public Place ofLine(int number) {
      return block ? new Place(line + number, 1) : this;
    }
  }

  /// {@return the fault as compilers print theirs: `FILE:LINE:COLUMN: MESSAGE`, and the excerpt below}
  public String in(String file) {
    StringBuilder text = new StringBuilder("%s:%d:%d: %s".formatted(file, line, column, message));
    excerpt.forEach(shown -> text.append(System.lineSeparator()).append("    ").append(shown));
    return text.toString();
  }
}
