package dev.tenet.http.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.http.json.StrictJson;
import org.jspecify.annotations.Nullable;

/// JSON as people write it: with `//` and `/* */` comments. What is kept has none.
final class JsonWithComments {

  private JsonWithComments() {}

  static @Nullable Object parse(String text) throws StrictJson.Malformed {
    return StrictJson.parse(blanked(text).getBytes(UTF_8));
  }

  /// Blanks take the place of comments, so that faults are told where they are.
  private static String blanked(String text) {
    StringBuilder blanked = new StringBuilder(text);
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '"') {
        at = endOfText(text, at);
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = blank(blanked, at, end < 0 ? text.length() : end);
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        at = blank(blanked, at, end < 0 ? text.length() : end + 2);
      } else {
        at++;
      }
    }
    return blanked.toString();
  }

  private static int endOfText(String text, int start) {
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private static int blank(StringBuilder text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (text.charAt(at) != '\n') {
        text.setCharAt(at, ' ');
      }
    }
    return to;
  }
}
