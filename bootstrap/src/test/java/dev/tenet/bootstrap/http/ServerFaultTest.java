package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.store.TenantStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What goes wrong in the server is never the client's fault.
final class ServerFaultTest {

  private static TenantStore failing(RuntimeException fault) {
    return (TenantStore)
        Proxy.newProxyInstance(
            ServerFaultTest.class.getClassLoader(),
            new Class<?>[] {TenantStore.class},
            (proxy, method, arguments) -> {
              throw fault;
            });
  }

  @Test
  void aFaultOfTheStoreIsAFaultOfTheServer() {
    String tenant = "/api/v1/tenants/00000000-0000-0000-0000-000000000001";
    for (RuntimeException fault :
        List.of(
            new UncheckedIOException(new IOException("disk")),
            new IllegalArgumentException("argument"))) {
      try (TestServer server = TestServer.start(failing(fault))) {
        var client = new Client(server.uri());
        client.get(tenant).problem(500, "internal_error");
        client.put(tenant, "{\"name\":\"n\"}").problem(500, "internal_error");
        client.post("/api/v1/tenants", "{\"name\":\"n\"}").problem(500, "internal_error");
        assertThat(client.get("/observe/health/live").status()).isEqualTo(200);
      }
    }
  }
}
