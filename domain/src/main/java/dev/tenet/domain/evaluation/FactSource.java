package dev.tenet.domain.evaluation;

import org.jspecify.annotations.Nullable;

/// A JSON value that is read once from front to back: plain values in memory, or the bytes of a request.
///
/// What is read is consumed; each value must be read by exactly one of the methods, the one of its kind, [#plain()] or
/// [#skip()].
///
/// @param <X> what reading may fail with when the value is no JSON
public interface FactSource<X extends Exception> {

  /// What [#member(FieldNames)] says of a member with a name that is not known; its value comes next.
  int UNKNOWN = -1;

  /// What [#member(FieldNames)] says at the end of the object.
  int END = -2;

  /// The kinds of values.
  enum Kind {
    OBJECT,
    LIST,
    TEXT,
    /// A number without fraction and exponent that fits into 64 bits.
    INTEGER,
    /// Any other number.
    REAL,
    TRUTH,
    NULL
  }

  /// {@return the kind of the value that comes next, which it leaves there}
  Kind kind() throws X;

  /// Enters the object that comes next.
  void object() throws X;

  /// Moves on to the value of the next member of the object, or leaves the object.
  ///
  /// @return the number that the name has among the known ones, [#UNKNOWN] or [#END]
  int member(FieldNames known) throws X;

  /// Moves on to the value of the next member of the object, or leaves the object.
  ///
  /// @return the name, or null at the end of the object
  @Nullable String member() throws X;

  /// Enters the list that comes next.
  void list() throws X;

  /// {@return whether there is a further element, which then comes next; otherwise the list is left}
  boolean element() throws X;

  /// {@return the text that comes next}
  String text() throws X;

  /// {@return the integer that comes next}
  long integer() throws X;

  /// {@return the number that comes next, of either kind}
  double real() throws X;

  /// {@return the truth value that comes next}
  boolean truth() throws X;

  /// {@return the value that comes next with all it holds, as plain values: `Map`, `List`, `String`, `Long`, `Double`,
  /// `Boolean` or null}
  @Nullable Object plain() throws X;

  /// Passes over the value that comes next. It must be JSON all the same.
  void skip() throws X;
}
