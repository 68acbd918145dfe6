package dev.tenet.cel.index;

/// Sets of numbers from 0 on, as bits.
public final class Bits {

  private Bits() {}

  /// {@return how many words so many bits take}
  public static int words(int bits) {
    return (bits + 63) >>> 6;
  }

  /// {@return a set of all numbers below a limit}
  static long[] all(int limit) {
    long[] all = new long[words(limit)];
    for (int i = 0; i < limit; i++) {
      set(all, i);
    }
    return all;
  }

  /// {@return whether a number is in the set}
  public static boolean has(long[] set, int number) {
    return (set[number >>> 6] & (1L << number)) != 0;
  }

  /// Adds a number.
  public static void set(long[] set, int number) {
    set[number >>> 6] |= 1L << number;
  }

  static void clear(long[] set, int number) {
    set[number >>> 6] &= ~(1L << number);
  }

  static void flip(long[] set, int number) {
    set[number >>> 6] ^= 1L << number;
  }

  /// Keeps what is also in another set.
  ///
  /// @return whether anything is left
  static boolean keep(long[] set, long[] other) {
    long left = 0;
    for (int i = 0; i < set.length; i++) {
      set[i] &= other[i];
      left |= set[i];
    }
    return left != 0;
  }

  static void add(long[] set, long[] other) {
    for (int i = 0; i < set.length; i++) {
      set[i] |= other[i];
    }
  }

  static boolean isEmpty(long[] set) {
    long any = 0;
    for (long word : set) {
      any |= word;
    }
    return any == 0;
  }
}
