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
}
