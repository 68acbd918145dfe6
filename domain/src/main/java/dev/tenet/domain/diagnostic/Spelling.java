package dev.tenet.domain.diagnostic;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Guesses what was meant by a word that is not known.
public final class Spelling {

  private static final int LONGEST_WORD = 100;

  private Spelling() {}

  /// {@return the known word nearest to `word`: at most a third of its letters differ, or one of fewer than three
  /// (Levenshtein distance, ignoring case), the alphabetically first among equals}
  public static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    int best = Math.max(1, word.length() / 3) + 1;
    String nearest = null;
    for (String candidate : known) {
      if (Math.abs(candidate.length() - word.length()) >= best + 1) {
        continue;
      }
      int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      boolean nearer =
          distance < best
              || (distance == best && nearest != null && candidate.compareTo(nearest) < 0);
      if (nearer) {
        best = distance;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
