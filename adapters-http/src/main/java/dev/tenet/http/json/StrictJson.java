package dev.tenet.http.json;

import dev.tenet.domain.evaluation.FactSource.Kind;
import org.jspecify.annotations.Nullable;

/// Reads JSON as RFC 8259 defines it and nothing more: UTF-8 without faults, no duplicate keys, no lone surrogates, no
/// NaN or infinity, no number that overflows a double, nesting to 64 levels, nothing behind the document.
public final class StrictJson {

  /// How deep arrays and objects may nest.
  public static final int DEEPEST = 64;

  /// A document that is no JSON.
  ///
  /// Its message is a human sentence with nothing of the parser's in it.
  public static final class Malformed extends Exception {
    private final String code;
    private final String pointer;

    Malformed(String code, String message, String pointer) {
      super(message, null, false, false);
      this.code = code;
      this.pointer = pointer;
    }

    /// {@return a stable code such as `json_malformed`}
    public String code() {
      return code;
    }

    /// {@return the JSON pointer to the innermost value that was being read}
    public String pointer() {
      return pointer;
    }

    /// {@return the human sentence}
    @Override
    public String getMessage() {
      String message = super.getMessage();
      return message == null ? code : message;
    }
  }

  private StrictJson() {}

  /// {@return the document as plain values: `LinkedHashMap`, `ArrayList`, `String`, `Boolean`, null, `Long` for numbers
  /// without fraction and exponent that fit, `Double` for all others}
  public static @Nullable Object parse(byte[] document) throws Malformed {
    return parse(document, 0, document.length);
  }

  /// {@return the document in a part of the bytes, see [#parse(byte\[\])]}
  public static @Nullable Object parse(byte[] document, int offset, int length) throws Malformed {
    return whole(new JsonScanner(document, offset, length, 0));
  }

  /// {@return the document in a line of a stream of documents, see [#parse(byte\[\])]; faults are told with its number}
  ///
  /// @param number of the line, from 1
  public static @Nullable Object parseLine(byte[] line, long number) throws Malformed {
    return whole(JsonScanner.ofLine(line, number));
  }

  /// {@return the document, unread but known to be JSON; when it is an object, its members as plain values, but for one: when
  /// that is there and not null it is [Unread]}
  ///
  /// @param member which to leave unread
  public static Object parseExcept(String member, byte[] document) throws Malformed {
    return parseExcept(member, true, document);
  }

  /// {@return the same, but whether the member is JSON shows when it is read, if it is an object}
  ///
  /// @param member which to leave unread
  public static Object parseAround(String member, byte[] document) throws Malformed {
    return parseExcept(member, false, document);
  }

  private static Object parseExcept(String member, boolean checked, byte[] document)
      throws Malformed {
    JsonScanner scanner = JsonScanner.of(document);
    Object value =
        scanner.kind() == Kind.OBJECT
            ? scanner.plainExcept(member, checked)
            : Unread.pass(scanner, true);
    scanner.end();
    return value;
  }

  /// {@return the line of a stream of documents, unread but known to be JSON; faults are told with its number}
  ///
  /// @param number of the line, from 1
  public static Unread unreadLine(byte[] line, long number) throws Malformed {
    JsonScanner scanner = JsonScanner.ofLine(line, number);
    Unread value = Unread.pass(scanner, true);
    scanner.end();
    return value;
  }

  private static @Nullable Object whole(JsonScanner scanner) throws Malformed {
    Object value = scanner.plain();
    scanner.end();
    return value;
  }
}
