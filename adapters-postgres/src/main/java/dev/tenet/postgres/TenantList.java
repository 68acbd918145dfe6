package dev.tenet.postgres;

import dev.tenet.application.reading.Age;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.domain.tenant.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/// Reads the list of a database's tenants, newest first.
final class TenantList {

  /// Newer than every tenant.
  static final Age NEWEST = new Age(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

  private TenantList() {}

  /// A tenant in the list.
  ///
  /// @param frozen whether it is being moved, or this is a copy of it that a move left behind
  record Row(Tenant tenant, long revision, boolean frozen) {
    Age age() {
      return Age.of(tenant);
    }
  }

  /// {@return the tenants older than `before` that the filter accepts}
  static List<Row> read(TenantTransaction transactions, TenantFilter filter, Age before, int most) {
    return transactions.acrossTenants(
        handle -> {
          Query query =
              handle.createQuery(
                  "SELECT * FROM tenants WHERE (created_at, tenant_id) < (:createdAt, :tenant)"
                      + (filter.name().isPresent() ? " AND name = :name" : "")
                      + (filter.suspended().isPresent()
                          ? " AND coalesce((settings ->> 'suspended')::boolean, false) = :suspended"
                          : "")
                      + " ORDER BY created_at DESC, tenant_id DESC LIMIT :most");
          filter.suspended().ifPresent(wanted -> query.bind("suspended", wanted));
          filter.name().ifPresent(text -> query.bind("name", StorableText.store(text)));
          return query
              .bind("createdAt", before.createdAt())
              .bind("tenant", before.id())
              .bind("most", most)
              .map(
                  (row, context) ->
                      new Row(Rows.tenant(row), row.getLong("revision"), row.getBoolean("frozen")))
              .list();
        });
  }
}
