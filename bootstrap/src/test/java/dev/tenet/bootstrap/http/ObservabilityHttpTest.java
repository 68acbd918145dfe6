package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.routing.ServedRequest;
import dev.tenet.inmemory.InMemoryTenantStore;
import dev.tenet.spi.DecisionListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Metrics, logging and health, as operators ask for them.
final class ObservabilityHttpTest {

  private static final String LOGGING = "/api/v1/admin/logging";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  /// Fails on every decision.
  private static final class Broken implements DecisionListener {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public void decided(TenantId tenant, Facts facts, Decision decision) {
      throw new IllegalStateException("a listener that fails on purpose");
    }
  }

  private TestServer server;
  private Client client;

  @BeforeEach
  void start() {
    server =
        TestServer.start(
            new InMemoryTenantStore(),
            Optional.empty(),
            10,
            Duration.ofSeconds(60),
            List.of(new Broken()));
    client = new Client(server.uri());
  }

  @AfterEach
  void stop() {
    client.put(LOGGING, "{\"level\": \"info\", \"loggers\": {}}").expect(200);
    server.close();
  }

  private String tenant() {
    String tenant =
        "/api/v1/tenants/" + client.post("/api/v1/tenants", Map.of("name", "acme")).text("id");
    client
        .post(tenant + "/schema", Map.of("definition", Map.of("User", Map.of("Age", "int"))))
        .expect(201);
    client
        .post(tenant + "/rules", Map.of("name", "a", "expression", "10 / User.Age > 1"))
        .expect(201);
    return tenant;
  }

  private String metrics() {
    return client.get("/metrics").expect(200).text();
  }

  /// How many series there are of the server's own metrics.
  private long series() {
    return metrics().lines().filter(line -> line.startsWith("tenet_")).count();
  }

  @Test
  void countsWhatTenantsDo() {
    String tenant = tenant();
    String label = "{tenant_id=\"" + tenant.substring(tenant.lastIndexOf('/') + 1) + "\"} ";
    client.post(tenant + "/evaluate", "{\"facts\": {\"User\": {\"Age\": 20}}}").expect(200);
    client.post(tenant + "/evaluate", "{\"facts\": {\"User\": {\"Age\": 0}}}").expect(200);
    client
        .post(
            "/api/v1/evaluate",
            "{\"tenantId\": \"%s\", \"facts\": {\"User\": {\"Age\": 20}}}"
                .formatted(tenant.substring(tenant.lastIndexOf('/') + 1)))
        .expect(200);
    assertThat(metrics())
        .contains("tenet_tenant_evaluations_total" + label + "3.0")
        .contains("tenet_tenant_rule_errors_total" + label + "1.0")
        .contains("tenet_tenant_request_duration_seconds_count" + label + "5\n")
        .contains("tenet_evaluation_duration_seconds_count 3\n")
        .contains("tenet_decision_observer_failures_total{observer=\"broken\"} 3.0")
        .contains("tenet_definitions_tenants 1.0")
        .contains("jvm_memory_used_bytes{")
        .contains("process_uptime_seconds ")
        .contains("tenet_build_info{");
  }

  @Test
  void tellsOfIndexesCodeAndTheDecisionLog() {
    String hot = tenant();
    client
        .put(
            hot.replace("/tenants/", "/admin/tenants/") + "/decision-log",
            Map.of("mode", "all", "delivery", "durable"))
        .expect(200);
    compileAnew(hot);
    String facts = "{\"User\": {\"Age\": 20}}";
    String batch = "[" + (facts + ',').repeat(999) + facts + "]";
    client.post(hot + "/evaluate:batch", batch).expect(200);
    assertThat(metrics())
        .contains("tenet_definitions_indexed 0.0")
        .contains("tenet_definitions_hot 0.0")
        .contains("tenet_decision_log_written_total 1000.0");
    client.post(hot + "/evaluate:batch", batch).expect(200);
    String indexed = tenant();
    for (int i = 0; i < 24; i++) {
      client
          .post(indexed + "/rules", Map.of("name", "r" + i, "expression", "User.Age > " + i))
          .expect(201);
    }
    compileAnew(indexed);
    assertThat(metrics())
        .contains("tenet_definitions_indexed 1.0")
        .contains("tenet_definitions_hot 1.0")
        .contains("tenet_decision_log_waiting 0.0")
        .contains("tenet_decision_log_written_total 2000.0")
        .contains("tenet_decision_log_dropped_total 0.0");
  }

