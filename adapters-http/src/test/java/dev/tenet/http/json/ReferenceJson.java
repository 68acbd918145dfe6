package dev.tenet.http.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A second reader of JSON, slow and plain, to hold [StrictJson] against: RFC 8259 for the grammar, RFC 3629 for UTF-8, and
/// what `docs/problems.md` says of keys, numbers and nesting.
///
/// Arrays and objects that are open stand on a stack of its own; nothing is recursive. The pointer of a refusal names the
/// element that stands or is missing at the fault, or the member whose name was read last.
final class ReferenceJson {

  /// What became of a document.
  sealed interface Outcome {

    record Accepted(@Nullable Object value) implements Outcome {}

    /// The document has a fault.
    ///
    /// @param from where the fault is, in UTF-16 units from the start of the text
    /// @param to the end of what the fault is in
    record Refused(String code, String pointer, int from, int to) implements Outcome {}
  }

  private static final int DEEPEST = 64;
  private static final int MOST_DIGITS = 1_000;
  private static final Map<String, String> ESCAPES =
      Map.of(
          "\"", "\"", "\\", "\\", "/", "/", "b", "\b", "f", "\f", "n", "\n", "r", "\r", "t", "\t");

  private final String text;
  private final Deque<Open> open = new ArrayDeque<>();
  private int at;
  private @Nullable Object root;
  private @Nullable Refusal inName;

  private ReferenceJson(String text) {
    this.text = text;
  }

  static Outcome read(byte[] document) {
    String text = ReferenceUtf8.decode(document);
    if (text == null) {
      return new Outcome.Refused("json_not_utf8", "", 0, 0);
    }
    try {
      return new Outcome.Accepted(new ReferenceJson(text).document());
    } catch (Refusal refusal) {
      return refusal.refused;
    }
  }

  private @Nullable Object document() throws Refusal {
    skipSpace();
    if (at == text.length()) {
      throw refusal("json_empty", at);
    }
    value();
    while (!open.isEmpty()) {
      next(open.getFirst());
    }
    skipSpace();
    if (at < text.length()) {
      throw refusal("json_malformed", at, text.length());
    }
    return root;
  }

  /// Closes the innermost array or object, or reads its next element or member.
  private void next(Open innermost) throws Refusal {
    skipSpace();
    if (peek() == ']' || peek() == '}') {
      if (peek() != innermost.end()) {
        throw malformed();
      }
      at++;
      open.removeFirst();
      return;
    }
    if (at == text.length()) {
      throw malformed();
    }
    if (innermost.count++ > 0) {
      expect(',');
      skipSpace();
    }
    if (innermost.members != null) {
      name(innermost, innermost.members);
    }
    value();
  }

  private void name(Open innermost, Map<String, @Nullable Object> members) throws Refusal {
    int start = at;
    expect('"');
    String name = string();
    innermost.name = name;
    if (members.containsKey(name)) {
      inName = refusal("json_duplicate_key", start);
    }
    skipSpace();
    expect(':');
    skipSpace();
  }

  private void value() throws Refusal {
    switch (peek()) {
      case '{' -> open(new Open(null, new LinkedHashMap<>()));
      case '[' -> open(new Open(new ArrayList<>(), null));
      case '"' -> {
        at++;
        refuseName();
        deliver(string());
      }
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    }
  }

  private void open(Open opened) throws Refusal {
    at++;
    refuseName();
    deliver(opened.members == null ? opened.elements : opened.members);
    open.addFirst(opened);
    if (open.size() > DEEPEST) {
      throw refusal("json_too_deep", at - 1);
    }
  }

  private void word(String word, @Nullable Object value) throws Refusal {
    int start = at;
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
    if (at < text.length() && Character.isJavaIdentifierPart(peek()) && peek() != '$') {
      throw refusal("json_malformed", start, endOfWord());
    }
    refuseName();
    deliver(value);
  }

