package dev.tenet.http.json;

import dev.tenet.domain.evaluation.FactSource;
import dev.tenet.domain.evaluation.FieldNames;
import dev.tenet.http.json.StrictJson.Malformed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a document from its bytes, once from front to back, as strictly as [StrictJson] says, whichever way it is read.
///
/// Work and memory are linear in the document.
public final class JsonScanner implements FactSource<Malformed> {

  private static final int LONGEST_NUMBER = 1_000;
  private static final int USUAL_DEPTH = 8;

  private final byte[] document;
  private final int start;
  private final int end;
  private final long line;
  private final TextScanner text;
  private final NumberScanner number;
  private int at;
  private int begin;

  /// The kind of the value that comes next, when that is known; then its first byte was read, and all of it when it is a
  /// number or a word.
  private @Nullable Kind begun;

  private long integer;
  private boolean truth;

  /// How many arrays and objects are open; of each, whether it is an object, where the name that was read last begins or how
  /// many elements were begun, and which names were read.
  private int depth;

  private long objects;
  private int[] steps = new int[USUAL_DEPTH];
  private @Nullable SeenNames[] seen = new SeenNames[USUAL_DEPTH];

  private int nameFrom;
  private int nameTo;
  private boolean repeated;

  /// @param line the number of the line that the document is, or 0 for one that has lines of its own
  /// @throws Malformed when the document is not in UTF-8
  JsonScanner(byte[] document, int offset, int length, long line) throws Malformed {
    this(document, offset, offset + length, line, offset);
    if (!Utf8.isValid(document, start, end)) {
      throw faults().notUtf8();
    }
  }

  private JsonScanner(byte[] document, int start, int end, long line, int at) {
    this.document = document;
    this.start = start;
    this.end = end;
    this.line = line;
    this.at = at;
    this.text = new TextScanner(document, end);
    this.number = new NumberScanner(document, end);
  }

  /// {@return a reader of a document}
  public static JsonScanner of(byte[] document) throws Malformed {
    return new JsonScanner(document, 0, document.length, 0);
  }

  /// {@return a reader of a document that is a line in a stream of documents; faults are told with its number}
  ///
  /// @param number of the line, from 1
  public static JsonScanner ofLine(byte[] line, long number) throws Malformed {
    return new JsonScanner(line, 0, line.length, number);
  }

  /// {@return the place where the value that comes next begins, for [#valueAt(int)]}
  public int place() throws Malformed {
    kind();
    return begin;
  }

  /// {@return how far it has read: where the value ends that came last}
  int read() {
    return at;
  }

  /// {@return a reader of a value that this one has read}
  ///
  /// @param place where it begins
  public JsonScanner valueAt(int place) {
    return new JsonScanner(document, start, end, line, place);
  }

  /// {@return whether it stands before the first byte of an object}
  public boolean isBeforeObject() {
    return begun == null && at < end && document[at] == '{';
  }

  /// Makes sure that nothing stands behind the value that was read.
  public void end() throws Malformed {
    skipSpace();
    if (at < end) {
      throw faults().malformed("There is something behind the end of the JSON document", at);
    }
  }

  @Override
  public Kind kind() throws Malformed {
    Kind kind = begun;
    if (kind == null) {
      kind = begin();
      begun = kind;
    }
    return kind;
  }

  private Kind begin() throws Malformed {
    skipSpace();
    begin = at;
    if (at == end) {
      throw depth == 0 ? faults().empty() : malformed();
    }
    Kind kind =
        switch (document[at]) {
          case '{' -> begun(Kind.OBJECT);
          case '[' -> begun(Kind.LIST);
          case '"' -> begun(Kind.TEXT);
          case 't' -> word("true", Kind.TRUTH);
          case 'f' -> word("false", Kind.TRUTH);
          case 'n' -> word("null", Kind.NULL);
          default -> number();
        };
    if (repeated) {
      throw faults().repeated(text.textAt(nameFrom), at);
    }
    if (kind == Kind.INTEGER) {
      integer = number.integer();
    } else if (kind == Kind.REAL && !number.isFinite()) {
      throw faults().beyondRange(at);
    }
    return kind;
  }

