package dev.tenet.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.routing.ServedRequest;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which tenants have metrics of their own.
final class TenantSeriesTest {

  private static final String REQUESTS = "tenet_tenant_requests_total";
  private static final String TENANT = "tenant_id";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicLong now = new AtomicLong();

  private TenantSeries series(int most) {
    return new TenantSeries(registry, "tenet", most, now::get);
  }

  private static TenantId tenant(int number) {
    return new TenantId(new UUID(1, number));
  }

  private static void request(TenantSeries series, int tenant, int times) {
    var request = new ServedRequest("GET", "/api/v1/tenants/{tenantId}", "id", null, 0);
    request.answered(200, null, false, 1);
    for (int i = 0; i < times; i++) {
      series.requested(tenant(tenant)).answered(request);
    }
  }

  private Exposed exposed() {
    return Exposed.parse(registry.scrape());
  }

  private static Set<String> labels(int... tenants) {
    Set<String> labels = new java.util.TreeSet<>(Set.of("none", "other"));
    IntStream.of(tenants).forEach(number -> labels.add(tenant(number).toString()));
    return labels;
  }

  @Test
  void asManyAsAreAllowedHaveTheirOwnAndTheOthersShare() {
    TenantSeries series = series(2);
    IntStream.range(0, 5).forEach(number -> request(series, number, number + 1));
    assertThat(exposed().values(REQUESTS, TENANT)).isEqualTo(labels(0, 1));
    assertThat(exposed().sum(REQUESTS, Map.of(TENANT, "other"))).isEqualTo(3 + 4 + 5);
  }

  @Test
  void tenThousandTenantsGrowNothingWithoutBound() {
    TenantSeries series = series(100);
    for (int round = 0; round < 3; round++) {
      IntStream.range(0, 10_000).forEach(number -> request(series, number, 1));
      now.addAndGet(Duration.ofMinutes(2).toNanos());
    }
    Exposed exposed = exposed();
    assertThat(exposed.values(REQUESTS, TENANT)).hasSize(102);
    assertThat(exposed.sum(REQUESTS, Map.of())).isEqualTo(30_000);
    assertThat(series.counted()).isLessThanOrEqualTo(400);
  }

  @Test
  void whoHasClearlyMoreRequestsTakesThePlaceOfWhoHasFewest() {
    TenantSeries series = series(2);
    request(series, 0, 10);
    request(series, 1, 1);
    request(series, 2, 30);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    request(series, 2, 1);
    request(series, 2, 5);
    Exposed exposed = exposed();
    assertThat(exposed.values(REQUESTS, TENANT)).isEqualTo(labels(0, 2));
    assertThat(exposed.sum(REQUESTS, Map.of(TENANT, tenant(2).toString()))).isEqualTo(5);
    assertThat(exposed.sum(REQUESTS, Map.of(TENANT, "other"))).isEqualTo(31);
  }

  @Test
  void whoHasHardlyMoreRequestsDoesNot() {
    TenantSeries series = series(2);
    request(series, 0, 10);
    request(series, 1, 10);
    request(series, 2, 15);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    request(series, 2, 1);
    assertThat(exposed().values(REQUESTS, TENANT)).isEqualTo(labels(0, 1));
  }

  @Test
  void aTenantThatIsGoneLeavesNothing() {
    TenantSeries series = series(1);
    request(series, 0, 1);
    series.forget(tenant(0));
    assertThat(registry.scrape()).doesNotContain(tenant(0).toString());
    request(series, 1, 1);
    assertThat(exposed().values(REQUESTS, TENANT)).isEqualTo(labels(1));
  }

  @Test
  void noneMayBeAllowed() {
    request(series(0), 1, 3);
    assertThat(exposed().values(REQUESTS, TENANT)).isEqualTo(labels());
  }
}
