package dev.tenet.cel;

import java.util.Map;

/// What functions need of their arguments beyond the types, in the words of a rule's author.
final class Requirements {

  private static final String POSITION = "the position must be within the text";
  private static final String SHIFT = "the number of bits must not be negative";
  private static final String TIME_ZONE = "the time zone must be such as Europe/Berlin or +02:00";

  private static final Map<String, String> BY_FUNCTION =
      Map.ofEntries(
          Map.entry("bool", "the text must be true or false"),
          Map.entry("bytes", "the value must have bytes"),
          Map.entry("double", "the text must be a number such as 1.5"),
          Map.entry("duration", "the text must be a duration such as 1h30m"),
          Map.entry("int", "the text must be an integer of 64 bits such as 42"),
          Map.entry("string", "the bytes must be UTF-8"),
          Map.entry(
              "timestamp",
              "it must be a moment in the years 1 to 9999, as text such as 2026-01-31T08:30:00Z"),
          Map.entry("uint", "the text must be an integer of 64 bits without a sign, such as 42"),
          Map.entry("charAt", POSITION),
          Map.entry("indexOf", POSITION),
          Map.entry("lastIndexOf", POSITION),
          Map.entry(
              "substring",
              "the positions must be within the text, the first not behind the second"),
          Map.entry(
              "slice", "the positions must be within the list, the first not behind the second"),
          Map.entry("flatten", "the depth must not be negative"),
          Map.entry("sort", "the elements must be of one type that has an order"),
          Map.entry("value", "the optional must have a value"),
          Map.entry("base64.decode", "the text must be Base64"),
          Map.entry("regex.extract", "the regular expression may have one group"),
          Map.entry("regex.extractAll", "the regular expression may have one group"),
          Map.entry("regex.replace", "the replacement may name only groups that there are"),
          Map.entry("math.bitShiftLeft", SHIFT),
          Map.entry("math.bitShiftRight", SHIFT),
          Map.entry("getFullYear", TIME_ZONE),
          Map.entry("getMonth", TIME_ZONE),
          Map.entry("getDate", TIME_ZONE),
          Map.entry("getDayOfMonth", TIME_ZONE),
          Map.entry("getDayOfWeek", TIME_ZONE),
          Map.entry("getDayOfYear", TIME_ZONE),
          Map.entry("getHours", TIME_ZONE),
          Map.entry("getMinutes", TIME_ZONE),
          Map.entry("getSeconds", TIME_ZONE),
          Map.entry("getMilliseconds", TIME_ZONE));

  private Requirements() {}

  /// {@return whether what the function may refuse is a time zone}
  static boolean isOfTimeZone(String function) {
    return TIME_ZONE.equals(BY_FUNCTION.get(function));
  }

  /// {@return why the function did not take its arguments, as a sentence}
  static String refusal(String function) {
    String requirement = BY_FUNCTION.get(function);
    return requirement == null
        ? "\"%s\" does not take these arguments.".formatted(function)
        : "\"%s\" does not take these arguments: %s.".formatted(function, requirement);
  }
}
