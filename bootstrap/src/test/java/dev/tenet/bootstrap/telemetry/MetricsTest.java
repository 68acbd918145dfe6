package dev.tenet.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.config.TelemetrySettings;
import dev.tenet.bootstrap.logging.Logging;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.routing.ServedRequest;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which request counts as what.
final class MetricsTest {

  private static final TenantId TENANT = new TenantId(new UUID(1, 2));
  private static final String RULES = "/api/v1/tenants/{tenantId}/rules";
  private static final String REQUESTS = "tenet_tenant_requests_total";

  private final Metrics metrics = new Metrics(TelemetrySettings.DEFAULT, Logging.ofProcess());

  @AfterEach
  void close() {
    metrics.close();
  }

  private void answered(String method, String route, int status, @Nullable String problem) {
    var request = new ServedRequest(method, route, "id", null, 0);
    if (route.contains("{tenantId}")) {
      request.tenant(TENANT);
    }
    request.answered(status, problem, false, 1);
    metrics.answered(request);
  }

  private double sum(String name, Map<String, String> labels) {
    return Exposed.parse(metrics.scrape("").text()).sum(name, labels);
  }

  @ParameterizedTest
  @CsvSource({
    "tenant_quota_exceeded, 429, tenet_tenant_quota_rejections_total",
    "tenant_rate_limited, 429, tenet_tenant_quota_rejections_total",
    "tenant_policy_denied, 403, tenet_tenant_policy_denials_total"
  })
  void refusalsAreCountedByTheirCode(String code, int status, String name) {
    answered("POST", RULES, status, code);
    assertThat(sum(name, Map.of("tenant_id", TENANT.toString()))).isEqualTo(1);
    assertThat(sum(REQUESTS, Map.of("tenant_id", TENANT.toString(), "status", "4xx"))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"401, unauthenticated", "403, permission_denied", "404, tenant_not_found"})
  void whoIsNotLetInSpeaksForNobody(int status, String code) {
    answered("GET", RULES, status, code);
    assertThat(sum(REQUESTS, Map.of("tenant_id", "none", "status", "4xx"))).isEqualTo(1);
    assertThat(metrics.scrape("").text()).doesNotContain(TENANT.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "400, json_malformed, /api/v1/tenants/{tenantId}/rules",
    "200, , /api/v1/tenants/{tenantId}/audit"
  })
  void aTenantThatMayNotExistGetsNoSeries(int status, @Nullable String code, String route) {
    answered("GET", route, status, code);
    assertThat(metrics.scrape("").text()).doesNotContain(TENANT.toString());
    answered("GET", RULES, 200, null);
    answered("GET", route, status, code);
    assertThat(sum(REQUESTS, Map.of("tenant_id", TENANT.toString()))).isEqualTo(2);
  }

  @Test
  void healthAndMetricsAreNoTraffic() {
    for (String route :
        new String[] {
          "/metrics", "/health", "/api/v1/health", "/observe/health/ready", "/swagger/{file}", ""
        }) {
      answered("GET", route, 200, null);
    }
    assertThat(sum(REQUESTS, Map.of())).isZero();
    assertThat(sum("tenet_http_requests_total", Map.of())).isEqualTo(6);
    assertThat(sum("tenet_http_requests_total", Map.of("route", "unmatched"))).isEqualTo(1);
  }

  @Test
  void whateverClientsCallTheirMethods() {
    for (int i = 0; i < 1_000; i++) {
      answered("M" + i, "", 404, "path_not_found");
    }
    assertThat(sum("tenet_http_requests_total", Map.of("method", "other"))).isEqualTo(1_000);
    assertThat(metrics.scrape("").text()).doesNotContain("M999");
  }

  @Test
  void overloadIsCounted() {
    answered("POST", RULES, 503, "overloaded");
    assertThat(sum("tenet_admission_rejections_total", Map.of())).isEqualTo(1);
  }

  @Test
  void aDeletedTenantIsForgotten() {
    answered("GET", RULES, 200, null);
    answered("DELETE", "/api/v1/tenants/{tenantId}", 204, null);
    assertThat(metrics.scrape("").text()).doesNotContain(TENANT.toString());
  }
}
