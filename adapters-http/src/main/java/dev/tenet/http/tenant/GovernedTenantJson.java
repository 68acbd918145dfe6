package dev.tenet.http.tenant;

import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.PageTokens;
import dev.tenet.http.schema.EffectsJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tenant with how it is governed, as administrators see it.
///
/// @param effects of the change that this answers, if it had any
public record GovernedTenantJson(
    String id,
    String name,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Long revision,
    SettingsJson settings,
    @Nullable EffectsJson effects) {

  static GovernedTenantJson of(Tenant tenant, @Nullable Long revision) {
    return of(tenant, revision, null);
  }

  static GovernedTenantJson of(ChangeResult.Accepted<Tenant> accepted) {
    return of(accepted.value(), accepted.revision(), EffectsJson.ofOthers(accepted.changes()));
  }

  private static GovernedTenantJson of(
      Tenant tenant, @Nullable Long revision, @Nullable EffectsJson effects) {
    return new GovernedTenantJson(
        tenant.id().toString(),
        tenant.name(),
        tenant.createdAt(),
        tenant.updatedAt(),
        revision,
        SettingsJson.of(tenant.settings()),
        effects);
  }

  /// A page of tenants.
  public record ListJson(List<GovernedTenantJson> tenants, @Nullable String nextPageToken) {
    static ListJson of(Page<Tenant, Age> page, Call call) {
      return new ListJson(
          page.items().stream().map(tenant -> GovernedTenantJson.of(tenant, null)).toList(),
          call.nextToken(page, PageTokens.BY_AGE));
    }
  }
}
