package dev.tenet.cel;

import java.util.Map;

/// How people write the functions that the syntax tree has for operators.
final class Operators {

  private static final Map<String, String> SYMBOLS =
      Map.ofEntries(
          Map.entry("_&&_", "&&"),
          Map.entry("_||_", "||"),
          Map.entry("!_", "!"),
          Map.entry("-_", "-"),
          Map.entry("_==_", "=="),
          Map.entry("_!=_", "!="),
          Map.entry("_<_", "<"),
          Map.entry("_<=_", "<="),
          Map.entry("_>_", ">"),
          Map.entry("_>=_", ">="),
          Map.entry("_+_", "+"),
          Map.entry("_-_", "-"),
          Map.entry("_*_", "*"),
          Map.entry("_/_", "/"),
          Map.entry("_%_", "%"),
          Map.entry("@in", "in"),
          Map.entry("_[_]", "[]"),
          Map.entry("_[?_]", "[?]"),
          Map.entry("_?_:_", "?:"),
          Map.entry("math.@max", "math.greatest"),
          Map.entry("math.@min", "math.least"),
          Map.entry("@sortByAssociatedKeys", "sortBy"));

  private Operators() {}

  static boolean isOperator(String function) {
    String symbol = SYMBOLS.get(function);
    return (symbol != null && !Character.isLetter(symbol.charAt(symbol.length() - 1)))
        || function.equals("@in");
  }

  /// {@return the operator or function as people write it}
  static String symbol(String function) {
    return SYMBOLS.getOrDefault(function, function);
  }
}
