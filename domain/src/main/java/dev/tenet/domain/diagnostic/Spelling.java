package dev.tenet.domain.diagnostic;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Guesses what was meant by a word that is not known.
public final class Spelling {

  private static final int LONGEST_WORD = 100;

  private Spelling() {}

  /// {@return the known word nearest to `word`: at most a third of its letters differ, or one of fewer than three
  /// (letters swapped with their neighbour count as one, ignoring case), the alphabetically first among equals}
  public static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    if (word.length() < 2) {
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

  /// The optimal string alignment distance: letters inserted, left out, replaced, or swapped with their neighbour.
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      d[i][0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        d[i][j] =
            Math.min(d[i - 1][j - 1] + (same ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
