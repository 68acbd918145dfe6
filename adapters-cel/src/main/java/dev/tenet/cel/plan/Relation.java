package dev.tenet.cel.plan;

/// How two values are compared.
public enum Relation {
  EQUAL,
  DIFFERENT,
  LESS,
  AT_MOST,
  GREATER,
  AT_LEAST;

  /// {@return whether it holds between two integers}
  public boolean holds(long left, long right) {
    return switch (this) {
      case EQUAL -> left == right;
      case DIFFERENT -> left != right;
      case LESS -> left < right;
      case AT_MOST -> left <= right;
      case GREATER -> left > right;
      case AT_LEAST -> left >= right;
    };
  }

  /// {@return whether it holds between two numbers; with NaN only [#DIFFERENT] does}
  public boolean holds(double left, double right) {
    return switch (this) {
      case EQUAL -> left == right;
      case DIFFERENT -> left != right;
      case LESS -> left < right;
      case AT_MOST -> left <= right;
      case GREATER -> left > right;
      case AT_LEAST -> left >= right;
    };
  }

  /// {@return the relation between the same values the other way round}
  public Relation mirrored() {
    return switch (this) {
      case EQUAL, DIFFERENT -> this;
      case LESS -> GREATER;
      case AT_MOST -> AT_LEAST;
      case GREATER -> LESS;
      case AT_LEAST -> AT_MOST;
    };
  }
}
