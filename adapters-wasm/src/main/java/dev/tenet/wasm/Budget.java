package dev.tenet.wasm;

/// What an instance may still grow by, and whether it wanted more.
final class Budget {

  private long left;
  private boolean refused;

  /// @param left pages or elements
  Budget(long left) {
    this.left = left;
  }

  /// {@return whether there was so much left; then it is taken}
  boolean take(long wanted) {
    if (wanted < 0 || wanted > left) {
      refused = true;
      return false;
    }
    left -= wanted;
    return true;
  }

  boolean wasRefused() {
    return refused;
  }
}