  /// All rules at once: those that come one by one are put beside what was compiled before.
  private void compileAnew(String tenant) {
    client
        .put(
            tenant + "/schema",
            Map.of("definition", Map.of("User", Map.of("Age", "int", "Name", "string?"))))
        .expect(200);
  }

  @Test
  void countsWhatTenantsMayNot() {
    String tenant = tenant();
    String id = tenant.substring(tenant.lastIndexOf('/') + 1);
    String admin = "/api/v1/admin/tenants/" + id;
    String facts = "{\"facts\": {\"User\": {\"Age\": 20}}}";
    client.put(admin + "/quota", Map.of("requestsPerDay", 1)).expect(200);
    client.post(tenant + "/evaluate", facts).expect(200);
    client.post(tenant + "/evaluate", facts).problem(429, "tenant_quota_exceeded");
    client.post(tenant + "/evaluate", facts).problem(429, "tenant_quota_exceeded");
    client.put(admin + "/policy", Map.of("allowedMethods", List.of("GET"))).expect(200);
    client.post(tenant + "/evaluate", facts).problem(403, "tenant_policy_denied");
    client
        .post("/api/v1/evaluate", "{\"tenantId\": \"" + id + "\", " + facts.substring(1))
        .problem(403, "tenant_policy_denied");
    String label = "{tenant_id=\"" + id + "\"} ";
    assertThat(metrics())
        .contains("tenet_tenant_quota_rejections_total" + label + "2.0")
        .contains("tenet_tenant_policy_denials_total" + label + "2.0");
  }

  @Test
  void tenantsThatDoNotExistLeaveNothing() {
    client.post("/api/v1/evaluate", "{\"tenantId\": \"" + TRACE + "\", \"facts\": {}}").expect(404);
    long before = series();
    for (int i = 0; i < 1_000; i++) {
      client
          .get("/api/v1/tenants/00000000-0000-4000-8000-%012d/rules".formatted(i))
          .problem(404, "tenant_not_found");
    }
    assertThat(series()).isLessThanOrEqualTo(before + 2);
  }

  @Test
  void speaksBothFormats() {
    assertThat(client.get("/metrics").header("Content-Type"))
        .startsWith("text/plain; version=0.0.4");
    Reply open =
        client.send(
            "GET",
            "/metrics",
            null,
            Map.of("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"));
    assertThat(open.header("Content-Type")).startsWith("application/openmetrics-text");
    assertThat(open.text()).endsWith("# EOF\n");
  }

