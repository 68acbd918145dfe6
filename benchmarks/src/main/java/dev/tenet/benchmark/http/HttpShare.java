package dev.tenet.benchmark.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.benchmark.rules.GeneratedRule;
import dev.tenet.benchmark.rules.RuleSets;
import dev.tenet.benchmark.rules.RuleShape;
import dev.tenet.benchmark.rules.Sample;
import dev.tenet.http.json.PlainJson;
import dev.tenet.http.json.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Requests a second of Tenet's evaluate endpoint beside those of two fixed answers, to the same clients: the one of the same
/// server, which passes through all that every request does, and one of a server that does nothing else. All get the same
/// headers and bodies. Each server has a process of its own. They take turns, so that what else the machine does weighs on all.
public final class HttpShare {

  /// What was seen of one server of Tenet.
  ///
  /// @param evaluations requests a second that were evaluated
  /// @param fixed requests a second that it answered with its own fixed answer, `/observe/health/live`
  /// @param share of the first in the second, the median of all rounds
  /// @param bareShare of the first in those that a bare server answered, the median of all rounds
  public record Served(double evaluations, double fixed, double share, double bareShare) {}

  /// What was seen.
  ///
  /// @param bare requests a second that a server answered that does nothing but answer the same to everybody
  /// @param open with nobody asked who they are, and no request logged
  /// @param governed with authentication, a quota, metrics and an access log
  public record Seen(double bare, Served open, Served governed) {}

  private static final int RULES = 100;
  private static final int CONNECTIONS = 4;
  private static final long SEED = 1;
  private static final int SAMPLES = 64;

  /// Where the same is always answered.
  private static final String FIXED = "/observe/health/live";

  /// Limits that are counted and never reached.
  private static final Map<String, Object> QUOTA =
      Map.of("requestsPerMinute", 1_000_000_000L, "tokensPerDay", 1_000_000_000_000L);

  private static final Map<String, Object> RATE =
      Map.of("requestsPerSecond", 1_000_000L, "burst", 1_000_000L);

  private HttpShare() {}

