package dev.tenet.cel.plan;

/// How two values are compared.
public enum Relation {
  EQUAL(0b0010),
  DIFFERENT(0b1101),
  LESS(0b0001),
  AT_MOST(0b0011),
  GREATER(0b0100),
  AT_LEAST(0b0110);

  private static final int BELOW = 0;
  private static final int SAME = 1;
  private static final int ABOVE = 2;
  private static final int UNORDERED = 3;

  /// In which of the four cases it holds, as bits.
  private final int cases;

  Relation(int cases) {
    this.cases = cases;
  }

  /// {@return [Condition#TRUE] when it holds between two integers, otherwise [Condition#FALSE]}
  public int test(long left, long right) {
    return (cases >>> (left < right ? BELOW : left == right ? SAME : ABOVE)) & 1;
  }

  /// {@return [Condition#TRUE] when it holds between two numbers, otherwise [Condition#FALSE]; NaN is different from all}
  public int test(double left, double right) {
    return (cases
            >>> (left < right ? BELOW : left == right ? SAME : left > right ? ABOVE : UNORDERED))
        & 1;
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
