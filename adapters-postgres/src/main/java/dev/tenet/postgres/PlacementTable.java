package dev.tenet.postgres;

import dev.tenet.domain.tenant.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Says in which database each tenant is, and is believed. It is kept in the database called `main`; a tenant that it does
/// not name is there, too.
final class PlacementTable {

  /// The database that has the table.
  static final String MAIN = "main";

  private final TenantTransaction transactions;

  /// @param transactions of the database called `main`
  PlacementTable(TenantTransaction transactions) {
    this.transactions = transactions;
  }

  /// {@return the name of the database that has the tenant, if there is such a tenant}
  String find(TenantId tenant) {
    return transactions.inTenant(tenant, handle -> find(handle, tenant).orElse(MAIN));
  }

  /// {@return what is recorded for the tenant}
  Optional<String> recorded(TenantId tenant) {
    return transactions.inTenant(tenant, handle -> find(handle, tenant));
  }

  private static Optional<String> find(Handle handle, TenantId tenant) {
    return handle
        .createQuery("SELECT database FROM placements WHERE tenant_id = :tenant")
        .bind("tenant", tenant.value())
        .mapTo(String.class)
        .findOne();
  }

  /// {@return the names of the databases that have something of the tenant: the one that has the tenant first, and those
  /// that had it}
  List<String> everywhere(TenantId tenant) {
    return transactions.inTenant(
        tenant,
        handle ->
            handle
                .createQuery(
                    "SELECT place FROM placements, unnest(database || formerly) WITH ORDINALITY AS"
                        + " each(place, number) WHERE tenant_id = :tenant"
                        + " GROUP BY place ORDER BY min(number)")
                .bind("tenant", tenant.value())
                .mapTo(String.class)
                .list()
                .stream()
                .collect(
                    Collectors.collectingAndThen(
                        Collectors.toList(), found -> found.isEmpty() ? List.of(MAIN) : found)));
  }

  /// Records where a new tenant is to be created, unless that was recorded before, or the tenant is in `main` already.
  ///
  /// @return the database that has the tenant now, or will have it
  String place(TenantId tenant, String database) {
    return transactions.inTenant(
        tenant,
        handle -> {
          boolean inMain =
              handle
                  .createQuery("SELECT true FROM tenants WHERE tenant_id = :tenant")
                  .bind("tenant", tenant.value())
                  .mapTo(Boolean.class)
                  .findOne()
                  .isPresent();
          if (!inMain) {
            handle
                .createUpdate(
                    "INSERT INTO placements (tenant_id, database) VALUES (:tenant, :database)"
                        + " ON CONFLICT DO NOTHING")
                .bind("tenant", tenant.value())
                .bind("database", database)
                .execute();
          }
          return find(handle, tenant).orElse(MAIN);
        });
  }

  /// Records that the tenant is elsewhere from now on, and where it was.
  void replace(TenantId tenant, String before, String database) {
    transactions.inTenant(
        tenant,
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO placements (tenant_id, database, formerly)"
                        + " VALUES (:tenant, :database, ARRAY[:before])"
                        + " ON CONFLICT (tenant_id)"
                        + " DO UPDATE SET database = excluded.database, placed_at = now(),"
                        + " formerly = array_remove(placements.formerly, :before) || excluded.formerly")
                .bind("tenant", tenant.value())
                .bind("before", before)
                .bind("database", database)
                .execute());
  }

  /// {@return those of the tenants for which a database is recorded, with its name}
  Map<TenantId, String> recorded(Collection<TenantId> tenants) {
    UUID[] ids = tenants.stream().map(TenantId::value).toArray(UUID[]::new);
    return transactions.acrossTenants(
        handle ->
            handle
                .createQuery(
                    "SELECT tenant_id, database FROM placements WHERE tenant_id = ANY(:tenants)")
                .bind("tenants", ids)
                .map(
                    (row, context) ->
                        Map.entry(
                            new TenantId(row.getObject("tenant_id", UUID.class)),
                            row.getString("database")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /// {@return the names of all databases that tenants were placed in}
  List<String> databases() {
    return transactions.acrossTenants(
        handle ->
            handle
                .createQuery("SELECT DISTINCT database FROM placements ORDER BY database")
                .mapTo(String.class)
                .list());
  }
}
