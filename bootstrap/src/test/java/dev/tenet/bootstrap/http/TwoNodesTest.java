package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.store.RevisionFeed;
import dev.tenet.postgres.PostgresStoreProvider;
import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two servers over one database behave as one, and nothing is forgotten when they stop.
@Timeout(120)
final class TwoNodesTest {

  private static final String SCHEMA = "{\"definition\":{\"User\":{\"Age\":\"int\"}}}";

  @Test
  void whatOneNodeAcknowledgesTheOtherSees(@TempDir Path folder) {
    var settings = new StoreProvider.Settings(folder.resolve("data"), Map.of());
    String tenant;
    String rule;
    try (StoreProvider.OpenStore store = new PostgresStoreProvider().open(settings);
        TestServer one = TestServer.start(store.tenants());
        TestServer two = TestServer.start(store.tenants());
        RevisionFeed.Following following =
            store.revisions().orElseThrow().follow(two.component().ruleSets())) {
      Client first = new Client(one.uri());
      Client second = new Client(two.uri());
      tenant =
          "/api/v1/tenants/"
              + first.post("/api/v1/tenants", "{\"name\":\"acme\"}").expect(201).text("id");
      first.post(tenant + "/schema", SCHEMA).expect(201);
      assertThat(second.post(tenant + "/evaluate", "{\"facts\":{}}").expect(200).list("results"))
          .isEmpty();

      Reply added =
          first
              .post(tenant + "/rules", "{\"name\":\"adult\",\"expression\":\"User.Age >= 18\"}")
              .expect(201);
      rule = added.text("id");
      assertThat(
              second
                  .post(
                      tenant + "/evaluate",
                      "{\"facts\":{\"User\":{\"Age\":20}},\"minRevision\":"
                          + added.number("revision")
                          + "}")
                  .expect(200)
                  .at("results.0.matched"))
          .isEqualTo(true);

      first.put(tenant + "/rules/" + rule, "{\"expression\":\"User.Age >= 21\"}").expect(200);
      while (Boolean.TRUE.equals(
          second
              .post(tenant + "/evaluate", "{\"facts\":{\"User\":{\"Age\":20}}}")
              .expect(200)
              .at("results.0.matched"))) {
        Thread.onSpinWait();
      }
      assertThat(following.age()).isPresent();
    }
    try (StoreProvider.OpenStore store = new PostgresStoreProvider().open(settings);
        TestServer again = TestServer.start(store.tenants())) {
      Client client = new Client(again.uri());
      assertThat(client.get(tenant + "/rules/" + rule).expect(200).text("expression"))
          .isEqualTo("User.Age >= 21");
      assertThat(
              client
                  .post(tenant + "/evaluate", "{\"facts\":{\"User\":{\"Age\":21}}}")
                  .expect(200)
                  .at("results.0.matched"))
          .isEqualTo(true);
    }
  }
}
