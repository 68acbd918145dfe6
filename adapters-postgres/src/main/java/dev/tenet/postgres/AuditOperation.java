package dev.tenet.postgres;

import dev.tenet.application.audit.AuditFilter;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.audit.AuditChain.Verification;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.spi.StoreProvider;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/// What operators do with the audit, beside the servers that run on the same databases.
///
/// Every method throws [dev.tenet.application.store.StoreUnavailable] when a database does not answer, and
/// `IllegalArgumentException` when something cannot be done so, both with a message for the operator.
public final class AuditOperation implements StoreOperation {

  private static final int PIECE = 500;

  private final Databases databases;
  private final PlacedAuditLog placed;

  private AuditOperation(Databases databases) {
    this.databases = databases;
    placed = new PlacedAuditLog(databases);
  }

  /// A chain that was gone through.
  ///
  /// @param database where it is
  public record Verified(TenantId tenant, String database, Verification verification) {}

  /// Opens the databases that the settings name. Migrates none.
  public static AuditOperation open(StoreProvider.Settings settings) {
    return new AuditOperation(TenantOperation.databases(settings));
  }

  /// Goes through all chains in all databases: those of tenants, deleted ones among them, and that of the platform.
  public void verify(Consumer<Verified> consumer) {
    for (String name : databases.names()) {
      Database database = databases.get(name);
      for (String id : chains(database)) {
        var tenant = new TenantId(UUID.fromString(id));
        consumer.accept(new Verified(tenant, name, database.auditHere().verify(tenant)));
      }
    }
  }

  /// A tenant that has neither a record nor the end of a chain is looked at, too: it may have lost both.
  private static SortedSet<String> chains(Database database) {
    return database
        .transactions()
        .acrossTenants(
            handle ->
                new TreeSet<>(
                    handle
                        .createQuery(
                            "SELECT tenant_id FROM audit_heads UNION SELECT tenant_id FROM audit_log"
                                + " UNION SELECT tenant_id FROM tenants")
                        .mapTo(String.class)
                        .list()));
  }

  /// Goes through the chain of a tenant, or of the platform.
  ///
  /// @throws IllegalArgumentException with a message for the operator when there is no such tenant, and never was one
  public Verified verify(TenantId tenant) {
    requireKnown(tenant);
    return new Verified(tenant, placed.place(tenant), placed.verify(tenant));
  }

  /// Tells the newest records of a tenant, or of the platform, newest first.
  ///
  /// @param most how many
  /// @throws IllegalArgumentException with a message for the operator when there is no such tenant, and never was one
  public void list(TenantId tenant, AuditFilter filter, int most, Consumer<AuditRecord> consumer) {
    requireKnown(tenant);
    int left = most;
    Optional<Long> end = Optional.empty();
    do {
      var page = placed.list(tenant, filter, new PageRequest<>(Math.min(left, PIECE), end));
      List<AuditRecord> records = page.items();
      records.forEach(consumer);
      left -= records.size();
      end = page.end();
    } while (left > 0 && end.isPresent());
  }

  private void requireKnown(TenantId tenant) {
    boolean known =
        tenant.equals(TenantId.PLATFORM)
            || placed.started(tenant)
            || databases.get(placed.place(tenant)).tenants().revision(tenant).isPresent();
    if (!known) {
      throw new IllegalArgumentException(
          "There is no tenant %s, and nothing is recorded of one: tenet tenants list shows all."
              .formatted(tenant));
    }
  }

  @Override
  public void close() {
    databases.close();
  }
}
