package dev.tenet.bootstrap.fault;

import dev.tenet.bootstrap.fault.History.Answer;
import dev.tenet.bootstrap.fault.History.Kind;
import dev.tenet.bootstrap.http.Client;
import dev.tenet.bootstrap.http.Reply;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One server process as clients see it. All its answers go into the history.
///
/// @param name tells this process from all others of the test
record Node(String name, URI uri, History history) {

  private static final Map<String, ?> FACTS = Map.of("User", Map.of("Age", 20));

  /// {@return the answer to a change, or empty when the connection was lost}
  ///
  /// @param tenant empty when it is to be created
  Optional<Reply> change(
      String tenant, String method, String path, @Nullable String body, String key) {
    return ask(
        Kind.CHANGE,
        tenant.isEmpty() ? key : tenant,
        0,
        client -> client.send(method, path, body, Map.of("Idempotency-Key", key)));
  }

  Optional<Reply> read(String tenant, String path) {
    return ask(Kind.READ, tenant, 0, client -> client.get(path));
  }

  /// {@return the answer to an evaluation of all the tenant's rules}
  ///
  /// @param minRevision 0 for any
  Optional<Reply> evaluate(String tenant, long minRevision) {
    return ask(
        Kind.EVALUATE,
        tenant,
        minRevision,
        client ->
            client.post(
                path(tenant) + "/evaluate", Map.of("facts", FACTS, "minRevision", minRevision)));
  }

  static String path(String tenant) {
    return "/api/v1/tenants/" + tenant;
  }

  private interface Request {
    Reply send(Client client);
  }

  private Optional<Reply> ask(Kind kind, String tenant, long minRevision, Request request) {
    long start = System.nanoTime();
    Optional<Reply> reply;
    try {
      reply = Optional.of(request.send(new Client(uri)));
    } catch (UncheckedIOException lost) {
      reply = Optional.empty();
    }
    long end = System.nanoTime();
    Optional<Reply> success = reply.filter(r -> r.status() >= 200 && r.status() < 300);
    history.add(
        new Answer(
            name,
            tenant,
            kind,
            minRevision,
            reply.map(Reply::status).orElse(0),
            success.map(Node::revision).orElse(0L),
            success.map(r -> r.header("Idempotency-Replayed") != null).orElse(false),
            success.map(Node::number).orElse(OptionalLong.empty()).orElse(-1),
            start,
            end));
    return reply;
  }

  /// {@return the tenant's revision that the answer names, or 0}
  static long revision(Reply reply) {
    String tag = reply.header("ETag");
    return tag == null ? 0 : Long.parseLong(tag.replace("\"", ""));
  }

  private static OptionalLong number(Reply reply) {
    if (reply.text().isEmpty() || !(reply.at("results.0.outputs.number") instanceof Long number)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(number);
  }
}
