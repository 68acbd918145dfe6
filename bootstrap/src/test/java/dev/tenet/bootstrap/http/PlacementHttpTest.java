package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.store.Placement;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.inmemory.InMemoryTenantStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/// What clients see of several databases, and of a tenant that is being moved from one to another.
final class PlacementHttpTest {

  private static final String TENANTS = "/api/v1/tenants";

  /// Remembers which database was chosen first.
  private static final class Chosen implements Placement {

    private final Map<String, String> places = new ConcurrentHashMap<>();

    @Override
    public List<String> names() {
      return List.of("main", "eu");
    }

    @Override
    public boolean choose(TenantId tenant, String name) {
      String earlier = places.putIfAbsent(tenant.toString(), name);
      return earlier == null || earlier.equals(name);
    }
  }

  private final Chosen chosen = new Chosen();

  @Test
  void theDatabaseOfANewTenantCanBeChosen() {
    try (TestServer server = TestServer.start(new InMemoryTenantStore(), Optional.of(chosen))) {
      Client client = new Client(server.uri());

      Reply created = client.post(TENANTS, "{\"name\":\"a\",\"database\":\"eu\"}").expect(201);
      client.post(TENANTS, "{\"name\":\"b\"}").expect(201);
      client.post(TENANTS + "?dryRun=true", "{\"name\":\"c\",\"database\":\"eu\"}").expect(201);

      assertThat(chosen.places).containsExactly(Map.entry(created.text("id"), "eu"));
    }
  }

  @Test
  void unknownDatabasesAreRefusedWithTheirNames() {
    try (TestServer server = TestServer.start(new InMemoryTenantStore(), Optional.of(chosen))) {
      Client client = new Client(server.uri());

      Reply refused = client.post(TENANTS, "{\"name\":\"a\",\"database\":\"EU\"}");
      refused.problem(400, "database_unknown");
      assertThat(refused.text("error"))
          .isEqualTo("There is no database \"EU\"; the databases are main, eu.");
      assertThat(refused.text("field")).isEqualTo("database");
      Reply both = client.post(TENANTS, "{\"name\":\"\",\"database\":\"ue\"}");
      assertThat(both.each("errors", "code"))
          .isEqualTo(List.of("name_required", "database_unknown"));
      client.post(TENANTS, "{\"name\":\"\",\"database\":\"eu\"}").problem(400, "name_required");
      client.post(TENANTS, "{\"name\":\"a\",\"database\":7}").problem(400, "wrong_type");

      assertThat(chosen.places).isEmpty();
    }
  }

  @Test
  void withOneDatabaseThereIsNoChoice() {
    try (TestServer server = TestServer.start(new InMemoryTenantStore())) {
      Reply refused =
          new Client(server.uri()).post(TENANTS, "{\"name\":\"a\",\"database\":\"main\"}");
      refused.problem(400, "database_unknown");
      assertThat(refused.text("error")).contains("leave \"database\" out");
    }
  }

  @Test
  void aRepeatedRequestFindsItsTenantWhereverThatIsNow() {
    try (TestServer server = TestServer.start(new InMemoryTenantStore(), Optional.of(chosen))) {
      Client client = new Client(server.uri());
      String body = "{\"name\":\"a\",\"database\":\"eu\"}";
      String id = keyed(client, "k", body).expect(201).text("id");

      chosen.places.put(id, "main");
      Reply again = keyed(client, "k", body).expect(201);
      assertThat(again.text("id")).isEqualTo(id);
      assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
      keyed(client, "k", "{\"name\":\"a\",\"database\":\"main\"}")
          .problem(422, "idempotency_key_reused");
      client.delete(TENANTS + "/" + id).expect(204);
      keyed(client, "k", body).problem(422, "idempotency_key_reused");
    }
  }

  private static Reply keyed(Client client, String key, String body) {
    return client.send("POST", TENANTS, body, Map.of("Idempotency-Key", key));
  }

  @Test
  void aTenantThatIsBeingMovedIsReadAndEvaluatedAndDoesNotChange() {
    var store = new InMemoryTenantStore();
    String tenant;
    try (TestServer server = TestServer.start(store)) {
      Client client = new Client(server.uri());
      tenant = TENANTS + "/" + client.post(TENANTS, "{\"name\":\"a\"}").expect(201).text("id");
      client.post(tenant + "/schema", "{\"definition\":{\"User\":{\"Age\":\"int\"}}}").expect(201);
    }
    try (TestServer server = TestServer.start(moving(store))) {
      Client client = new Client(server.uri());

      Reply refused = client.put(tenant, "{\"name\":\"b\"}");
      refused.problem(503, "tenant_moving");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      client.delete(tenant).problem(503, "tenant_moving");
      assertThat(client.get(tenant).expect(200).text("name")).isEqualTo("a");
      client.post(tenant + "/evaluate", "{\"facts\":{}}").expect(200);
      client.put(tenant + "?dryRun=true", "{\"name\":\"b\"}").expect(200);
    }
  }

  private static TenantStore moving(TenantStore store) {
    return (TenantStore)
        Proxy.newProxyInstance(
            PlacementHttpTest.class.getClassLoader(),
            new Class<?>[] {TenantStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("append")) {
                return new TenantStore.AppendResult.Moving();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}
