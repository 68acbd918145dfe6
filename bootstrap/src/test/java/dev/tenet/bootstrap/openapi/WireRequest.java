package dev.tenet.bootstrap.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request as it goes over the wire, well-formed or not.
///
/// @param target the path and query exactly as they are sent
/// @param headers whole lines
/// @param octets the body, a character for each byte
record WireRequest(String method, String target, List<String> headers, @Nullable String octets) {

  private static final int LIMIT_MILLIS = 10_000;

  static WireRequest of(String method, String target) {
    return new WireRequest(method, target, List.of(), null);
  }

  WireRequest header(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.removeIf(line -> line.regionMatches(true, 0, name + ':', 0, name.length() + 1));
    more.add(name + ": " + value);
    return new WireRequest(method, target, more, octets);
  }

  WireRequest json(String json) {
    return body(json.getBytes(UTF_8)).header("Content-Type", "application/json");
  }

  WireRequest body(byte[] content) {
    return new WireRequest(method, target, headers, new String(content, ISO_8859_1));
  }

  WireRequest at(String elsewhere) {
    return new WireRequest(method, elsewhere, headers, octets);
  }

  WireRequest method(String other) {
    return new WireRequest(other, target, headers, octets);
  }

  WireRequest query(String query) {
    return new WireRequest(
        method, target + (target.contains("?") ? '&' : '?') + query, headers, octets);
  }

  /// {@return the answer}
  ///
  /// @throws AssertionError when there is none within ten seconds
  WireAnswer send(int port) {
    List<WireAnswer> answers = exchange(port, bytes(), 1, false);
    if (answers.isEmpty()) {
      throw new AssertionError("closed without an answer: " + this);
    }
    return answers.getFirst();
  }

  private byte[] bytes() {
    var text = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    text.append("Host: 127.0.0.1\r\nConnection: close\r\n");
    headers.forEach(line -> text.append(line).append("\r\n"));
    boolean sized =
        headers.stream().anyMatch(line -> line.regionMatches(true, 0, "Content-Length", 0, 14));
    if (octets != null && !sized) {
      text.append("Content-Length: ").append(octets.length()).append("\r\n");
    }
    text.append("\r\n").append(octets == null ? "" : octets);
    return text.toString().getBytes(ISO_8859_1);
  }

  /// {@return the answers to the bytes, fewer than asked for when the server closes the connection before}
  ///
  /// @param answers how many to wait for
  /// @param last whether nothing more will come, which the server is told
  /// @throws AssertionError when one takes more than ten seconds
  static List<WireAnswer> exchange(int port, byte[] requests, int answers, boolean last) {
    boolean head = new String(requests, ISO_8859_1).startsWith("HEAD ");
    List<WireAnswer> received = new ArrayList<>();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      Thread.startVirtualThread(() -> write(socket, requests, last));
      var in = new BufferedInputStream(socket.getInputStream());
      while (received.size() < answers) {
        Optional<WireAnswer> answer = WireAnswer.read(in, head);
        if (answer.isEmpty()) {
          break;
        }
        received.add(answer.get());
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no answer in time", e);
    } catch (IOException reset) {
      // the server has closed the connection
    }
    return received;
  }

  private static void write(Socket socket, byte[] request, boolean last) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      if (last) {
        socket.shutdownOutput();
      }
    } catch (IOException refused) {
      // the server may answer and close before it has read all
    }
  }

  @Override
  public String toString() {
    String content = octets == null ? "" : cut(octets) + " (" + octets.length() + " bytes)";
    return "%s %s %s %s".formatted(method, cut(target), headers, content);
  }

  private static String cut(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
