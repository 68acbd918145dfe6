package dev.tenet.bootstrap.telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Collects traces as any collector of OpenTelemetry does: OTLP over HTTP, in Protocol Buffers
/// (opentelemetry/proto/trace/v1/trace.proto, from which the numbers of the fields are).
final class Collector implements AutoCloseable {

  private static final int SECONDS = 60;

  /// A span.
  ///
  /// @param parent in hexadecimal digits, empty for none
  record Received(
      String traceId,
      String parent,
      String name,
      Map<String, String> attributes,
      Map<String, String> resource) {}

  private final HttpServer server;
  private final BlockingQueue<Received> spans = new LinkedBlockingQueue<>();

  Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          boolean binary =
              "application/x-protobuf"
                  .equals(exchange.getRequestHeaders().getFirst("Content-Type"));
          if (binary) {
            receive(UnknownFieldSet.parseFrom(body));
          }
          exchange.sendResponseHeaders(binary ? 200 : 415, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// {@return the next span that arrives}
  Received next() {
    try {
      Received received = spans.poll(SECONDS, TimeUnit.SECONDS);
      if (received == null) {
        throw new AssertionError("no span arrived");
      }
      return received;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void receive(UnknownFieldSet request) {
    for (UnknownFieldSet resourceSpans : children(request, 1)) {
      Map<String, String> resource =
          children(resourceSpans, 1).stream()
              .findFirst()
              .map(found -> attributes(found, 1))
              .orElse(Map.of());
      for (UnknownFieldSet scopeSpans : children(resourceSpans, 2)) {
        for (UnknownFieldSet span : children(scopeSpans, 2)) {
          spans.add(
              new Received(
                  hex(span, 1), hex(span, 4), text(span, 5), attributes(span, 9), resource));
        }
      }
    }
  }

  private static List<UnknownFieldSet> children(UnknownFieldSet parent, int number) {
    return parent.getField(number).getLengthDelimitedList().stream()
        .map(Collector::message)
        .toList();
  }

  private static UnknownFieldSet message(ByteString bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteString bytes(UnknownFieldSet message, int number) {
    return message.getField(number).getLengthDelimitedList().stream()
        .findFirst()
        .orElse(ByteString.EMPTY);
  }

  private static String text(UnknownFieldSet message, int number) {
    return bytes(message, number).toStringUtf8();
  }

  private static String hex(UnknownFieldSet message, int number) {
    return HexFormat.of().formatHex(bytes(message, number).toByteArray());
  }

  /// A value is a text in field 1 or an integer in field 3.
  private static Map<String, String> attributes(UnknownFieldSet owner, int number) {
    Map<String, String> attributes = new TreeMap<>();
    for (UnknownFieldSet attribute : children(owner, number)) {
      UnknownFieldSet value = children(attribute, 2).getFirst();
      attributes.put(
          text(attribute, 1),
          value.hasField(3)
              ? Long.toString(value.getField(3).getVarintList().getFirst())
              : text(value, 1));
    }
    return attributes;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
