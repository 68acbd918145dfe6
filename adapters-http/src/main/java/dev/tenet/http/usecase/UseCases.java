package dev.tenet.http.usecase;

import dev.tenet.application.access.ExplainAccess;
import dev.tenet.application.audit.ListAudit;
import dev.tenet.application.audit.RecordLoggingChange;
import dev.tenet.application.decision.FindDecision;
import dev.tenet.application.decision.ReplayDecision;
import dev.tenet.application.decision.SearchDecisions;
import dev.tenet.application.derived.DefineDerivedField;
import dev.tenet.application.derived.FindDerivedField;
import dev.tenet.application.derived.ListDerivedFields;
import dev.tenet.application.derived.RemoveDerivedField;
import dev.tenet.application.derived.ReviseDerivedField;
import dev.tenet.application.evaluation.CheckExpression;
import dev.tenet.application.evaluation.EvaluateFacts;
import dev.tenet.application.history.ListHistory;
import dev.tenet.application.identity.FindKey;
import dev.tenet.application.identity.IssueKey;
import dev.tenet.application.identity.ListKeys;
import dev.tenet.application.identity.RevokeKey;
import dev.tenet.application.plugin.ActivatePlugin;
import dev.tenet.application.plugin.FindReleases;
import dev.tenet.application.plugin.FindScript;
import dev.tenet.application.plugin.InvokeFunction;
import dev.tenet.application.plugin.PublishPlugin;
import dev.tenet.application.plugin.PublishScript;
import dev.tenet.application.plugin.TryScript;
import dev.tenet.application.rule.AddRule;
import dev.tenet.application.rule.FindRule;
import dev.tenet.application.rule.ListRules;
import dev.tenet.application.rule.RemoveRule;
import dev.tenet.application.rule.ReviseRule;
import dev.tenet.application.schema.ActivateSchema;
import dev.tenet.application.schema.DefineSchema;
import dev.tenet.application.schema.FindSchema;
import dev.tenet.application.schema.ListSchemaVersions;
import dev.tenet.application.tenant.CreateTenant;
import dev.tenet.application.tenant.DeleteTenant;
import dev.tenet.application.tenant.FindTenant;
import dev.tenet.application.tenant.FindUsage;
import dev.tenet.application.tenant.GovernTenant;
import dev.tenet.application.tenant.ListTenants;
import dev.tenet.application.tenant.RenameTenant;
import dev.tenet.application.tenant.ResetQuota;

/// All that the HTTP interface can do, by capability.
public record UseCases(
    Tenants tenants,
    Schemas schemas,
    DerivedFields derivedFields,
    Rules rules,
    Evaluation evaluation,
    Access access,
    Keys keys,
    Audit audit,
    Decisions decisions,
    Plugins plugins) {

  /// The use cases of tenants.
  public record Tenants(
      CreateTenant create,
      RenameTenant rename,
      DeleteTenant delete,
      FindTenant find,
      ListTenants list,
      ListHistory history,
      GovernTenant govern,
      FindUsage usage,
      ResetQuota resetQuota) {}

  /// The use cases of access.
  public record Access(ExplainAccess explain) {}

  /// The use cases of schemas.
  public record Schemas(
      DefineSchema define,
      ActivateSchema activate,
      FindSchema find,
      ListSchemaVersions versions,
      ListHistory history) {}

  /// The use cases of derived fields.
  public record DerivedFields(
      DefineDerivedField define,
      ReviseDerivedField revise,
      RemoveDerivedField remove,
      FindDerivedField find,
      ListDerivedFields list) {}

  /// The use cases of rules.
  public record Rules(
      AddRule add, ReviseRule revise, RemoveRule remove, FindRule find, ListRules list) {}

  /// The use cases of API keys.
  public record Keys(IssueKey issue, RevokeKey revoke, FindKey find, ListKeys list) {}

  /// The use cases of the audit.
  public record Audit(ListAudit list, RecordLoggingChange recordLoggingChange) {}

  /// The use cases of evaluation.
  public record Evaluation(EvaluateFacts evaluate, CheckExpression check) {}

  /// The use cases of decisions that were kept.
  public record Decisions(FindDecision find, SearchDecisions search, ReplayDecision replay) {}

  /// The use cases of plugins and scripts.
  public record Plugins(
      PublishPlugin publish,
      FindReleases releases,
      ActivatePlugin activate,
      PublishScript scripts,
      TryScript trial,
      FindScript script,
      InvokeFunction invoke) {}
}
