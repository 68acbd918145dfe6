package dev.tenet.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import dev.tenet.application.access.AccessRules;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.audit.Denials;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.governance.GovernanceObserver;
import dev.tenet.application.governance.QuotaLedger;
import dev.tenet.application.governance.Quotas;
import dev.tenet.application.governance.UsageMeter;
import dev.tenet.application.observer.Observers;
import dev.tenet.http.governance.TenantGate;
import dev.tenet.http.governance.TenantHeaders;
import dev.tenet.http.identity.Authenticator;
import dev.tenet.spi.GovernanceListener;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/// What keeps tenants within what they may do and use.
@Module
final class GovernanceModule {

  private GovernanceModule() {}

  @Provides
  @Singleton
  static Quotas quotas(QuotaLedger ledger, InstantSource clock) {
    return new Quotas(ledger, clock);
  }

  @Provides
  @Singleton
  static UsageMeter usage(QuotaLedger ledger, InstantSource clock) {
    return new UsageMeter(ledger, clock);
  }

  @Provides
  @Singleton
  static AccessRules accessRules(CurrentRuleSets ruleSets, InstantSource clock) {
    return new AccessRules(ruleSets, clock);
  }

  @Provides
  @Singleton
  static Observers<GovernanceObserver> observers(List<GovernanceListener> listeners) {
    return new Observers<>(listeners);
  }

  @Provides
  @Singleton
  static Denials denials(AuditLog log) {
    return new Denials(log, Denials.Settings.DEFAULT);
  }

  @Provides
  @Singleton
  static TenantGate gate(
      AccessRules rules,
      CurrentRuleSets ruleSets,
      Quotas quotas,
      UsageMeter usage,
      Observers<GovernanceObserver> observers,
      TenantHeaders.Settings headers,
      Authenticator authenticator,
      Denials denials,
      InstantSource clock) {
    return new TenantGate(
        new TenantGate.Governance(rules, ruleSets, quotas, usage, observers, denials, clock),
        new TenantHeaders(headers),
        authenticator);
  }
}
