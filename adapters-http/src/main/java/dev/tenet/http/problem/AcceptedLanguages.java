package dev.tenet.http.problem;

import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads `Accept-Language` as RFC 9110, section 12.5.4, defines it. Whatever else it says is passed over: nobody's request
/// fails for it.
final class AcceptedLanguages {

  /// A longer header, in characters, says nothing.
  static final int LONGEST_HEADER = 1_000;

  /// Of more ranges the first ones count.
  static final int MOST_RANGES = 20;

  private static final Pattern RANGE =
      Pattern.compile(
          "((?:[A-Za-z]{1,8}|\\*)(?:-(?:[A-Za-z0-9]{1,8}|\\*)){0,8})(?:[ \\t]*;[ \\t]*[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?))?");

  private AcceptedLanguages() {}

  /// {@return the languages that are asked for or ruled out (weight 0), the highest weight first}
  static List<LanguageRange> in(String header) {
    if (header.length() > LONGEST_HEADER) {
      return List.of();
    }
    String ranges =
        Pattern.compile(",")
            .splitAsStream(header)
            .map(range -> RANGE.matcher(range.strip()))
            .filter(Matcher::matches)
            .limit(MOST_RANGES)
            .map(AcceptedLanguages::plain)
            .collect(Collectors.joining(","));
    return ranges.isEmpty() ? List.of() : LanguageRange.parse(ranges);
  }

  private static String plain(Matcher range) {
    return range.group(2) == null ? range.group(1) : range.group(1) + ";q=" + range.group(2);
  }
}