  private Kind begun(Kind kind) {
    at++;
    return kind;
  }

  private Kind word(String word, Kind kind) throws Malformed {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
    if (at < end && document[at] != '$') {
      char next = Utf8.unit(document, at);
      if (next != '}' && next != ',' && Character.isJavaIdentifierPart(next)) {
        throw malformed();
      }
    }
    truth = word.length() == "true".length();
    return kind;
  }

  private Kind number() throws Malformed {
    int behind = number.scan(at);
    if (behind < 0) {
      at = ~behind;
      throw malformed();
    }
    at = behind;
    if (depth == 0 && at < end && !isSpace(document[at])) {
      throw malformed();
    }
    if (number.digits() > LONGEST_NUMBER) {
      throw faults()
          .malformed("There is a number with more than %d digits".formatted(LONGEST_NUMBER), at);
    }
    return number.isInteger() ? Kind.INTEGER : Kind.REAL;
  }

  private void take(Kind expected) throws Malformed {
    Kind kind = kind();
    if (kind != expected) {
      throw new IllegalStateException("a value of kind " + kind + " was read as " + expected);
    }
    begun = null;
  }

  @Override
  public void object() throws Malformed {
    take(Kind.OBJECT);
    open(Faults.NO_NAME);
    objects |= 1L << (depth - 1);
  }

  @Override
  public void list() throws Malformed {
    take(Kind.LIST);
    open(0);
    objects &= ~(1L << (depth - 1));
  }

  private void open(int step) throws Malformed {
    if (depth == StrictJson.DEEPEST) {
      throw faults().tooDeep(at - 1);
    }
    if (depth == steps.length) {
      steps = Arrays.copyOf(steps, 2 * depth);
      seen = Arrays.copyOf(seen, 2 * depth);
    }
    steps[depth] = step;
    depth++;
  }

  @Override
  public int member(FieldNames known) throws Malformed {
    if (!nextName()) {
      return END;
    }
    if (text.isEscaped()) {
      String name = text.textAt(nameFrom);
      int found = known.find(name);
      repeated = !(found < 0 ? seen().add(known, name) : seen().add(known, found));
      return found < 0 ? UNKNOWN : found;
    }
    int found = known.find(document, nameFrom, nameTo);
    repeated = !(found < 0 ? seen().add(known, nameFrom, nameTo) : seen().add(known, found));
    return found < 0 ? UNKNOWN : found;
  }

  @Override
  public @Nullable String member() throws Malformed {
    if (!nextName()) {
      return null;
    }
    String name = text.textAt(nameFrom);
    repeated = !seen().add(null, name);
    return name;
  }

  private SeenNames seen() {
    SeenNames names = seen[depth - 1];
    if (names == null) {
      names = new SeenNames(document);
      seen[depth - 1] = names;
    }
    return names;
  }

  /// Reads the name of the next member, or leaves the object.
  private boolean nextName() throws Malformed {
    if (!next(steps[depth - 1] == Faults.NO_NAME, '}')) {
      return false;
    }
    skipSpace();
    expect('"');
    nameFrom = at;
    string();
    nameTo = at - 1;
    steps[depth - 1] = nameFrom;
    skipSpace();
    expect(':');
    return true;
  }

  @Override
  public boolean element() throws Malformed {
    return next(steps[depth - 1] == 0, ']');
  }

