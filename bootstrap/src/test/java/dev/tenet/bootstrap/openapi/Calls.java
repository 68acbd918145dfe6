package dev.tenet.bootstrap.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.openapi.OpenApiDocument.Operation;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Calls a server's operations, and checks each answer against its document.
final class Calls {

  private final OpenApiServer server;
  private final OpenApiDocument document;
  private final Map<String, Operation> operations;
  private final Set<String> seen = new TreeSet<>();

  Calls(OpenApiServer server) {
    this.server = server;
    this.document = OpenApiDocument.of(server);
    this.operations =
        document.operations().stream()
            .collect(Collectors.toMap(Operation::id, Function.identity()));
  }

  OpenApiServer server() {
    return server;
  }

  OpenApiDocument document() {
    return document;
  }

  /// {@return the answers given so far, such as `addRule 201`}
  Set<String> seen() {
    return seen;
  }

  /// {@return the path of a new tenant without a schema}
  String newTenant() {
    return server
        .send(WireRequest.of("POST", "/api/v1/tenants").json("{\"name\": \"fresh\"}"))
        .expect(201)
        .header("Location");
  }

  static WireRequest get(String target) {
    return WireRequest.of("GET", target);
  }

  Operation operation(String id) {
    Operation operation = operations.get(id);
    if (operation == null) {
      throw new AssertionError("no operation " + id);
    }
    return operation;
  }

  WireAnswer call(String id, WireRequest request, int expected) {
    return call(operation(id), request, expected);
  }

  WireAnswer call(Operation operation, WireRequest request, int expected) {
    WireAnswer answer = server.send(request);
    assertThat(answer.status()).as("%s -> %s", request, answer).isEqualTo(expected);
    record(operation, answer, expected);
    return answer;
  }

  void record(Operation operation, WireAnswer answer, int expected) {
    answer.expect(expected);
    document.check(operation, answer);
    seen.add(operation.id() + ' ' + expected);
  }
}
