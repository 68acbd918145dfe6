package dev.tenet.cel;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads protobuf's text format without the message types: no artifact has those of CEL's conformance suite.
final class TextProto {

  /// The value of a field: a [Scalar] or a [Message].
  sealed interface Value {}

  /// @param text a number or a name as it stands, a string with its quotes and escapes resolved
  /// @param bytes the bytes of a string; empty for a number or a name
  record Scalar(String text, ByteString bytes) implements Value {}

  /// @param fields in their order; a repeated one occurs repeatedly
  record Message(List<Field> fields) implements Value {

    /// {@return the messages of a repeated field}
    List<Message> all(String name) {
      return values(name).map(Message.class::cast).toList();
    }

    Optional<Message> message(String name) {
      return values(name).map(Message.class::cast).reduce((first, last) -> last);
    }

    /// {@return the text of a scalar field, or an empty text when it is not set}
    String text(String name) {
      return values(name).map(value -> ((Scalar) value).text()).reduce("", (first, last) -> last);
    }

    boolean isTrue(String name) {
      return text(name).equals("true");
    }

    private Stream<Value> values(String name) {
      return fields.stream().filter(field -> field.name().equals(name)).map(Field::value);
    }
  }

  /// @param name of the field, or `[type.googleapis.com/TYPE]` before the message in an Any
  record Field(String name, Value value) {}

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?:\\s|#[^\\n]*)*+(\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|[-+.\\w]+|[^\\s])?",
          Pattern.DOTALL);

  private final Matcher tokens;
  private String token = "";

  private TextProto(String text) {
    this.tokens = TOKEN.matcher(text);
    advance();
  }

  static Message parse(String text) {
    TextProto reader = new TextProto(text);
    return reader.message("");
  }

  private void advance() {
    String next = tokens.lookingAt() ? tokens.group(1) : null;
    token = next == null ? "" : next;
    tokens.region(tokens.lookingAt() ? tokens.end() : tokens.regionEnd(), tokens.regionEnd());
  }

  private boolean skip(String expected) {
    boolean found = token.equals(expected);
    if (found) {
      advance();
    }
    return found;
  }

  private Message message(String end) {
    List<Field> fields = new ArrayList<>();
    while (!token.equals(end)) {
      String name = name();
      skip(":");
      if (skip("[")) {
        while (!skip("]")) {
          fields.add(new Field(name, value()));
          skip(",");
        }
      } else {
        fields.add(new Field(name, value()));
      }
      if (!skip(",")) {
        skip(";");
      }
    }
    advance();
    return new Message(fields);
  }

  private String name() {
    StringBuilder name = new StringBuilder(taken());
    if (name.toString().equals("[")) {
      while (!token.equals("]")) {
        name.append(taken());
      }
      name.append(taken());
    }
    return name.toString();
  }

  private Value value() {
    if (skip("{")) {
      return message("}");
    }
    if (!isQuoted()) {
      return new Scalar(taken(), ByteString.EMPTY);
    }
    StringBuilder escaped = new StringBuilder();
    while (isQuoted()) {
      escaped.append(token, 1, token.length() - 1);
      advance();
    }
    try {
      ByteString bytes = TextFormat.unescapeBytes(escaped);
      return new Scalar(bytes.toStringUtf8(), bytes);
    } catch (TextFormat.InvalidEscapeSequenceException broken) {
      throw new IllegalArgumentException("cannot be read: " + escaped, broken);
    }
  }

  private boolean isQuoted() {
    return token.startsWith("\"") || token.startsWith("'");
  }

  private String taken() {
    if (token.isEmpty()) {
      throw new IllegalArgumentException("the text ends too early");
    }
    String taken = token;
    advance();
    return taken;
  }
}
