package dev.tenet.cel;

import dev.cel.common.ast.CelExpr;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one evaluation of an expression is estimated to cost. Sums and products stop at a very large number.
///
/// @param units the work in the budget of the whole expression
/// @param apart the most work of one of the conditions in it to which an executor may give a budget of their own
/// @param size how many elements, entries, characters or bytes the value has; 0 for a scalar
/// @param reads the variables of `cel.bind` that are certainly read
/// @param dearest the part that costs most, or null when no part stands out
record Work(long units, long apart, long size, Set<String> reads, @Nullable Term dearest) {

  static final Work NONE = new Work(0, 0, 0, Set.of(), null);

  private static final long MOST = Long.MAX_VALUE / 4;

  /// A part of an expression.
  ///
  /// @param weight the units that it costs without what it contains, unless it is a loop
  record Term(CelExpr expr, long weight) {}

  /// {@return the units that one budget must have}
  long total() {
    return Math.max(units, apart);
  }

  Work withUnits(long more) {
    return new Work(plus(units, more), apart, size, reads, dearest);
  }

  Work withSize(long elements) {
    return new Work(units, apart, elements, reads, dearest);
  }

  Work reading(String variable) {
    return new Work(units, apart, size, Set.of(variable), dearest);
  }

  /// {@return the same outside of where the variable is known}
  Work without(String variable) {
    if (!reads.contains(variable)) {
      return this;
    }
    Set<String> others = new HashSet<>(reads);
    others.remove(variable);
    return new Work(units, apart, size, others, dearest);
  }

  /// {@return both, in one budget}
  Work and(Work other) {
    return new Work(
        plus(units, other.units),
        Math.max(apart, other.apart),
        size,
        union(other),
        dearer(other.dearest));
  }

  /// {@return both, where the other may have a budget of its own}
  Work andApart(Work other) {
    return new Work(
        units, Math.max(apart, other.total()), size, union(other), dearer(other.dearest));
  }

  /// {@return either, whichever costs less}
  Work or(Work other) {
    Work cheaper = total() <= other.total() ? this : other;
    return new Work(
        Math.min(units, other.units),
        Math.min(apart, other.apart),
        Math.min(size, other.size),
        common(other),
        cheaper.dearest);
  }

  /// {@return the same so many times}
  Work times(long count) {
    Term term = dearest;
    return new Work(
        product(units, count),
        apart,
        size,
        reads,
        term == null ? null : new Term(term.expr(), product(term.weight(), count)));
  }

  /// {@return the same, where the part may be the dearest}
  Work considering(CelExpr part, long weight) {
    return new Work(units, apart, size, reads, dearer(new Term(part, weight)));
  }

  private Set<String> union(Work other) {
    if (reads.isEmpty() || other.reads.isEmpty()) {
      return reads.isEmpty() ? other.reads : reads;
    }
    Set<String> union = new HashSet<>(reads);
    union.addAll(other.reads);
    return union;
  }

  private Set<String> common(Work other) {
    Set<String> common = new HashSet<>(reads);
    common.retainAll(other.reads);
    return common;
  }

  private @Nullable Term dearer(@Nullable Term other) {
    Term mine = dearest;
    return mine == null || (other != null && other.weight() > mine.weight()) ? other : mine;
  }

  static long plus(long a, long b) {
    return Math.min(MOST, a + b);
  }

  static long product(long a, long b) {
    return a == 0 || b == 0 ? 0 : a > MOST / b ? MOST : a * b;
  }
}
