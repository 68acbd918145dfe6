package dev.tenet.bootstrap.http;

import dev.tenet.application.change.TenantChanges;
import dev.tenet.application.derived.DefineDerivedField;
import dev.tenet.application.derived.FindDerivedField;
import dev.tenet.application.derived.ListDerivedFields;
import dev.tenet.application.derived.RemoveDerivedField;
import dev.tenet.application.derived.ReviseDerivedField;
import dev.tenet.application.evaluation.CheckExpression;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.EvaluateFacts;
import dev.tenet.application.identity.IdSource;
import dev.tenet.application.reading.Definitions;
import dev.tenet.application.rule.AddRule;
import dev.tenet.application.rule.FindRule;
import dev.tenet.application.rule.ListRules;
import dev.tenet.application.rule.RemoveRule;
import dev.tenet.application.rule.ReviseRule;
import dev.tenet.application.schema.ActivateSchema;
import dev.tenet.application.schema.DefineSchema;
import dev.tenet.application.schema.FindSchema;
import dev.tenet.application.schema.ListSchemaChanges;
import dev.tenet.application.schema.ListSchemaVersions;
import dev.tenet.application.tenant.CreateTenant;
import dev.tenet.application.tenant.DeleteTenant;
import dev.tenet.application.tenant.FindTenant;
import dev.tenet.application.tenant.ListTenants;
import dev.tenet.application.tenant.RenameTenant;
import dev.tenet.application.tenant.TenantStore;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.change.Decider;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.TenetHttpServer;
import dev.tenet.http.UseCases;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// A server with real parts on a free port.
final class TestServer implements AutoCloseable {

  private final TenetHttpServer server;

  private TestServer(TenetHttpServer server) {
    this.server = server;
  }

  static TestServer start(TenantStore store) {
    return start(store, Limits.DEFAULT);
  }

  static TestServer start(TenantStore store, Limits limits) {
    IdSource ids = UUID::randomUUID;
    var compiler = new CelRuleCompiler(limits, List.of());
    var ruleSets = new CurrentRuleSets(store, compiler);
    var clock = InstantSource.system();
    var changes = new TenantChanges(store, compiler, ruleSets, new Decider(limits), clock);
    var definitions = new Definitions(store);
    var useCases =
        new UseCases(
            new UseCases.Tenants(
                new CreateTenant(changes, ids),
                new RenameTenant(changes),
                new DeleteTenant(changes),
                new FindTenant(definitions),
                new ListTenants(store)),
            new UseCases.Schemas(
                new DefineSchema(changes, ids),
                new ActivateSchema(store, changes),
                new FindSchema(definitions, store),
                new ListSchemaVersions(definitions, store),
                new ListSchemaChanges(definitions, store)),
            new UseCases.DerivedFields(
                new DefineDerivedField(changes, ids),
                new ReviseDerivedField(changes),
                new RemoveDerivedField(changes),
                new FindDerivedField(definitions),
                new ListDerivedFields(definitions)),
            new UseCases.Rules(
                new AddRule(changes, ids),
                new ReviseRule(changes),
                new RemoveRule(changes),
                new FindRule(definitions),
                new ListRules(definitions)),
            new UseCases.Evaluation(
                new EvaluateFacts(ruleSets, ids, clock, List.of()),
                new CheckExpression(definitions, compiler)));
    return new TestServer(
        TenetHttpServer.start(
            new TenetHttpServer.Settings(
                "127.0.0.1", 0, limits, Duration.ofSeconds(60), Duration.ofSeconds(5)),
            useCases,
            new TenetHttpServer.Health(store::available, ruleSets::size),
            ids));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Override
  public void close() {
    server.close();
  }
}