  private void number() throws Refusal {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int wholeStart = at;
    int digits = digits(start);
    if (digits > 1 && text.charAt(wholeStart) == '0') {
      throw refusal("json_malformed", wholeStart + 1, at);
    }
    int whole = at;
    if (peek() == '.') {
      at++;
      digits += digits(start);
    }
    int mantissa = at;
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits += digits(start);
    }
    if (open.isEmpty() && at < text.length() && !isSpace(peek())) {
      throw malformed();
    }
    if (digits > MOST_DIGITS) {
      throw refusal("json_malformed", start);
    }
    refuseName();
    if (at == whole) {
      BigInteger integer = new BigInteger(text.substring(start, at));
      if (integer.bitLength() < Long.SIZE) {
        deliver(integer.longValueExact());
        return;
      }
    }
    double value =
        nearest(
            text.substring(start, mantissa),
            at == mantissa ? BigInteger.ZERO : new BigInteger(text.substring(mantissa + 1, at)));
    if (Double.isInfinite(value)) {
      throw refusal("json_number_out_of_range", start);
    }
    deliver(value);
  }

  private static double nearest(String mantissa, BigInteger exponent) {
    BigDecimal decimal = new BigDecimal(mantissa);
    double sign = mantissa.startsWith("-") ? -1 : 1;
    BigInteger magnitude =
        exponent.add(BigInteger.valueOf((long) decimal.precision() - decimal.scale()));
    if (decimal.signum() == 0 || magnitude.compareTo(BigInteger.valueOf(-400)) < 0) {
      return 0.0 * sign;
    }
    if (magnitude.compareTo(BigInteger.valueOf(400)) > 0) {
      return Double.POSITIVE_INFINITY * sign;
    }
    return decimal.scaleByPowerOfTen(exponent.intValueExact()).doubleValue();
  }

  /// Reads at least one digit.
  ///
  /// @param number where the number begins
  /// @return how many there are
  private int digits(int number) throws Refusal {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw refusal("json_malformed", number, endOfWord());
    }
    return at - start;
  }

  /// Reads the rest of a string. A fault in it may be told at any place from its start on.
  private String string() throws Refusal {
    int start = at;
    StringBuilder string = new StringBuilder();
    while (at < text.length() && peek() >= ' ' && peek() != '"') {
      char c = peek();
      at++;
      string.append(c == '\\' ? escaped(start) : String.valueOf(c));
    }
    if (peek() != '"' || hasHalfPair(string)) {
      throw refusal("json_malformed", start, endOfWord());
    }
    at++;
    return string.toString();
  }

  private String escaped(int string) throws Refusal {
    if (peek() == 'u') {
      at++;
      int unit = 0;
      for (int i = 0; i < 4; i++) {
        int digit = "0123456789abcdefABCDEF".indexOf(peek());
        if (digit < 0) {
          throw refusal("json_malformed", string, endOfWord());
        }
        unit = unit * 16 + (digit < 16 ? digit : digit - 6);
        at++;
      }
      return String.valueOf((char) unit);
    }
    String escape = ESCAPES.get(String.valueOf(peek()));
    if (escape == null) {
      throw refusal("json_malformed", string, endOfWord());
    }
    at++;
    return escape;
  }

  private static boolean hasHalfPair(CharSequence string) {
    return string.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }

  private void deliver(@Nullable Object value) {
    Open innermost = open.peekFirst();
    if (innermost == null) {
      root = value;
    } else if (innermost.members != null) {
      innermost.members.put(innermost.name, value);
    } else if (innermost.elements != null) {
      innermost.elements.add(value);
    }
  }

  /// A control character that is no space, or a comment, is a fault of what stands before it.
  private void skipSpace() throws Refusal {
    while (isSpace(peek())) {
      at++;
    }
    if (at < text.length() && (peek() < ' ' || peek() == '/')) {
      throw malformed();
    }
  }

  private static boolean isSpace(char c) {
    return " \t\r\n".indexOf(c) >= 0;
  }

  /// {@return the character that comes next, NUL at the end, which no document has outside}
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(char expected) throws Refusal {
    if (at == text.length() || peek() != expected) {
      throw malformed();
    }
    at++;
  }

  /// A name's fault counts from the point where its value begins.
  private void refuseName() throws Refusal {
    if (inName != null) {
      throw new Refusal(
          inName.refused.code(), inName.refused.pointer(), inName.refused.from(), endOfWord());
    }
  }

  private Refusal malformed() {
    return refusal("json_malformed", at, endOfWord());
  }

  /// {@return the end of the character that comes next, with the word that it begins or stands before}
  private int endOfWord() {
    int end = Math.min(at + 1, text.length());
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private Refusal refusal(String code, int from) {
    return refusal(code, from, at);
  }

  private Refusal refusal(String code, int from, int to) {
    StringBuilder pointer = new StringBuilder();
    for (Iterator<Open> outwards = open.descendingIterator(); outwards.hasNext(); ) {
      pointer.append(outwards.next().step());
    }
    return new Refusal(code, pointer.toString(), from, to);
  }

  /// An array or object whose end was not read yet.
  private static final class Open {
    private final @Nullable List<@Nullable Object> elements;
    private final @Nullable Map<String, @Nullable Object> members;
    private int count;
    private @Nullable String name;

    private Open(
        @Nullable List<@Nullable Object> elements,
        @Nullable Map<String, @Nullable Object> members) {
      this.elements = elements;
      this.members = members;
    }

    private char end() {
      return members == null ? ']' : '}';
    }

    private String step() {
      if (members == null) {
        return count == 0 ? "" : "/" + (count - 1);
      }
      return name == null ? "" : "/" + name.replace("~", "~0").replace("/", "~1");
    }
  }

  private static final class Refusal extends Exception {
    private final Outcome.Refused refused;

    private Refusal(String code, String pointer, int from, int to) {
      super(code, null, false, false);
      this.refused = new Outcome.Refused(code, pointer, from, to);
    }
  }
}
