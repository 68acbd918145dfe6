package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.audit.AuditFilter;
import dev.tenet.application.audit.ListAudit;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.inmemory.InMemoryTenantStore;
import dev.tenet.spi.StoreProvider.OpenStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is denied over HTTP is found in the audit.
@Timeout(60)
final class DenialsHttpTest {

  private static List<AuditEvent> denials(TestServer server, TenantId tenant) {
    server.component().denials().close();
    var filter =
        new AuditFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.of(Outcome.DENIED),
            Optional.empty(),
            Optional.empty());
    return switch (server
        .component()
        .useCases()
        .audit()
        .list()
        .list(tenant, filter, new PageRequest<>(100, Optional.empty()))) {
      case ListAudit.Result.Listed(var page) ->
          page.items().stream().map(AuditRecord::event).toList();
      case ListAudit.Result.TenantNotFound() -> List.of();
    };
  }

  @Test
  void ofSomebodyUnknownItIsInThePlatformsChainHoweverManyTenantsTheyName() {
    try (TestServer server =
        TestServer.startAsking(OpenStore.of(new InMemoryTenantStore()), Optional.empty())) {
      var client = new Client(server.uri());
      for (int i = 0; i < 500; i++) {
        client
            .send(
                "GET",
                "/api/v1/tenants/%s/rules".formatted(new UUID(7, i)),
                null,
                Map.of("X-Request-ID", "request-" + i))
            .expect(401);
      }

      List<AuditEvent> denials = denials(server, TenantId.PLATFORM);
      assertThat(denials).hasSizeBetween(1, 60);
      assertThat(denials)
          .allSatisfy(
              event -> {
                assertThat(event.action()).isEqualTo("definitions:read");
                assertThat(event.requestId()).startsWith("request-");
                assertThat(event.resource()).startsWith("tenant/00000000-0000-0007-");
              });
      assertThat(
              denials.stream()
                  .mapToLong(event -> (Long) event.detail().members().getOrDefault("count", 1L))
                  .sum())
          .isEqualTo(500);
      assertThat(denials(server, new TenantId(new UUID(7, 7)))).isEmpty();
    }
  }

  @Test
  void ofAQuotaItIsInTheTenantsChain() {
    try (TestServer server = TestServer.start(new InMemoryTenantStore())) {
      var client = new Client(server.uri());
      String id = client.post("/api/v1/tenants", "{\"name\": \"t\"}").expect(201).text("id");
      client.put("/api/v1/admin/tenants/" + id + "/quota", "{\"requestsPerMonth\": 1}").expect(200);
      client.get("/api/v1/tenants/" + id + "/rules").expect(200);
      client.get("/api/v1/tenants/" + id + "/rules").problem(429, "tenant_quota_exceeded");
      client.get("/api/v1/tenants/" + id + "/nothing").expect(404);

      TenantId tenant = TenantId.parse(id).orElseThrow();
      assertThat(denials(server, tenant))
          .singleElement()
          .satisfies(
              event ->
                  assertThat(event.detail().members())
                      .isEqualTo(Map.of("code", "tenant_quota_exceeded")));
      assertThat(denials(server, TenantId.PLATFORM)).isEmpty();
    }
  }
}
