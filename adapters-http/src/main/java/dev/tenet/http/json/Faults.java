package dev.tenet.http.json;

import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.http.json.StrictJson.Malformed;

/// Says what is wrong with a document, and where. Made, and the place worked out, only when something is.
final class Faults {

  /// The step into an object none of whose names was read yet.
  static final int NO_NAME = -1;

  private final byte[] document;
  private final int start;
  private final int end;
  private final long line;
  private final String pointer;

  /// @param start where the document begins among the bytes
  /// @param end before which it ends
  /// @param line the number of the line that the document is, or 0 for one that has lines of its own
  /// @param pointer to the value that is being read
  Faults(byte[] document, int start, int end, long line, String pointer) {
    this.document = document;
    this.start = start;
    this.end = end;
    this.line = line;
    this.pointer = pointer;
  }

  /// {@return the JSON pointer to a value within open arrays and objects}
  ///
  /// @param depth how many are open
  /// @param objects which of them are objects, as bits
  /// @param steps of each where the name that was read last begins, or how many elements were begun
  static String pointer(TextScanner names, int depth, long objects, int[] steps) {
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      boolean object = (objects & 1L << i) != 0;
      if (object && steps[i] != NO_NAME) {
        String name = names.textAt(steps[i]);
        pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
      } else if (!object && steps[i] > 0) {
        pointer.append('/').append(steps[i] - 1);
      }
    }
    return pointer.toString();
  }

  Malformed notUtf8() {
    return new Malformed("json_not_utf8", subject() + " is not valid UTF-8.", "");
  }

  Malformed empty() {
    return new Malformed("json_empty", subject() + " is empty; a JSON document is expected.", "");
  }

  private String subject() {
    return line == 0 ? "The body" : "Line " + line;
  }

  /// The place of a character that must not stand where it does is the one behind it, up to which the document was read.
  Malformed malformed(int at) {
    return malformed(
        line == 0 ? "The body is not valid JSON" : "The line is not valid JSON",
        Math.min(at + 1, end));
  }

  Malformed malformed(String what, int place) {
    return fault("json_malformed", what, place);
  }

  Malformed repeated(String name, int place) {
    return fault(
        "json_duplicate_key",
        "The key %s stands twice in one object".formatted(Quoted.text(name)),
        place);
  }

  Malformed beyondRange(int place) {
    return fault(
        "json_number_out_of_range", "There is a number beyond the range of a 64-bit float", place);
  }

  Malformed tooDeep(int place) {
    return fault(
        "json_too_deep",
        "The JSON nests deeper than %d levels".formatted(StrictJson.DEEPEST),
        place);
  }

  private Malformed fault(String code, String what, int place) {
    return new Malformed(code, "%s (%s).".formatted(what, lineAndColumn(place)), pointer);
  }

  /// {@return the place as people count: lines and UTF-16 units from 1}
  private String lineAndColumn(int place) {
    long lines = 1;
    int column = 1;
    for (int i = start; i < place; i++) {
      boolean ends =
          document[i] == '\n'
              || (document[i] == '\r' && !(i + 1 < place && document[i + 1] == '\n'));
      lines += ends ? 1 : 0;
      column = ends ? 1 : column + Utf8.units(document[i]);
    }
    return "line %d, column %d".formatted(line == 0 ? lines : line, column);
  }
}
