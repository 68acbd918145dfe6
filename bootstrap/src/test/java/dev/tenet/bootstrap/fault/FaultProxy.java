package dev.tenet.bootstrap.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// A network between a client and a server on this machine that fails on demand. Begins in order.
final class FaultProxy implements AutoCloseable {

  private static final int PIECE = 16_384;

  private final int target;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean refusing;

  /// Complete when bytes may pass.
  private volatile CompletableFuture<Void> passage = CompletableFuture.completedFuture(null);

  /// @param target the port of the server on 127.0.0.1
  FaultProxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("fault-proxy").start(this::accept);
  }

  /// {@return the port on 127.0.0.1 that leads to the server}
  int port() {
    return listener.getLocalPort();
  }

  /// Cuts all connections, and closes new ones at once.
  void refuse() {
    refusing = true;
    cut();
  }

  /// Lets nothing pass, and tells nobody: what is sent is not answered, connections are neither closed nor refused. What
  /// was sent meanwhile arrives when it is healed, as after a failure of a network.
  void hold() {
    passage = new CompletableFuture<>();
  }

  /// Puts everything in order.
  void heal() {
    refusing = false;
    passage.complete(null);
  }

  private void cut() {
    sockets.forEach(FaultProxy::close);
    sockets.clear();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (refusing) {
          close(client);
        } else {
          sockets.add(client);
          Thread.ofVirtual().start(() -> connect(client));
        }
      } catch (IOException closed) {
        cut();
      }
    }
  }

  private void connect(Socket client) {
    passage.join();
    try {
      var server = new Socket(InetAddress.ofLiteral("127.0.0.1"), target);
      sockets.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pass(client, server));
      pass(server, client);
    } catch (IOException unreachable) {
      close(client);
    }
    if (refusing) {
      cut();
    }
  }

  /// Passes on what one side sends until it ends, and then ends the other.
  private void pass(Socket from, Socket to) {
    byte[] piece = new byte[PIECE];
    try (from;
        to) {
      while (true) {
        int length = from.getInputStream().read(piece);
        passage.join();
        if (length < 0) {
          return;
        }
        to.getOutputStream().write(piece, 0, length);
      }
    } catch (IOException ended) {
      // the other side ends, too
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    heal();
    cut();
  }
}
