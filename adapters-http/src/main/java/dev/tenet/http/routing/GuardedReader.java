package dev.tenet.http.routing;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/// What a connection sends. It is waited for no longer than it may, large buffers are not read, and what was read is let go.
///
/// Helidon's reader is a chain of pieces, each of which refers to the next. When its connection rests, the last piece grows
/// old, and from then on it keeps every later one alive until old memory is collected, long after they were read: all that
/// the connection sends is copied and grows old as well. Here a new chain begins whenever everything is read.
final class GuardedReader extends DataReader {

  /// The largest buffer in bytes.
  static final int LARGEST = 1 << 20;

  private static final int NEW_LINE = 2;

  private final Supplier<byte[]> source;
  private DataReader chain;

  /// A buffer would be larger than it may be.
  static final class TooLarge extends RuntimeException {
    private TooLarge() {
      super("the chunk is too large", null, false, false);
    }
  }

  /// @param socket gives what was sent, and null at its end
  /// @param watch over those who send
  GuardedReader(Supplier<byte[]> socket, SlowClients.Watch watch) {
    super(
        () -> {
          throw new IllegalStateException("reads what the chain should");
        });
    this.source = () -> watch.reading(() -> bytes(socket));
    this.chain = new DataReader(source);
  }

  /// What Helidon makes of a socket that fails.
  private static byte[] bytes(Supplier<byte[]> socket) {
    try {
      return socket.get();
    } catch (UncheckedIOException e) {
      throw new ServerConnectionException("the connection cannot be read", e);
    }
  }

  /// {@return the chain of what is unread}
  private DataReader unread() {
    if (chain.available() == 0) {
      chain = new DataReader(source);
    }
    return chain;
  }

  @Override
  public BufferData readBuffer(int length) {
    return unread().readBuffer(allowed(length));
  }

  @Override
  public BufferData getBuffer(int length) {
    return unread().getBuffer(allowed(length));
  }

  private static int allowed(int length) {
    if (length > LARGEST) {
      throw new TooLarge();
    }
    return length;
  }

  @Override
  public int available() {
    return chain.available();
  }

  @Override
  public void pullData() {
    unread().pullData();
  }

  /// Two bytes that are passed over are the end of a line. Behind a chunk Helidon does not look whether they are.
  @Override
  public void skip(int length) {
    DataReader unread = unread();
    if (length == NEW_LINE && !unread.startsWithNewLine()) {
      throw new IncorrectNewLineException("a chunk is longer than it says");
    }
    unread.skip(length);
  }

  @Override
  public void ensureAvailable() {
    unread().ensureAvailable();
  }

  @Override
  public byte read() {
    return unread().read();
  }

  @Override
  public byte lookup() {
    return unread().lookup();
  }

  @Override
  public boolean startsWithNewLine() {
    return unread().startsWithNewLine();
  }

  @Override
  public boolean startsWith(byte[] prefix) {
    return unread().startsWith(prefix);
  }

  @Override
  public BufferData readBuffer() {
    return unread().readBuffer();
  }

  @Override
  public LazyString readLazyString(Charset charset, int length) {
    return unread().readLazyString(charset, length);
  }

  @Override
  public String readAsciiString(int length) {
    return unread().readAsciiString(length);
  }

  @Override
  public byte[] readBytes(int length) {
    return unread().readBytes(length);
  }

  @Override
  public String readLine() {
    return unread().readLine();
  }

  @Override
  public int findOrNewLine(byte octet, int most) {
    return unread().findOrNewLine(octet, most);
  }

  @Override
  public int findNewLine(int most) {
    return unread().findNewLine(most);
  }

  @Override
  public String debugDataHex() {
    return unread().debugDataHex();
  }
}