  /// Starts the servers, and takes turns.
  ///
  /// @param warmUp for each endpoint, in turns that are not counted
  /// @param rounds how often each endpoint gets its turn
  /// @param turn how long a turn is
  public static Seen measure(Duration warmUp, int rounds, Duration turn)
      throws IOException, InterruptedException {
    try (ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        ServerProcess openServer = ServerProcess.open();
        ServerProcess governedServer = ServerProcess.governed();
        Load open = Load.evaluating(clients, openServer);
        Load openFixed = open.fixed();
        Load governed = Load.evaluating(clients, governedServer);
        Load governedFixed = governed.fixed();
        ServerProcess bareServer = FixedServer.start(open.answer());
        Load bare = new Load(clients, bareServer.port(), open.path, open.requests)) {
      List<Load> all = List.of(bare, open, openFixed, governed, governedFixed);
      for (long warmed = 0; warmed < warmUp.dividedBy(turn); warmed++) {
        for (Load load : all) {
          load.perSecond(turn);
        }
      }
      double[][] seen = new double[all.size()][rounds];
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < seen.length; i++) {
          seen[i][round] = all.get(i).perSecond(turn);
        }
      }
      return new Seen(
          median(seen[0]), served(seen[1], seen[2], seen[0]), served(seen[3], seen[4], seen[0]));
    }
  }

  private static Served served(double[] evaluations, double[] fixed, double[] bare) {
    return new Served(
        median(evaluations), median(fixed), share(evaluations, fixed), share(evaluations, bare));
  }

  private static double share(double[] part, double[] whole) {
    double[] shares = new double[part.length];
    Arrays.setAll(shares, round -> part[round] / whole[round]);
    return median(shares);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String tenant(int port, String authorization) throws IOException {
    try (var connection = new KeepAliveConnection(port)) {
      var client = new Client(connection, authorization);
      Object id = client.send("POST", "/api/v1/tenants", Map.of("name", "benchmark")).get("id");
      String path = "/api/v1/tenants/" + id;
      client.send("POST", path + "/schema", Map.of("definition", Sample.SCHEMA));
      for (GeneratedRule rule : RuleSets.generate(RuleShape.SELECTIVE, RULES, SEED)) {
        client.send("POST", path + "/rules", Map.of("name", rule.name(), "expression", rule.cel()));
      }
      if (!authorization.isEmpty()) {
        client.send("PUT", "/api/v1/admin/tenants/" + id + "/quota", QUOTA);
        client.send("PUT", "/api/v1/admin/tenants/" + id + "/rate-limit", RATE);
      }
      return String.valueOf(id);
    }
  }

  /// @param authorization a header that ends with its line, or an empty text
  private record Client(KeepAliveConnection connection, String authorization) {

    Map<?, ?> send(String method, String path, Map<String, ?> body) throws IOException {
      byte[] answer =
          connection.exchange(request(method, path, authorization, PlainJson.text(body)));
      try {
        return StrictJson.parse(answer) instanceof Map<?, ?> map ? map : Map.of();
      } catch (StrictJson.Malformed e) {
        throw new IOException("the answer to %s %s is no JSON".formatted(method, path), e);
      }
    }
  }

  private static byte[] request(String method, String path, String authorization, String json) {
    byte[] body = json.getBytes(UTF_8);
    byte[] head =
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, authorization, body.length)
            .getBytes(UTF_8);
    byte[] request = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  /// Clients that send one request after the other, each on its connection.
  private static final class Load implements AutoCloseable {

    private final ExecutorService clients;
    private final int port;
    private final String path;
    private final byte[][] requests;
    private final List<KeepAliveConnection> connections = new ArrayList<>();

    /// Clients of a new tenant of the server.
    static Load evaluating(ExecutorService clients, ServerProcess server) throws IOException {
      String authorization =
          server.key().isEmpty() ? "" : "Authorization: Bearer %s\r\n".formatted(server.key());
      String path = "/api/v1/tenants/%s/evaluate".formatted(tenant(server.port(), authorization));
      byte[][] requests =
          Sample.generate(SAMPLES, SEED).stream()
              .map(
                  sample ->
                      request(
                          "POST",
                          path,
                          authorization,
                          "{\"include\": \"matched\", \"facts\": %s}".formatted(sample.json())))
              .toArray(byte[][]::new);
      return new Load(clients, server.port(), path, requests);
    }

    /// @param clients one thread for each connection
    /// @param path of all requests
    Load(ExecutorService clients, int port, String path, byte[][] requests) throws IOException {
      this.clients = clients;
      this.port = port;
      this.path = path;
      this.requests = requests;
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(new KeepAliveConnection(port));
      }
    }

    /// {@return clients that ask the server for its fixed answer, with the same headers and bodies}
    Load fixed() throws IOException {
      byte[][] others =
          Arrays.stream(requests)
              .map(
                  request ->
                      new String(request, UTF_8)
                          .replace("POST " + path, "GET " + FIXED)
                          .getBytes(UTF_8))
              .toArray(byte[][]::new);
      return new Load(clients, port, FIXED, others);
    }

    byte[] answer() throws IOException {
      return connections.getFirst().exchange(requests[0]);
    }

    double perSecond(Duration time) throws IOException, InterruptedException {
      long begin = System.nanoTime();
      List<Callable<Long>> work = new ArrayList<>();
      for (KeepAliveConnection connection : connections) {
        work.add(() -> send(connection, begin + time.toNanos()));
      }
      long sent = 0;
      for (Future<Long> part : clients.invokeAll(work)) {
        try {
          sent += part.get();
        } catch (ExecutionException e) {
          throw new IOException("a client failed: " + e.getCause(), e);
        }
      }
      return sent * 1e9 / (System.nanoTime() - begin);
    }

    private long send(KeepAliveConnection connection, long end) throws IOException {
      long sent = 0;
      while (System.nanoTime() - end < 0) {
        connection.send(requests[(int) (sent % requests.length)]);
        sent++;
      }
      return sent;
    }

    @Override
    public void close() throws IOException {
      for (KeepAliveConnection connection : connections) {
        connection.close();
      }
    }
  }
}