  /// Moves on to the next member or element, behind the comma unless it is the first; or leaves the object or list.
  private boolean next(boolean first, char close) throws Malformed {
    skipSpace();
    if (at == end) {
      throw malformed();
    }
    if (document[at] == close) {
      at++;
      depth--;
      seen[depth] = null;
      return false;
    }
    if (document[at] == ']' || document[at] == '}') {
      throw malformed();
    }
    if (close == ']') {
      steps[depth - 1]++;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  @Override
  public String text() throws Malformed {
    take(Kind.TEXT);
    int from = at;
    string();
    return text.text(from, at - 1, text.isEscaped());
  }

  /// Reads the rest of a string.
  private void string() throws Malformed {
    int behind = text.scan(at);
    if (behind < 0) {
      at = ~behind;
      throw malformed();
    }
    at = behind;
    if (text.hasHalfPair()) {
      throw faults().malformed("There is half a surrogate pair in a string", at);
    }
  }

  @Override
  public long integer() throws Malformed {
    take(Kind.INTEGER);
    return integer;
  }

  @Override
  public double real() throws Malformed {
    if (kind() == Kind.INTEGER) {
      return integer();
    }
    take(Kind.REAL);
    return number.real();
  }

  @Override
  public boolean truth() throws Malformed {
    take(Kind.TRUTH);
    return truth;
  }

  @Override
  public @Nullable Object plain() throws Malformed {
    return switch (kind()) {
      case OBJECT -> plainObject();
      case LIST -> plainList();
      case TEXT -> text();
      case INTEGER -> integer();
      case REAL -> real();
      case TRUTH -> truth();
      case NULL -> {
        take(Kind.NULL);
        yield null;
      }
    };
  }

  private Map<String, @Nullable Object> plainObject() throws Malformed {
    return plainExcept(null, true);
  }

  /// {@return the object that comes next as plain values, but for one member, which is [Unread] unless it is null}
  ///
  /// @param checked whether the member is known to be JSON then; else that shows when it is read, if it is an object
  Map<String, @Nullable Object> plainExcept(@Nullable String member, boolean checked)
      throws Malformed {
    object();
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (nextName()) {
      String name = text.textAt(nameFrom);
      repeated = object.containsKey(name);
      boolean unread = name.equals(member) && kind() != Kind.NULL;
      object.put(name, unread ? Unread.pass(this, checked) : plain());
    }
    return object;
  }

  private List<@Nullable Object> plainList() throws Malformed {
    list();
    List<@Nullable Object> list = new ArrayList<>();
    while (element()) {
      list.add(plain());
    }
    return list;
  }

  @Override
  public void skip() throws Malformed {
    switch (kind()) {
      case OBJECT -> {
        object();
        while (nextName()) {
          repeated =
              !(text.isEscaped()
                  ? seen().add(null, text.textAt(nameFrom))
                  : seen().add(null, nameFrom, nameTo));
          skip();
        }
      }
      case LIST -> {
        list();
        while (element()) {
          skip();
        }
      }
      case TEXT -> {
        begun = null;
        string();
      }
      case INTEGER, REAL, TRUTH, NULL -> begun = null;
    }
  }

  /// Passes over the object that comes next, of which only strings and brackets are looked at. One that has no end, nests too
  /// deep, or has a string that is none is looked at as a whole, to tell why.
  void leap() throws Malformed {
    take(Kind.OBJECT);
    int from = at;
    int open = 1;
    while (at < end && depth + open <= StrictJson.DEEPEST) {
      switch (document[at++]) {
        case '{', '[' -> open++;
        case '}', ']' -> open--;
        case '"' -> {
          int behind = text.scan(at);
          at = behind < 0 ? end : behind;
        }
        default -> {}
      }
      if (open == 0) {
        return;
      }
    }
    at = from;
    begun = Kind.OBJECT;
    skip();
  }

  /// A control character that is no space, and what begins a comment, is a fault of what stands before it.
  private void skipSpace() throws Malformed {
    while (at < end && isSpace(document[at])) {
      at++;
    }
    if (at < end && (document[at] == '/' || (document[at] >= 0 && document[at] < ' '))) {
      throw malformed();
    }
  }

  private static boolean isSpace(byte octet) {
    return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
  }

  private void expect(char expected) throws Malformed {
    if (at == end || document[at] != expected) {
      throw malformed();
    }
    at++;
  }

  private Malformed malformed() {
    return faults().malformed(at);
  }

  private Faults faults() {
    return new Faults(document, start, end, line, Faults.pointer(text, depth, objects, steps));
  }
}
