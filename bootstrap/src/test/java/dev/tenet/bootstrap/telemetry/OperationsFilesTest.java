package dev.tenet.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.config.ConfigurationReader;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.bootstrap.http.Client;
import dev.tenet.bootstrap.server.TenetServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every metric and label that dashboards, alerts and the documentation name is one that a server hands out.
@Timeout(180)
final class OperationsFilesTest {

  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..").normalize();

  /// A metric with its labels in braces, if there are any. Functions are followed by a parenthesis.
  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:tenet|plumego|jvm|process|system)_[a-z0-9_]+)(?:\\{([^}]*)})?");

  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*=");
  private static final Pattern BY = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");

  /// What Prometheus adds to what a server says.
  private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

  /// From requirement D62, where the queries stand.
  private static final List<String> QUERIES =
      List.of(
          "sum by (tenant_id) (rate(plumego_tenant_requests_total[5m]))",
          "histogram_quantile(0.99, sum by (tenant_id, le) (rate(plumego_tenant_request_duration_seconds_bucket[5m])))",
          "sum by (tenant_id) (rate(plumego_tenant_quota_rejections_total[5m]))");

  @TempDir private Path folder = Path.of("");

  private TenetServer start(Map<Setting, String> more) throws Exception {
    Map<Setting, String> options =
        new java.util.EnumMap<>(
            Map.of(Setting.PORT, "0", Setting.ACCESS_LOG, "off", Setting.STORE, "inmemory"));
    options.putAll(more);
    return TenetServer.start(ConfigurationReader.read(options, Map.of()));
  }

  private static void traffic(Client client) {
    String tenant =
        "/api/v1/tenants/" + client.post("/api/v1/tenants", Map.of("name", "acme")).text("id");
    client
        .post(tenant + "/schema", Map.of("definition", Map.of("User", Map.of("Age", "int"))))
        .expect(201);
    client.post(tenant + "/rules", Map.of("name", "a", "expression", "User.Age > 1")).expect(201);
    client.post(tenant + "/evaluate", "{\"facts\": {\"User\": {\"Age\": 20}}}").expect(200);
    client.post(tenant + "/evaluate", "{\"facts\": {\"User\": {\"Age\": true}}}").expect(400);
    client
        .put(
            tenant + "/scripts/adult",
            """
            {"source": "export function check(p) { return p.age > 17; }",
             "functions": {"check": {"input": {"age": "int"}, "output": "bool", "timeout_ms": 5000}}}
            """)
        .expect(200);
    client.post(tenant + "/invoke/script.adult.check", "{\"payload\": {\"age\": 20}}").expect(200);
  }

  private static Exposed scrape(Client client) {
    return Exposed.parse(client.get("/metrics").expect(200).text());
  }

  private static void assertAnswered(List<String> expressions, Exposed exposed) {
    Set<String> missing = new TreeSet<>();
    for (String expression : expressions) {
      Set<String> grouped = new TreeSet<>();
      BY.matcher(expression)
          .results()
          .forEach((MatchResult by) -> grouped.addAll(List.of(by.group(1).split("\\s*,\\s*"))));
      SELECTOR
          .matcher(expression)
          .results()
          .forEach(
              (MatchResult selector) -> {
                String name = selector.group(1);
                if (!exposed.names().contains(name)) {
                  missing.add(name + " in " + expression);
                  return;
                }
                Set<String> wanted = new TreeSet<>(grouped);
                if (selector.group(2) != null) {
                  MATCHER
                      .matcher(selector.group(2))
                      .results()
                      .forEach((MatchResult label) -> wanted.add(label.group(1)));
                }
                wanted.removeAll(OF_PROMETHEUS);
                wanted.removeAll(exposed.labels(name));
                wanted.forEach(label -> missing.add(name + " {" + label + "} in " + expression));
              });
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void theQueriesOfTheTenantMetricsWorkWithTheirPrefix() throws Exception {
    Path file = Files.writeString(folder.resolve("tenet.yaml"), "metrics: {prefix: plumego}\n");
    try (TenetServer server = start(Map.of(Setting.CONFIG, file.toString()))) {
      var client = new Client(URI.create(server.url()));
      traffic(client);
      Exposed exposed = scrape(client);
      assertAnswered(QUERIES, exposed);
      assertThat(exposed.names()).noneMatch(name -> name.startsWith("tenet_"));
      assertThat(exposed.values("plumego_tenant_request_duration_seconds_bucket", "le"))
          .contains("0.001", "0.1", "+Inf");
    }
  }

  @Test
  void dashboardsAlertsAndDocumentationNameWhatThereIs() throws Exception {
    try (TenetServer server =
        start(
            Map.of(
                Setting.STORE, "postgres", Setting.DATA_DIR, folder.resolve("data").toString()))) {
      var client = new Client(URI.create(server.url()));
      traffic(client);
      Exposed exposed = scrapeAfterACollection(client);
      List<String> dashboard = dashboard();
      List<String> alerts = alerts();
      assertThat(dashboard).hasSizeGreaterThan(30);
      assertThat(alerts).hasSizeGreaterThan(15);
      assertAnswered(dashboard, exposed);
      assertAnswered(alerts, exposed);
      assertThat(documented()).containsExactlyInAnyOrderElementsOf(own(exposed));
    }
  }

  /// Pauses are known only once there was one, and are told by another thread.
  private static Exposed scrapeAfterACollection(Client client) {
    Exposed exposed = scrape(client);
    for (int i = 0; i < 1_000 && !exposed.names().contains("jvm_gc_pause_seconds_sum"); i++) {
      System.gc();
      exposed = scrape(client);
    }
    return exposed;
  }

  private static List<String> dashboard() throws IOException {
    JsonNode root =
        new JsonMapper().readTree(Files.readString(ROOT.resolve("ops/grafana/tenet.json")));
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel : root.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        expressions.add(target.path("expr").asString());
      }
    }
    for (JsonNode variable : root.path("templating").path("list")) {
      expressions.add(variable.path("query").path("query").asString(""));
    }
    return expressions;
  }

  private static List<String> alerts() throws IOException {
    Object rules = yaml("tenet.rules.yml");
    List<String> expressions = new ArrayList<>();
    for (Object group : list(rules, "groups")) {
      for (Object rule : list(group, "rules")) {
        assertThat(((Map<?, ?>) rule).keySet().stream().map(String::valueOf))
            .contains("alert", "expr", "labels", "annotations")
            .isSubsetOf("alert", "expr", "for", "labels", "annotations");
        expressions.add(String.valueOf(((Map<?, ?>) rule).get("expr")));
      }
    }
    assertThat(((Map<?, ?>) yaml("prometheus.yml")).get("rule_files"))
        .isEqualTo(List.of("tenet.rules.yml"));
    return expressions;
  }

  private static Object yaml(String name) throws IOException {
    return new Load(LoadSettings.builder().build())
        .loadFromString(Files.readString(ROOT.resolve("ops/prometheus").resolve(name)));
  }

  private static List<?> list(Object owner, String key) {
    return ((Map<?, ?>) owner).get(key) instanceof List<?> list ? list : List.of();
  }

  /// The names of the table on the page about observability.
  private static Set<String> documented() throws IOException {
    Set<String> names = new TreeSet<>();
    Pattern.compile("(?m)^\\| `(tenet_[a-z0-9_]+)`")
        .matcher(Files.readString(ROOT.resolve("docs/observability.md")))
        .results()
        .forEach((MatchResult row) -> names.add(row.group(1)));
    return names;
  }

  /// The server's own metrics, a histogram by its name alone.
  private static Set<String> own(Exposed exposed) {
    Set<String> names = new TreeSet<>();
    exposed.names().stream()
        .filter(name -> name.startsWith("tenet_"))
        .forEach(name -> names.add(name.replaceAll("(?<=_seconds)_(bucket|sum|count|max)$", "")));
    return names;
  }
}
