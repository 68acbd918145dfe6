package dev.tenet.http.json;

import dev.tenet.domain.evaluation.FactSource.Kind;
import dev.tenet.http.json.StrictJson.Malformed;
import java.util.Arrays;

/// A value in a document that was not read yet: nothing of it is in memory but its bytes.
public final class Unread {

  private static final int[] NONE = {};
  private static final int FIRST = 16;

  private final JsonScanner scanner;
  private final Kind kind;
  private final int place;
  private int[] places = NONE;
  private int[] ends = NONE;
  private int elements;

  private Unread(JsonScanner scanner, Kind kind, int place) {
    this.scanner = scanner;
    this.kind = kind;
    this.place = place;
  }

  /// Passes over the value that comes next, and remembers where it stands.
  ///
  /// @param checked whether it is known to be JSON then; else that shows when it is read, if it is an object
  static Unread pass(JsonScanner scanner, boolean checked) throws Malformed {
    int place = scanner.place();
    Unread value = new Unread(scanner, scanner.kind(), place);
    if (value.kind == Kind.LIST) {
      value.passElements();
    } else if (value.kind == Kind.OBJECT && !checked) {
      scanner.leap();
    } else {
      scanner.skip();
    }
    return value;
  }

  private void passElements() throws Malformed {
    scanner.list();
    while (scanner.element()) {
      if (elements == places.length) {
        places = Arrays.copyOf(places, Math.max(FIRST, 2 * elements));
        ends = Arrays.copyOf(ends, places.length);
      }
      places[elements] = scanner.place();
      scanner.skip();
      ends[elements++] = scanner.read();
    }
  }

  /// {@return what it is}
  public Kind kind() {
    return kind;
  }

  /// {@return a reader that stands before it}
  public JsonScanner source() {
    return scanner.valueAt(place);
  }

  /// {@return how many elements it has, when it is a list}
  public int size() {
    return elements;
  }

  /// {@return about how many bytes an element of the list has}
  ///
  /// @param index from 0
  public int length(int index) {
    return ends[index] - places[index];
  }

  /// {@return a reader that stands before an element of the list}
  ///
  /// @param index from 0
  public JsonScanner element(int index) {
    return scanner.valueAt(places[index]);
  }
}
