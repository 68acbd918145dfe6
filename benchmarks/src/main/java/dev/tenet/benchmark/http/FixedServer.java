package dev.tenet.benchmark.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.util.List;

/// A server of Tenet's kind that takes a body and always answers the same: the least that an answer can cost.
final class FixedServer {

  private FixedServer() {}

  /// Starts one in a process of its own.
  static ServerProcess start(byte[] answer) throws IOException {
    return ServerProcess.start(
        List.of(FixedServer.class.getName(), new String(answer, UTF_8)), false);
  }

  /// Serves until the process is ended.
  ///
  /// @param arguments the answer
  public static void main(String[] arguments) {
    byte[] answer = arguments[0].getBytes(UTF_8);
    HttpRouting.Builder routing =
        HttpRouting.builder()
            .post(
                (request, response) -> {
                  byte[] body = request.content().as(byte[].class);
                  if (body.length == 0) {
                    throw new IllegalArgumentException("a request without a body");
                  }
                  response.header(HeaderNames.CONTENT_TYPE, "application/json");
                  response.send(answer);
                });
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing)
            .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .build();
    server.start();
    System.out.println("API http://127.0.0.1:" + server.port());
  }
}
