package dev.tenet.http.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Sockets whose other end neither sends nor reads.
final class SlowClientsTest {

  private static final int SECONDS = 60;
  private static final Duration PATIENCE = Duration.ofMillis(1);

  private interface Serving {
    void serve(SlowClients.Watch watch, Socket socket) throws IOException;
  }

  /// {@return how serving a client ends that does nothing}
  private static Throwable end(Serving serving) throws Exception {
    try (var slowClients = new SlowClients(PATIENCE);
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var client = new Socket(server.getInetAddress(), server.getLocalPort());
        var socket = server.accept()) {
      slowClients.start();
      var served =
          new FutureTask<Throwable>(
              () -> {
                try {
                  serving.serve(slowClients.watch(), socket);
                  return new AssertionError("serving has ended by itself");
                } catch (Throwable ended) {
                  return ended;
                }
              });
      Thread.ofVirtual().start(served);
      Throwable ended = served.get(SECONDS, TimeUnit.SECONDS);
      assertThat(socket.isClosed()).isTrue();
      assertThat(client.isConnected()).isTrue();
      return ended;
    }
  }

  @Test
  void whoSendsNothingIsCutOff() throws Exception {
    assertThat(end((watch, socket) -> read(watch, socket.getInputStream())))
        .isInstanceOf(CloseConnectionException.class);
  }

  @Test
  void whoSendsNoBodyIsCutOff() throws Exception {
    assertThat(
            end(
                (watch, socket) -> {
                  watch.awaitsMore();
                  read(watch, socket.getInputStream());
                }))
        .isInstanceOf(CloseConnectionException.class);
  }

  /// Something comes again and again, but never the end.
  @Test
  void whoDribblesHeadersIsCutOff() {
    try (var slowClients = new SlowClients(PATIENCE)) {
      slowClients.start();
      SlowClients.Watch watch = slowClients.watch();
      assertThatThrownBy(() -> dribbled(watch)).isInstanceOf(CloseConnectionException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /// A piece of a body is many reads from the socket.
  @Test
  void whoDribblesAPieceIsCutOff() {
    try (var slowClients = new SlowClients(PATIENCE)) {
      slowClients.start();
      SlowClients.Watch watch = slowClients.watch();
      InputStream piece =
          new InputStream() {
            @Override
            public int read() {
              return dribbled(watch);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
              return dribbled(watch);
            }
          };
      InputStream pieces = watch.pieces(piece);
      assertThatThrownBy(pieces::read).isInstanceOf(CloseConnectionException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static int dribbled(SlowClients.Watch watch) {
    while (true) {
      watch.reading(() -> new byte[1]);
    }
  }

  private static void read(SlowClients.Watch watch, InputStream in) {
    watch.reading(
        () -> {
          try {
            return in.readNBytes(1);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void whoDoesNotReadAStreamIsCutOff() throws Exception {
    assertThat(
            end(
                (watch, socket) -> {
                  OutputStream out = watch.writing(socket.getOutputStream());
                  while (true) {
                    out.write(new byte[1 << 20]);
                  }
                }))
        .isInstanceOf(CloseConnectionException.class);
  }

  @Test
  void whoDoesNotReadAnAnswerIsCutOff() throws Exception {
    assertThat(end((watch, socket) -> watch.sending(100, () -> fill(socket))))
        .isInstanceOf(CloseConnectionException.class);
  }

  private static void fill(Socket socket) {
    try {
      while (true) {
        socket.getOutputStream().write(new byte[1 << 20]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
