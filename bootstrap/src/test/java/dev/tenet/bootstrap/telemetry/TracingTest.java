package dev.tenet.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.bootstrap.config.ConfigurationReader;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.bootstrap.config.TelemetrySettings;
import dev.tenet.bootstrap.http.Client;
import dev.tenet.bootstrap.http.Reply;
import dev.tenet.bootstrap.server.StartFailure;
import dev.tenet.bootstrap.server.TenetServer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Traces, as a collector receives them.
@Timeout(120)
final class TracingTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  private static TenetServer start(Map<String, String> environment) throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.put("OTEL_BSP_SCHEDULE_DELAY", "50");
    return TenetServer.start(
        ConfigurationReader.read(
            Map.of(Setting.STORE, "inmemory", Setting.PORT, "0", Setting.ACCESS_LOG, "off"), all));
  }

  @Test
  void aRequestIsASpanOfItsClientsTrace() throws Exception {
    try (var collector = new Collector();
        TenetServer server =
            start(
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    collector.url(),
                    "OTEL_SERVICE_NAME",
                    "rules-of-acme"))) {
      var client = new Client(URI.create(server.url()));
      String id = client.post("/api/v1/tenants", Map.of("name", "acme")).text("id");
      Collector.Received created = collector.next();
      assertThat(created.name()).isEqualTo("POST /api/v1/tenants");
      assertThat(created.parent()).isEmpty();
      assertThat(created.resource()).containsEntry("service.name", "rules-of-acme");
      assertThat(created.resource()).containsKey("service.version");
      String tenant = "/api/v1/tenants/" + id;
      client.post(tenant + "/schema", Map.of("definition", Map.of("User", Map.of("Age", "int"))));
      client.post(tenant + "/rules", Map.of("name", "a", "expression", "User.Age > 1"));
      collector.next();
      collector.next();
      Reply decision =
          client.send(
              "POST",
              tenant + "/evaluate",
              "{\"facts\": {\"User\": {\"Age\": 20}}}",
              Map.of(
                  "traceparent",
                  "00-%s-%s-01".formatted(TRACE, SPAN),
                  "tracestate",
                  "vendor=1",
                  "X-Request-ID",
                  "mine"));
      decision.expect(200);
      Collector.Received span = collector.next();
      assertThat(span.traceId()).isEqualTo(TRACE);
      assertThat(span.parent()).isEqualTo(SPAN);
      assertThat(span.name()).isEqualTo("POST /api/v1/tenants/{tenantId}/evaluate");
      assertThat(span.attributes())
          .containsEntry("http.request.method", "POST")
          .containsEntry("http.route", "/api/v1/tenants/{tenantId}/evaluate")
          .containsEntry("http.response.status_code", "200")
          .containsEntry("tenet.tenant.id", id)
          .containsEntry("tenet.revision", "3")
          .containsEntry("tenet.rules", "1")
          .containsEntry("tenet.request.id", "mine");
      assertThat(span.attributes().values()).noneMatch(value -> value.contains("Age"));
    }
  }

  @Test
  void aProblemNamesItsTrace() throws Exception {
    try (var collector = new Collector();
        TenetServer server = start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url()))) {
      var client = new Client(URI.create(server.url()));
      Reply reply = client.get("/api/v1/tenants/00000000-0000-0000-0000-00000000dead");
      assertThat(reply.expect(404).text("traceId"))
          .isNotEqualTo(reply.header("X-Request-ID"))
          .matches("[0-9a-f]{32}")
          .isEqualTo(collector.next().traceId());
    }
  }

  /// The client has decided that its trace is not recorded.
  @Test
  void whatIsNotSampledIsNotSent() throws Exception {
    try (var collector = new Collector();
        TenetServer server = start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url()))) {
      var client = new Client(URI.create(server.url()));
      client.send(
          "GET",
          "/api/v1/tenants",
          null,
          Map.of("traceparent", "00-%s-%s-00".formatted(TRACE, SPAN)));
      client.get("/metrics");
      client.get("/health");
      client.post("/api/v1/tenants", Map.of("name", "acme")).expect(201);
      assertThat(collector.next().name()).isEqualTo("POST /api/v1/tenants");
    }
  }

  @Test
  void nobodyIsAskedUnlessSaid() {
    assertThat(Tracing.of(TelemetrySettings.DEFAULT, Map.of())).isEmpty();
    assertThat(
            Tracing.of(
                TelemetrySettings.DEFAULT,
                Map.of(
                    "OTEL_ENABLED",
                    "false",
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://127.0.0.1:4318")))
        .isEmpty();
  }

  @Test
  void aServerWorksWithoutACollectorThatAnswers() throws Exception {
    try (TenetServer server =
        start(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:9",
                "OTEL_EXPORTER_OTLP_TIMEOUT",
                "100"))) {
      new Client(URI.create(server.url()))
          .post("/api/v1/tenants", Map.of("name", "acme"))
          .expect(201);
    }
  }

  @Test
  void settingsThatMakeNoSenseAreNamed() {
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere")))
        .satisfies(
            e -> {
              assertThat(e.isMisconfigured()).isTrue();
              assertThat(e.line()).contains("telemetry").contains("nowhere");
            });
  }
}
