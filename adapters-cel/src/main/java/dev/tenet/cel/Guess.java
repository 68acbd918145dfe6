package dev.tenet.cel;

import dev.tenet.domain.diagnostic.Spelling;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Guesses which name was meant.
final class Guess {

  private Guess() {}

  /// {@return the nearest known name, also one with two letters swapped, or null}
  static @Nullable String nearest(String name, Collection<String> known) {
    return Spelling.nearest(name, known)
        .or(() -> known.stream().filter(other -> swapped(name, other)).sorted().findFirst())
        .orElse(null);
  }

  /// {@return whether one word is the other with two neighbouring letters swapped}
  private static boolean swapped(String a, String b) {
    char[] x = a.toLowerCase(Locale.ROOT).toCharArray();
    char[] y = b.toLowerCase(Locale.ROOT).toCharArray();
    int at = Arrays.mismatch(x, y);
    if (x.length != y.length || at < 0 || at + 1 >= x.length) {
      return false;
    }
    char first = x[at];
    x[at] = x[at + 1];
    x[at + 1] = first;
    return Arrays.equals(x, y);
  }
}
