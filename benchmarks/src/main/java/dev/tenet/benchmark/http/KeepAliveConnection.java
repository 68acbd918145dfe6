package dev.tenet.benchmark.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;

/// One connection on which request follows request. Does as little as a client can, so that the server is what is measured.
/// For one thread.
final class KeepAliveConnection implements AutoCloseable {

  private static final String LENGTH = "\r\ncontent-length:";
  private static final byte[] OK = "HTTP/1.1 20".getBytes(US_ASCII);
  private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(US_ASCII);
  private static final int BUFFER = 1 << 16;

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int end;

  KeepAliveConnection(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.out = socket.getOutputStream();
    this.in = socket.getInputStream();
  }

  /// Sends a request and reads the answer.
  ///
  /// @param request with its headers
  /// @return the body of the answer
  /// @throws IOException when the answer is a refusal, has no length, or has more than 64 KB
  byte[] exchange(byte[] request) throws IOException {
    int bodyAt = send(request);
    return Arrays.copyOfRange(buffer, bodyAt, end);
  }

  /// Sends a request and reads the answer, whose body nobody wants.
  ///
  /// @return where in the buffer the body begins
  /// @throws IOException as for [#exchange(byte[])]
  int send(byte[] request) throws IOException {
    out.write(request);
    out.flush();
    end = 0;
    int headers = -1;
    while (headers < 0) {
      int searched = Math.max(0, end - END_OF_HEADERS.length);
      more();
      headers = indexOf(END_OF_HEADERS, searched);
    }
    if (!Arrays.equals(buffer, 0, OK.length, OK, 0, OK.length)) {
      throw new IOException("refused: " + new String(buffer, 0, end, US_ASCII));
    }
    int bodyAt = headers + END_OF_HEADERS.length;
    int whole = bodyAt + length(headers);
    if (whole > BUFFER) {
      throw new IOException("an answer of more than 64 KB");
    }
    while (end < whole) {
      more();
    }
    return bodyAt;
  }

  private void more() throws IOException {
    if (end == BUFFER) {
      throw new IOException("an answer of more than 64 KB");
    }
    int read = in.read(buffer, end, BUFFER - end);
    if (read < 0) {
      throw new IOException("the server closed the connection");
    }
    end += read;
  }

  private int indexOf(byte[] what, int from) {
    for (int i = from; i <= end - what.length; i++) {
      if (Arrays.equals(buffer, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }

  private int length(int headers) throws IOException {
    String text = new String(buffer, 0, headers, US_ASCII).toLowerCase(Locale.ROOT);
    int at = text.indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("an answer without Content-Length");
    }
    int from = at + LENGTH.length();
    int to = text.indexOf('\r', from);
    return Integer.parseInt(text.substring(from, to < 0 ? text.length() : to).strip());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
