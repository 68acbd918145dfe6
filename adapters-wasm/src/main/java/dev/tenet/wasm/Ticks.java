package dev.tenet.wasm;

/// Time in nanoseconds since this class was loaded, always positive, so that 0 and less can mean something else.
final class Ticks {

  private static final long START = System.nanoTime();

  private Ticks() {}

  static long now() {
    return System.nanoTime() - START + 1;
  }

  /// {@return when that is, no later than in `most` nanoseconds}
  ///
  /// @param deadline by `System.nanoTime()`
  static long at(long deadline, long most) {
    long now = System.nanoTime();
    return Math.max(1, now - START + 1 + Math.min(deadline - now, most));
  }
}
