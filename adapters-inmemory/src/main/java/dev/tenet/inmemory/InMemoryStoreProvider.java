package dev.tenet.inmemory;

import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.store.TenantStore;
import dev.tenet.spi.StoreProvider;
import java.util.Optional;

/// Opens an [InMemoryTenantStore].
public final class InMemoryStoreProvider implements StoreProvider {

  @Override
  public String name() {
    return "inmemory";
  }

  @Override
  public OpenStore open(Settings settings) {
    var audit = new InMemoryAuditLog();
    TenantStore tenants = new InMemoryTenantStore(audit);
    DecisionLog decisions = new InMemoryDecisionLog();
    return new OpenStore() {
      @Override
      public TenantStore tenants() {
        return tenants;
      }

      @Override
      public Optional<DecisionLog> decisions() {
        return Optional.of(decisions);
      }

      @Override
      public Optional<AuditLog> audit() {
        return Optional.of(audit);
      }

      @Override
      public void close() {}
    };
  }
}
