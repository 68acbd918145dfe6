package dev.tenet.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.tenet.domain.diagnostic.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON as RFC 8259 defines it and nothing more: UTF-8 without faults, no duplicate keys, no lone surrogates, no
/// NaN or infinity, no number that overflows a double, nesting to 64 levels, nothing behind the document.
public final class StrictJson {

  /// How deep arrays and objects may nest.
  public static final int DEEPEST = 64;

  private static final int LONGEST_NUMBER = 1_000;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /// A document that is no JSON.
  ///
  /// Its message is a human sentence with nothing of the parser's in it.
  public static final class Malformed extends Exception {
    private final String code;
    private final String pointer;

    private Malformed(String code, String message, String pointer) {
      super(message, null, false, false);
      this.code = code;
      this.pointer = pointer;
    }

    /// {@return a stable code such as `json_malformed`}
    public String code() {
      return code;
    }

    /// {@return the JSON pointer to the innermost value that was being read}
    public String pointer() {
      return pointer;
    }

    /// {@return the human sentence}
    @Override
    public String getMessage() {
      String message = super.getMessage();
      return message == null ? code : message;
    }
  }

  private final long line;

  /// @param line the number of the line that the document is, or 0 for one that has lines of its own
  private StrictJson(long line) {
    this.line = line;
  }

  /// {@return the document as plain values: `LinkedHashMap`, `ArrayList`, `String`, `Boolean`, null, `Long` for numbers
  /// without fraction and exponent that fit, `Double` for all others}
  public static @Nullable Object parse(byte[] document) throws Malformed {
    return parse(document, 0, document.length);
  }

  /// {@return the document in a part of the bytes, see [#parse(byte\[\])]}
  public static @Nullable Object parse(byte[] document, int offset, int length) throws Malformed {
    return new StrictJson(0).read(document, offset, length);
  }

  /// {@return the document in a line of a stream of documents, see [#parse(byte\[\])]; faults are told with its number}
  ///
  /// @param number of the line, from 1
  public static @Nullable Object parseLine(byte[] line, long number) throws Malformed {
    return new StrictJson(number).read(line, 0, line.length);
  }

  private @Nullable Object read(byte[] document, int offset, int length) throws Malformed {
    CharBuffer text = decode(document, offset, length);
    if (text.remaining() < length) {
      spoilWideDigits(text);
    }
    try (JsonParser parser =
        FACTORY.createParser(text.array(), text.arrayOffset(), text.remaining())) {
      return document(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CharBuffer decode(byte[] document, int offset, int length) throws Malformed {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document, offset, length));
    } catch (CharacterCodingException e) {
      throw new Malformed(
          "json_not_utf8",
          line == 0
              ? "The body is not valid UTF-8."
              : "Line %d is not valid UTF-8.".formatted(line),
          "");
    }
  }

  /// Jackson looks at the low byte only of the four digits of a Unicode escape, and takes U+FF31 for 1: what is beyond ASCII
  /// there becomes what it refuses.
  private static void spoilWideDigits(CharBuffer text) {
    char[] chars = text.array();
    int end = text.arrayOffset() + text.remaining();
    for (int i = text.arrayOffset(); i < end; i++) {
      if (chars[i] == '\\' && ++i < end && chars[i] == 'u') {
        for (int digit = i + 1; digit < end && digit <= i + 4; digit++) {
          chars[digit] = chars[digit] > 0x7F ? 'x' : chars[digit];
        }
      }
    }
  }

  private @Nullable Object document(JsonParser parser) throws IOException, Malformed {
    try {
      if (parser.nextToken() == null) {
        throw new Malformed(
            "json_empty",
            "%s is empty; a JSON document is expected."
                .formatted(line == 0 ? "The body" : "Line " + line),
            "");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw malformed(parser, "There is something behind the end of the JSON document");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw parser.getParsingContext().getNestingDepth() > DEEPEST
          ? malformed(
              parser, "json_too_deep", "The JSON nests deeper than %d levels".formatted(DEEPEST))
          : longNumber(parser);
    } catch (JsonProcessingException e) {
      throw malformed(
          parser, line == 0 ? "The body is not valid JSON" : "The line is not valid JSON");
    }
  }

  private @Nullable Object value(JsonParser parser) throws IOException, Malformed {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> text(parser, parser.getText());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> real(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default ->
          throw malformed(
              parser, line == 0 ? "The body is not valid JSON" : "The line is not valid JSON");
    };
  }

  private Map<String, @Nullable Object> object(JsonParser parser) throws IOException, Malformed {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = text(parser, parser.currentName());
      if (object.containsKey(name)) {
        throw malformed(
            parser,
            "json_duplicate_key",
            "The key %s stands twice in one object".formatted(Quoted.text(name)));
      }
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private List<@Nullable Object> array(JsonParser parser) throws IOException, Malformed {
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private Object integer(JsonParser parser) throws IOException, Malformed {
    if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    return finite(parser, Double.parseDouble(parser.getText()));
  }

  private Double real(JsonParser parser) throws IOException, Malformed {
    // Jackson allows one digit more when the number ends the text.
    if (parser.getTextLength() > LONGEST_NUMBER
        && parser.getText().chars().filter(Character::isDigit).count() > LONGEST_NUMBER) {
      throw longNumber(parser);
    }
    return finite(parser, parser.getDoubleValue());
  }

  private Malformed longNumber(JsonParser parser) {
    return malformed(
        parser, "There is a number with more than %d digits".formatted(LONGEST_NUMBER));
  }

  private Double finite(JsonParser parser, double value) throws Malformed {
    if (Double.isInfinite(value)) {
      throw malformed(
          parser,
          "json_number_out_of_range",
          "There is a number beyond the range of a 64-bit float");
    }
    return value;
  }

  private String text(JsonParser parser, String text) throws Malformed {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw malformed(parser, "There is half a surrogate pair in a string");
        }
        i++;
      }
    }
    return text;
  }

  private Malformed malformed(JsonParser parser, String what) {
    return malformed(parser, "json_malformed", what);
  }

  private Malformed malformed(JsonParser parser, String code, String what) {
    var location = parser.currentLocation();
    return new Malformed(
        code,
        "%s (line %d, column %d)."
            .formatted(what, line == 0 ? location.getLineNr() : line, location.getColumnNr()),
        pointer(parser));
  }

  private static String pointer(JsonParser parser) {
    return parser.getParsingContext().pathAsPointer().toString();
  }
}
