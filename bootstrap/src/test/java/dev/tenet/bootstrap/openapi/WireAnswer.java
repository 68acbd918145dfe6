package dev.tenet.bootstrap.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An answer as it came over the wire.
///
/// @param headers by name in any case of letters
/// @param octets the body, a character for each byte
record WireAnswer(int status, Map<String, String> headers, String octets) {

  private static final JsonMapper JSON = new JsonMapper();

  /// {@return the next answer, or empty when the connection ends before it is complete}
  ///
  /// @param head whether the request was a HEAD, whose answer has no body
  static Optional<WireAnswer> read(InputStream in, boolean head) throws IOException {
    Optional<String> statusLine = line(in);
    if (statusLine.isEmpty()) {
      return Optional.empty();
    }
    String[] words = statusLine.get().split(" ", 3);
    if (!words[0].startsWith("HTTP/1.") || words.length < 2) {
      throw new AssertionError("no status line: " + statusLine.get());
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Optional<String> line = line(in);
    while (line.isPresent() && !line.get().isEmpty()) {
      int colon = line.get().indexOf(':');
      headers.put(line.get().substring(0, colon), line.get().substring(colon + 1).strip());
      line = line(in);
    }
    if (line.isEmpty()) {
      return Optional.empty();
    }
    int status = Integer.parseInt(words[1]);
    return (head ? Optional.of("") : body(headers, in))
        .map(octets -> new WireAnswer(status, headers, octets));
  }

  private static Optional<String> body(Map<String, String> headers, InputStream in)
      throws IOException {
    if (!"chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
      return exactly(Integer.parseInt(headers.getOrDefault("Content-Length", "0")), in);
    }
    var content = new StringBuilder();
    while (true) {
      Optional<String> size = line(in);
      Optional<String> chunk =
          size.isEmpty() ? size : exactly(Integer.parseInt(size.get(), 16), in);
      if (chunk.isEmpty() || line(in).isEmpty()) {
        return Optional.empty();
      }
      if (chunk.get().isEmpty()) {
        return Optional.of(content.toString());
      }
      content.append(chunk.get());
    }
  }

  private static Optional<String> exactly(int length, InputStream in) throws IOException {
    byte[] octets = in.readNBytes(length);
    return octets.length < length ? Optional.empty() : Optional.of(new String(octets, ISO_8859_1));
  }

  private static Optional<String> line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      if (octet == '\n') {
        return Optional.of(line.toString().replaceFirst("\r$", ""));
      }
      line.append((char) octet);
    }
    return Optional.empty();
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /// {@return the media type without its parameters}
  String mediaType() {
    return header("Content-Type").split(";", 2)[0].strip();
  }

  String text() {
    return new String(octets.getBytes(ISO_8859_1), UTF_8);
  }

  JsonNode json() {
    return JSON.readTree(text());
  }

  /// {@return the string of the member}
  String member(String name) {
    return json().path(name).asString("");
  }

  /// {@return this answer, which must have the status}
  WireAnswer expect(int expected) {
    if (status != expected) {
      throw new AssertionError("expected %d: %s".formatted(expected, this));
    }
    return this;
  }

  @Override
  public String toString() {
    String content = text();
    return "%d %s %s"
        .formatted(
            status, headers, content.length() > 600 ? content.substring(0, 600) + "…" : content);
  }
}
