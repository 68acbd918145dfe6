package dev.tenet.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The documents that host and guest hand to one another.
final class Envelope {

  /// What a guest asks the host.
  ///
  /// @param payload JSON in UTF-8
  @SuppressWarnings("ArrayRecordComponent") // nobody compares it
  record HostRequest(String function, byte[] payload) {}

  private static final int LONGEST_MESSAGE = 1000;
  private static final int DEEPEST = 200;
  private static final byte[] NULL = "null".getBytes(UTF_8);
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Envelope() {}

  static byte[] request(String action, byte[] payload) {
    return document("{\"action\":\"", action, "\",\"payload\":", payload);
  }

  static byte[] result(byte[] result) {
    return document("{\"result\":", "", "", result);
  }

  static byte[] error(GuestFault fault) {
    byte[] code = ('"' + fault.code().text() + '"').getBytes(UTF_8);
    return document("{\"error\":\"", String.valueOf(fault.getMessage()), "\",\"code\":", code);
  }

  private static byte[] document(String start, String text, String middle, byte[] value) {
    byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    ByteBuffer buffer =
        ByteBuffer.allocate(start.length() + quoted.length + middle.length() + value.length + 1);
    buffer.put(start.getBytes(UTF_8)).put(quoted).put(middle.getBytes(UTF_8)).put(value);
    return buffer.put((byte) '}').array();
  }

  /// {@return the result in an answer, JSON in UTF-8}
  ///
  /// @throws GuestFault when the answer has an error, or is no answer
  static byte[] result(String action, byte[] answer) throws GuestFault {
    requireUnicode(answer);
    try (JsonParser parser = JSON.createParser(answer)) {
      require(parser.nextToken() == JsonToken.START_OBJECT);
      require(parser.nextToken() == JsonToken.FIELD_NAME);
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("result")) {
        byte[] result = value(parser, answer);
        require(parser.nextToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
        return result;
      }
      require(name.equals("error") && value == JsonToken.VALUE_STRING);
      String message = parser.getText();
      // As in the host's own answers, which a guest may pass on.
      if (parser.nextToken() == JsonToken.FIELD_NAME) {
        require(
            parser.currentName().equals("code") && parser.nextToken() == JsonToken.VALUE_STRING);
        parser.nextToken();
      }
      require(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
      throw new GuestFault(Code.ERROR, message(action, message));
    } catch (IOException e) {
      throw invalid("it is no JSON (%s)".formatted(place(e)));
    }
  }

  private static String message(String action, String message) {
    if (message.isBlank()) {
      return "%s failed and did not say why.".formatted(action);
    }
    String line = message.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) : line;
  }

  private static void require(boolean right) throws GuestFault {
    if (!right) {
      throw invalid("it is neither {\"result\": …} nor {\"error\": \"…\"}");
    }
  }

  /// {@return the bytes of the value that the parser is at}
  private static byte[] value(JsonParser parser, byte[] document) throws IOException, GuestFault {
    require(parser.currentToken() != null);
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    return Arrays.copyOfRange(document, from, (int) parser.currentLocation().getByteOffset());
  }

  /// {@return what a guest asks the host; without a payload it is `null`}
  static HostRequest hostRequest(byte[] request) throws GuestFault {
    String function = null;
    byte[] payload = NULL;
    requireUnicode(request);
    try (JsonParser parser = JSON.createParser(request)) {
      boolean right = parser.nextToken() == JsonToken.START_OBJECT;
      while (right && parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("function") && value == JsonToken.VALUE_STRING) {
          function = parser.getText();
        } else if (name.equals("payload")) {
          payload = value(parser, request);
        } else {
          right = false;
        }
      }
      right = right && parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
      return hostRequest(right ? function : null, payload);
    } catch (IOException e) {
      throw invalid("a host call's request is no JSON (%s)".formatted(place(e)));
    }
  }

  private static HostRequest hostRequest(@Nullable String function, byte[] payload)
      throws GuestFault {
    if (function == null) {
      throw invalid(
          "a host call's request is not {\"function\": \"plugin.module.function\", \"payload\": …}");
    }
    return new HostRequest(function, payload);
  }

  private static String place(IOException e) {
    if (e instanceof StreamConstraintsException) {
      return "it nests deeper than %d levels, or a name or number is too long".formatted(DEEPEST);
    }
    JsonLocation location = e instanceof JsonProcessingException json ? json.getLocation() : null;
    return location == null || location.getByteOffset() < 0
        ? "it ends too early"
        : "at byte %d".formatted(location.getByteOffset());
  }

  private static void requireUnicode(byte[] text) throws GuestFault {
    for (byte b : text) {
      if (b < 0) {
        try {
          UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
          return;
        } catch (CharacterCodingException e) {
          throw invalid("it is not in UTF-8");
        }
      }
    }
  }

  private static GuestFault invalid(String why) {
    return new GuestFault(
        Code.INVALID_OUTPUT, "The plugin's answer cannot be read: %s.".formatted(why));
  }
}
