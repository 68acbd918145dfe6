package dev.tenet.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.change.ChangeObserver;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.governance.QuotaLedger;
import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.observer.Observers;
import dev.tenet.application.recording.DecisionBuffer;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.store.Placement;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.governance.TenantHeaders;
import dev.tenet.inmemory.InMemoryApiKeyStore;
import dev.tenet.inmemory.InMemoryAuditLog;
import dev.tenet.inmemory.InMemoryDecisionLog;
import dev.tenet.inmemory.InMemoryQuotaLedger;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import dev.tenet.spi.GovernanceListener;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Takes the parts apart. What a store does not keep is kept in memory.
@Module
final class PartsModule {

  private PartsModule() {}

  @Provides
  static Limits limits(Parts parts) {
    return parts.limits();
  }

  @Provides
  static CurrentRuleSets.Settings memory(Parts parts) {
    return parts.memory();
  }

  @Provides
  static TenantHeaders.Settings headers(Parts parts) {
    return parts.headers();
  }

  @Provides
  static Identity identity(Parts parts) {
    return parts.identity();
  }

  @Provides
  @Singleton
  static ApiKeyStore apiKeys(Parts parts) {
    return parts.store().apiKeys().orElseGet(InMemoryApiKeyStore::new);
  }

  @Provides
  static DecisionBuffer.Settings buffering(Parts parts) {
    return parts.buffering();
  }

  @Provides
  static List<Function> functions(Parts parts) {
    return parts.extensions().functions();
  }

  @Provides
  static List<DecisionListener> listeners(Parts parts) {
    return parts.extensions().listeners();
  }

  @Provides
  @Singleton
  static Observers<ChangeObserver> changeObservers(Parts parts) {
    return new Observers<>(parts.extensions().changeListeners());
  }

  @Provides
  static List<GovernanceListener> governanceListeners(Parts parts) {
    return parts.extensions().governanceListeners();
  }

  @Provides
  @Singleton
  static TenantStore tenants(Parts parts) {
    return parts.store().tenants();
  }

  @Provides
  @Singleton
  static Optional<Placement> placement(Parts parts) {
    return parts.store().placement();
  }

  @Provides
  @Singleton
  static DecisionLog decisions(Parts parts) {
    return parts.store().decisions().orElseGet(InMemoryDecisionLog::new);
  }

  @Provides
  @Singleton
  static QuotaLedger quotas(Parts parts) {
    return parts.store().quotas().orElseGet(InMemoryQuotaLedger::new);
  }

  @Provides
  @Singleton
  static AuditLog audit(Parts parts) {
    return parts.store().audit().orElseGet(InMemoryAuditLog::new);
  }
}
