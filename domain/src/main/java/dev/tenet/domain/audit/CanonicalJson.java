package dev.tenet.domain.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes plain values as JSON in the one form of RFC 8785 (JSON Canonicalization Scheme), so that everybody who knows a
/// value can compute its hash. Numbers are whole; half a surrogate pair, which the RFC refuses, is escaped.
final class CanonicalJson {

  private static final int FIRST_PRINTABLE = 0x20;

  private CanonicalJson() {}

  /// {@return the value as text}
  ///
  /// @param value a `Map` with texts as keys, a `List`, a `String`, a `Boolean`, or a whole number
  static String write(Object value) {
    var text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(Object value, StringBuilder text) {
    switch (value) {
      case String string -> writeString(string, text);
      case Boolean flag -> text.append(flag.booleanValue());
      case Integer number -> text.append(number.intValue());
      case Long number -> text.append(number.longValue());
      case List<?> list -> {
        char before = '[';
        for (Object element : list) {
          text.append(before);
          write(element, text);
          before = ',';
        }
        text.append(list.isEmpty() ? "[]" : "]");
      }
      case Map<?, ?> map -> {
        char before = '{';
        for (var member : new TreeMap<>(map).entrySet()) {
          text.append(before);
          writeString((String) member.getKey(), text);
          text.append(':');
          write(member.getValue(), text);
          before = ',';
        }
        text.append(map.isEmpty() ? "{}" : "}");
      }
      default -> throw new IllegalArgumentException("not a plain value: " + value.getClass());
    }
  }

  private static void writeString(String string, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\b' -> text.append("\\b");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\f' -> text.append("\\f");
        case '\r' -> text.append("\\r");
        default -> {
          if (c < FIRST_PRINTABLE || isLoneSurrogate(string, i)) {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean isLoneSurrogate(String string, int at) {
    char c = string.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == string.length() || !Character.isLowSurrogate(string.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(string.charAt(at - 1)));
  }
}
