package dev.tenet.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.domain.evaluation.FieldNames;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names that were read of one object, to find one that stands twice.
///
/// Names that the reader knows are bits. The first few others are compared one by one, without making strings of them; the
/// others are in a hash set, whose buckets are trees when somebody makes hashes collide.
final class SeenNames {

  private static final int FIRST = 8;
  private static final int FEW = 16;

  private final byte[] document;
  private boolean used;
  private boolean mixed;
  private @Nullable FieldNames known;
  private long[] bits = {};
  private int[] ranges = {};
  private int count;
  private @Nullable Set<String> many;

  /// @param document which the names stand in
  SeenNames(byte[] document) {
    this.document = document;
  }

  /// {@return whether the name was not there before}
  ///
  /// @param number of the name among those that the reader knows
  boolean add(FieldNames names, int number) {
    use(names);
    if (mixed) {
      return many().add(names.name(number));
    }
    long bit = 1L << number;
    int word = number >>> 6;
    boolean fresh = (bits[word] & bit) == 0;
    bits[word] |= bit;
    return fresh;
  }

  /// {@return whether a name without escapes was not there before}
  ///
  /// @param names that the reader knows, which this is none of; null when it knows none
  boolean add(@Nullable FieldNames names, int from, int to) {
    use(names);
    if (many != null || count == 2 * FEW) {
      return many().add(text(from, to));
    }
    for (int i = 0; i < count; i += 2) {
      if (Arrays.equals(document, ranges[i], ranges[i + 1], document, from, to)) {
        return false;
      }
    }
    if (count == ranges.length) {
      ranges = Arrays.copyOf(ranges, Math.max(2 * FIRST, 2 * count));
    }
    ranges[count++] = from;
    ranges[count++] = to;
    return true;
  }

  /// {@return whether a name was not there before}
  ///
  /// @param names that the reader knows, which this is none of; null when it knows none
  boolean add(@Nullable FieldNames names, String name) {
    use(names);
    return many().add(name);
  }

  /// One object may be read with different names: then those that were bits are strings, too.
  private void use(@Nullable FieldNames names) {
    if (!used) {
      used = true;
      known = names;
      bits = new long[names == null ? 0 : (names.size() + Long.SIZE - 1) / Long.SIZE];
    } else if (known != names && !mixed) {
      mixed = true;
      for (int i = 0; known != null && i < known.size(); i++) {
        if ((bits[i >>> 6] & 1L << i) != 0) {
          many().add(known.name(i));
        }
      }
    }
  }

  private Set<String> many() {
    Set<String> names = many;
    if (names == null) {
      names = new HashSet<>();
      for (int i = 0; i < count; i += 2) {
        names.add(text(ranges[i], ranges[i + 1]));
      }
      many = names;
    }
    return names;
  }

  private String text(int from, int to) {
    return new String(document, from, to - from, UTF_8);
  }
}
