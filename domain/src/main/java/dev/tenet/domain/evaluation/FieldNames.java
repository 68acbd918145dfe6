package dev.tenet.domain.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Names by number, found without making a string of what was read.
public final class FieldNames {

  private static final int PRIME = 31;

  private final List<String> names;
  private final byte[][] bytes;
  private final int[] table;

  private FieldNames(List<String> names) {
    this.names = List.copyOf(names);
    this.bytes = new byte[names.size()][];
    this.table = new int[Math.max(2, Integer.highestOneBit(names.size() * 4))];
    for (int number = 0; number < bytes.length; number++) {
      bytes[number] = names.get(number).getBytes(StandardCharsets.UTF_8);
      int place = place(hash(bytes[number], 0, bytes[number].length));
      while (table[place] != 0) {
        place = place(place + 1);
      }
      table[place] = number + 1;
    }
  }

  /// {@return the names, numbered from 0; each stands once}
  public static FieldNames of(List<String> names) {
    return new FieldNames(names);
  }

  /// {@return how many names there are}
  public int size() {
    return bytes.length;
  }

  /// {@return the name with a number}
  public String name(int number) {
    return names.get(number);
  }

  /// {@return the number of a name in UTF-8, or -1}
  ///
  /// @param utf8 holds the name from `from` until before `to`
  public int find(byte[] utf8, int from, int to) {
    for (int place = place(hash(utf8, from, to)); table[place] != 0; place = place(place + 1)) {
      byte[] candidate = bytes[table[place] - 1];
      if (Arrays.equals(candidate, 0, candidate.length, utf8, from, to)) {
        return table[place] - 1;
      }
    }
    return -1;
  }

  /// {@return the number of a name, or -1}
  public int find(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return find(utf8, 0, utf8.length);
  }

  private int place(int hash) {
    return hash & (table.length - 1);
  }

  private static int hash(byte[] utf8, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = PRIME * hash + utf8[i];
    }
    return hash ^ (hash >>> 7);
  }
}