  @Test
  void whatIsLoggedMeanwhileKnowsItsRequest() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(@Nullable LogRecord event) {
            seen.add(
                ServedRequest.current()
                    .map(
                        request ->
                            request.traceId().orElse("")
                                + request.requestId()
                                + request.tenant().orElseThrow()
                                + request.principal())
                    .orElse("nothing"));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.tenet.bootstrap.telemetry.Metrics");
    String tenant = tenant();
    logger.addHandler(handler);
    client
        .send(
            "POST",
            tenant + "/evaluate",
            "{\"facts\": {\"User\": {\"Age\": 20}}}",
            Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01", "X-Request-ID", "mine"))
        .expect(200);
    logger.removeHandler(handler);
    assertThat(seen)
        .containsExactly(
            TRACE + "mine" + tenant.substring(tenant.lastIndexOf('/') + 1) + "anonymous");
  }

  @Test
  void levelsChangeAtRunTime() {
    Logger part = Logger.getLogger("org.example.part");
    assertThat(client.get(LOGGING).expect(200).text("level")).isEqualTo("info");
    Reply changed =
        client.put(
            LOGGING,
            "{\"level\": \"warning\", \"loggers\": {\"org.example\": \"debug\"}, \"accessLog\": \"off\", \"errorSampleRate\": 7}");
    assertThat(changed.expect(200).text()).isEqualTo(client.get(LOGGING).text());
    assertThat(changed.number("errorSampleRate")).isEqualTo(7);
    assertThat(part.isLoggable(Level.FINE)).isTrue();
    assertThat(Logger.getLogger("org.elsewhere").isLoggable(Level.INFO)).isFalse();
    client.put(LOGGING, "{\"level\": \"info\", \"loggers\": {}}").expect(200);
    assertThat(part.isLoggable(Level.FINE)).isFalse();
    assertThat(Logger.getLogger("org.elsewhere").isLoggable(Level.INFO)).isTrue();
    assertThat(client.get(LOGGING).number("errorSampleRate")).isEqualTo(7);
  }

  @Test
  void aChangeOfTheLogIsAudited() {
    client.put(LOGGING, "{\"loggers\": {\"org.example\": \"debug\"}}").expect(200);
    client.put(LOGGING, "{\"level\": \"loud\"}").expect(400);
    client.put(LOGGING, "{}").expect(200);
    client.put(LOGGING, "{\"loggers\": {\"org.example\": \"debug\"}}").expect(200);
    String audit = client.get("/api/v1/audit?action=logging_changed").expect(200).text();
    assertThat(audit)
        .containsOnlyOnce("\"org.example\"")
        .containsOnlyOnce("\"sequence\"")
        .contains("\"before\"", "\"after\"");
    client
        .get("/api/v1/audit?since=2026-02-01T00:00:00Z&until=2026-01-31T00:00:00Z")
        .problem(400, "parameter_invalid");
  }

  @Test
  void whatMakesNoSenseChangesNothing() {
    String before = client.get(LOGGING).text();
    client.put(LOGGING, "{\"level\": \"loud\"}").problem(400, "log_level_invalid");
    client.put(LOGGING, "{\"loggers\": {\"a b\": \"info\"}}").problem(400, "logger_invalid");
    client.put(LOGGING, "{\"loggers\": {\"a\": \"x\"}}").problem(400, "log_level_invalid");
    client.put(LOGGING, "{\"accessLog\": \"some\"}").problem(400, "access_log_invalid");
    client
        .put(LOGGING, "{\"level\": \"off\", \"errorSampleRate\": 0}")
        .problem(400, "error_sample_rate_invalid");
    assertThat(client.get(LOGGING).text()).isEqualTo(before);
  }

  @Test
  void isNotReadyWhenItIsAboutToEndAndGoesOn() {
    client.get("/observe/health/ready").expect(200);
    server.announceEnd();
    assertThat(client.get("/observe/health/ready").expect(503).text("status"))
        .isEqualTo("stopping");
    client.get("/observe/health/live").expect(200);
    client.get("/health").expect(200);
    client.get(tenant()).expect(200);
  }

  @Test
  void aProblemNamesTheTraceOfItsRequest() {
    Map<String, String> traced =
        Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01", "X-Request-ID", "mine");
    Reply reply = client.send("GET", "/api/v1/nothing", null, traced).expect(404);
    assertThat(reply.text("traceId")).isEqualTo(TRACE);
    assertThat(reply.header("X-Request-ID")).isEqualTo("mine");
    for (String malformed :
        List.of(
            "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01",
            "00-" + TRACE + "-" + "0".repeat(16) + "-01",
            "ff-" + TRACE + "-00f067aa0ba902b7-01",
            "00-" + TRACE + "-00f067aa0ba902b7-01-more",
            "00-" + TRACE.toUpperCase(java.util.Locale.ROOT) + "-00f067aa0ba902b7-01")) {
      assertThat(
              client
                  .send("GET", "/api/v1/nothing", null, Map.of("traceparent", malformed))
                  .text("traceId"))
          .as(malformed)
          .hasSize(36);
    }
    assertThat(
            client
                .send(
                    "GET",
                    "/api/v1/nothing",
                    null,
                    Map.of("traceparent", "01-" + TRACE + "-00f067aa0ba902b7-01-more"))
                .text("traceId"))
        .isEqualTo(TRACE);
  }
}
