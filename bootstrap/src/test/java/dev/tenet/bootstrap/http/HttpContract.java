package dev.tenet.bootstrap.http;

import static java.util.Objects.requireNonNull;

import dev.tenet.application.store.TenantStore;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.spi.StoreProvider.OpenStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A real server over a store, and what most tests need of it.
abstract class HttpContract {

  static final String USER_AND_TRANSACTION =
      """
      {"definition": {
        "User": {"Age": "int", "Citizenship": "string"},
        "Transaction": {"Amount": "float64", "Country": "string"}}}
      """;

  private @Nullable TestServer server;
  private @Nullable Client client;

  /// {@return an empty store of tenants}
  TenantStore store() {
    throw new IllegalStateException("a contract has one of the two");
  }

  /// {@return an empty store}
  OpenStore open() {
    return OpenStore.of(store());
  }

  /// {@return what the server is made of}
  Parts parts() {
    return Parts.of(open());
  }

  @BeforeEach
  final void start() {
    server = TestServer.start(parts());
    client = new Client(server.uri());
  }

  @AfterEach
  final void stop() {
    requireNonNull(server).close();
  }

  final Client client() {
    return requireNonNull(client);
  }

  final String tenant(String name) {
    return client().post("/api/v1/tenants", Map.of("name", name)).text("id");
  }

  /// {@return the path of a new tenant with the schema}
  final String tenantWith(String schema) {
    String tenant = "/api/v1/tenants/" + tenant("acme-corp");
    client().post(tenant + "/schema", schema).expect(201);
    return tenant;
  }

  final String rule(String tenant, String name, String expression) {
    return client()
        .post(tenant + "/rules", Map.of("name", name, "expression", expression))
        .expect(201)
        .text("id");
  }

  final Reply evaluate(String tenant, String facts) {
    return client().post(tenant + "/evaluate", "{\"facts\": " + facts + "}");
  }
}
