package dev.tenet.domain.diagnostic;

import static java.util.Objects.requireNonNull;

/// Where a fault is.
public sealed interface Location {

  /// {@return the place as a person would name it in a message, such as `expression, line 1, column 8`}
  String describe();

  /// A stretch of an expression.
  ///
  /// @param part which expression it is: `expression`, or `then.NAME` for an output
  /// @param offset in UTF-16 code units from the start, from 0
  /// @param length in UTF-16 code units
  /// @param line from 1
  /// @param column from 1
  record Span(String part, int offset, int length, int line, int column) implements Location {
    public Span {
      requireNonNull(part);
    }

    @Override
    public String describe() {
      return "%s, line %d, column %d".formatted(part, line, column);
    }
  }

  /// A place in a JSON document, as an RFC 6901 JSON pointer; the empty pointer is the whole document.
  record Pointer(String value) implements Location {
    public Pointer {
      requireNonNull(value);
    }

    /// {@return the pointer to a member or element of what this one points to}
    public Pointer child(String key) {
      return new Pointer(value + '/' + key.replace("~", "~0").replace("/", "~1"));
    }

    /// {@return the pointer to an element of the array that this one points to}
    public Pointer child(int index) {
      return new Pointer(value + '/' + index);
    }

    @Override
    public String describe() {
      return value.isEmpty() ? "the whole document" : value;
    }
  }

  /// A named input, such as `name`, or an object and field of a schema, such as `User.Age`.
  record Field(String name) implements Location {
    public Field {
      requireNonNull(name);
    }

    @Override
    public String describe() {
      return name;
    }
  }

  /// {@return the pointer to the whole document}
  static Pointer root() {
    return new Pointer("");
  }

  /// {@return the location of a named input}
  static Field field(String name) {
    return new Field(name);
  }
}
