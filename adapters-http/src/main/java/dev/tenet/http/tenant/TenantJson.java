package dev.tenet.http.tenant;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.PageTokens;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tenant.
public record TenantJson(
    String id, String name, Instant createdAt, Instant updatedAt, @Nullable Long revision) {

  static TenantJson of(Tenant tenant, @Nullable Long revision) {
    return new TenantJson(
        tenant.id().toString(), tenant.name(), tenant.createdAt(), tenant.updatedAt(), revision);
  }

  /// A page of tenants.
  public record ListJson(List<TenantJson> tenants, @Nullable String nextPageToken) {
    static ListJson of(Page<Tenant, Age> page, Call call) {
      return new ListJson(
          page.items().stream().map(tenant -> TenantJson.of(tenant, null)).toList(),
          call.nextToken(page, PageTokens.BY_AGE));
    }
  }
}
