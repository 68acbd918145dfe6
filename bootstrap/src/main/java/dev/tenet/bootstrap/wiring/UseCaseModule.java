package dev.tenet.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import dev.tenet.application.access.AccessRules;
import dev.tenet.application.access.ExplainAccess;
import dev.tenet.application.access.FoundPlatform;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.audit.ListAudit;
import dev.tenet.application.audit.RecordLoggingChange;
import dev.tenet.application.change.ChangeObserver;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.application.derived.DefineDerivedField;
import dev.tenet.application.derived.FindDerivedField;
import dev.tenet.application.derived.ListDerivedFields;
import dev.tenet.application.derived.RemoveDerivedField;
import dev.tenet.application.derived.ReviseDerivedField;
import dev.tenet.application.evaluation.CheckExpression;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.DecisionObserver;
import dev.tenet.application.evaluation.EvaluateFacts;
import dev.tenet.application.evaluation.PastRuleSets;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.governance.Quotas;
import dev.tenet.application.governance.UsageMeter;
import dev.tenet.application.history.ListHistory;
import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.identity.IdSource;
import dev.tenet.application.identity.KnownKeys;
import dev.tenet.application.identity.RevokeAllKeys;
import dev.tenet.application.observer.Observers;
import dev.tenet.application.plugin.PluginCatalogue;
import dev.tenet.application.recording.DecisionRecorder;
import dev.tenet.application.rule.AddRule;
import dev.tenet.application.rule.FindRule;
import dev.tenet.application.rule.ListRules;
import dev.tenet.application.rule.RemoveRule;
import dev.tenet.application.rule.ReviseRule;
import dev.tenet.application.schema.ActivateSchema;
import dev.tenet.application.schema.DefineSchema;
import dev.tenet.application.schema.FindSchema;
import dev.tenet.application.schema.ListSchemaVersions;
import dev.tenet.application.store.Definitions;
import dev.tenet.application.store.Placement;
import dev.tenet.application.store.TenantStore;
import dev.tenet.application.tenant.CreateTenant;
import dev.tenet.application.tenant.DeleteTenant;
import dev.tenet.application.tenant.FindTenant;
import dev.tenet.application.tenant.FindUsage;
import dev.tenet.application.tenant.GovernTenant;
import dev.tenet.application.tenant.ListTenants;
import dev.tenet.application.tenant.RenameTenant;
import dev.tenet.application.tenant.ResetQuota;
import dev.tenet.domain.change.Decider;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.usecase.UseCases;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/// The use cases, and the corridors they share.
@Module
final class UseCaseModule {

  private UseCaseModule() {}

  @Provides
  @Singleton
  static TenantChanges changes(
      TenantStore store,
      RuleCompiler compiler,
      CurrentRuleSets ruleSets,
      Limits limits,
      Observers<ChangeObserver> observers,
      InstantSource clock) {
    return new TenantChanges(store, compiler, ruleSets, new Decider(limits), observers, clock);
  }

  @Provides
  @Singleton
  static Definitions definitions(TenantStore store, CurrentRuleSets ruleSets) {
    return new Definitions(store, ruleSets::state, ruleSets::seen);
  }

  @Provides
  static UseCases.Tenants tenants(
      TenantChanges changes,
      IdSource ids,
      Definitions definitions,
      TenantStore store,
      Optional<Placement> placement,
      ApiKeyStore keys,
      KnownKeys known,
      PluginCatalogue plugins,
      UsageMeter usage,
      Quotas quotas,
      AuditLog audit,
      InstantSource clock) {
    var revokeAllKeys = new RevokeAllKeys(keys, known::forget, clock, audit);
    return new UseCases.Tenants(
        new CreateTenant(changes, ids, placement),
        new RenameTenant(changes),
        new DeleteTenant(
            changes,
            deletion -> {
              revokeAllKeys.revoke(deletion.tenant(), deletion.actor(), deletion.requestId());
              plugins.removeAll(deletion.tenant());
            }),
        new FindTenant(definitions),
        new ListTenants(store),
        new ListHistory(definitions),
        new GovernTenant(changes),
        new FindUsage(definitions, usage),
        new ResetQuota(definitions, quotas, audit, clock));
  }

  @Provides
  static UseCases.Access access(AccessRules rules) {
    return new UseCases.Access(new ExplainAccess(rules));
  }

  @Provides
  static FoundPlatform foundPlatform(TenantChanges changes, IdSource ids) {
    return new FoundPlatform(changes, ids);
  }

  @Provides
  static UseCases.Schemas schemas(
      TenantChanges changes, IdSource ids, Definitions definitions, TenantStore store) {
    return new UseCases.Schemas(
        new DefineSchema(changes, ids),
        new ActivateSchema(store, changes),
        new FindSchema(definitions, store),
        new ListSchemaVersions(definitions, store),
        new ListHistory(definitions));
  }

  @Provides
  static UseCases.DerivedFields derivedFields(
      TenantChanges changes, IdSource ids, Definitions definitions) {
    return new UseCases.DerivedFields(
        new DefineDerivedField(changes, ids),
        new ReviseDerivedField(changes),
        new RemoveDerivedField(changes),
        new FindDerivedField(definitions),
        new ListDerivedFields(definitions));
  }

  @Provides
  static UseCases.Rules rules(TenantChanges changes, IdSource ids, Definitions definitions) {
    return new UseCases.Rules(
        new AddRule(changes, ids),
        new ReviseRule(changes),
        new RemoveRule(changes),
        new FindRule(definitions),
        new ListRules(definitions));
  }

  @Provides
  static UseCases.Evaluation evaluation(
      CurrentRuleSets ruleSets,
      PastRuleSets past,
      IdSource ids,
      InstantSource clock,
      Observers<DecisionObserver> observers,
      DecisionRecorder recorder,
      Definitions definitions,
      RuleCompiler compiler) {
    return new UseCases.Evaluation(
        new EvaluateFacts(ruleSets, past, ids, clock, observers, recorder),
        new CheckExpression(definitions, compiler));
  }

  @Provides
  static UseCases.Audit audit(AuditLog log, TenantStore store, InstantSource clock) {
    return new UseCases.Audit(new ListAudit(log, store), new RecordLoggingChange(log, clock));
  }

  @Provides
  @Singleton
  static UseCases useCases(
      UseCases.Tenants tenants,
      UseCases.Schemas schemas,
      UseCases.DerivedFields derivedFields,
      UseCases.Rules rules,
      UseCases.Evaluation evaluation,
      UseCases.Access access,
      UseCases.Keys keys,
      UseCases.Audit audit,
      UseCases.Decisions decisions,
      UseCases.Plugins plugins) {
    return new UseCases(
        tenants,
        schemas,
        derivedFields,
        rules,
        evaluation,
        access,
        keys,
        audit,
        decisions,
        plugins);
  }
}
