package dev.tenet.bootstrap.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/// Text as it goes over the wire, be it HTTP or not.
public final class RawRequest {

  private static final int TIMEOUT_MILLIS = 30_000;

  private RawRequest() {}

  /// {@return all that the server on this machine answers until it closes the connection}
  ///
  /// @param text a character for each byte
  public static String send(int port, String text) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
