package dev.tenet.bootstrap.cli;

import java.util.Locale;

/// Counts things in words.
final class Plural {

  private Plural() {}

  /// {@return such as `1 rule` or `9,600 rules`}
  static String of(long count, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
  }
}
