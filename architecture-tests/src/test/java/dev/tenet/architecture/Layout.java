package dev.tenet.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which modules there are, where their packages are, and what has been agreed upon by name.
final class Layout {

  /// The modules by the package after `dev.tenet`.
  static final List<String> MODULES =
      List.of(
          "domain",
          "application",
          "spi",
          "testkit",
          "policies",
          "cel",
          "http",
          "inmemory",
          "wasm",
          "artefacts",
          "bootstrap");

  /// Modules that are planned; the rules hold for them as soon as they are there.
  static final List<String> PLANNED = List.of("postgres");

  static final List<String> ADAPTERS =
      List.of("artefacts", "cel", "http", "inmemory", "postgres", "wasm");

  /// Where each library may be seen; module packages by library package.
  static final Map<String, String> HOMES =
      Map.ofEntries(
          Map.entry("dev.cel..", "cel"),
          Map.entry("java.lang.classfile..", "cel"),
          Map.entry("io.github.bucket4j..", "http"),
          Map.entry("com.github.benmanes.caffeine..", "application,cel,http,postgres"),
          Map.entry("com.nimbusds..", "http"),
          Map.entry("io.helidon..", "http"),
          Map.entry("jakarta.json..", "http"),
          Map.entry("org.eclipse.yasson..", "http"),
          Map.entry("com.fasterxml.jackson..", "postgres,wasm"),
          Map.entry("run.endive..", "wasm"),
          Map.entry("io.roastedroot..", "wasm"),
          Map.entry("io.minio..", "artefacts"),
          Map.entry("okhttp3..", "artefacts"),
          Map.entry("org.jdbi..", "postgres"),
          Map.entry("java.sql..", "postgres"),
          Map.entry("javax.sql..", "postgres"),
          Map.entry("org.postgresql..", "postgres"),
          Map.entry("com.zaxxer..", "postgres"),
          Map.entry("org.flywaydb..", "postgres"),
          Map.entry("dagger..", "bootstrap"),
          Map.entry("javax.inject..", "bootstrap"),
          Map.entry("jakarta.inject..", "bootstrap"),
          Map.entry("io.micrometer..", "bootstrap"),
          Map.entry("io.opentelemetry..", "bootstrap"),
          Map.entry("picocli..", "bootstrap"),
          Map.entry("org.snakeyaml..", "bootstrap"));

  /// The doors of the adapters. Wire records, named `*Json`, are public for JSON-B.
  static final Set<String> ENTRY_POINTS =
      Set.of(
          "dev.tenet.cel.CelRuleCompiler",
          "dev.tenet.cel.EmbeddedRules",
          "dev.tenet.inmemory.InMemoryTenantStore",
          "dev.tenet.inmemory.InMemoryAuditLog",
          "dev.tenet.inmemory.InMemoryStoreProvider",
          "dev.tenet.inmemory.InMemoryApiKeyStore",
          "dev.tenet.inmemory.InMemoryQuotaLedger",
          "dev.tenet.inmemory.InMemoryDecisionLog",
          "dev.tenet.inmemory.InMemoryPluginCatalogue",
          "dev.tenet.inmemory.InMemoryArtefactStore",
          "dev.tenet.http.TenetHttpServer",
          "dev.tenet.http.governance.TenantGate",
          "dev.tenet.http.governance.TenantHeaders",
          "dev.tenet.http.documentation.StoreHealth",
          "dev.tenet.http.identity.Authenticator",
          "dev.tenet.http.identity.CredentialAuthenticator",
          "dev.tenet.http.identity.LocalAuthenticator",
          "dev.tenet.http.identity.TokenSettings",
          "dev.tenet.http.observability.AccessLogging",
          "dev.tenet.http.observability.LogLevel",
          "dev.tenet.http.observability.Observability",
          "dev.tenet.http.routing.RequestObserver",
          "dev.tenet.http.routing.ServedRequest",
          "dev.tenet.http.routing.TraceParent",
          "dev.tenet.http.usecase.UseCases",
          "dev.tenet.http.json.StrictJson",
          "dev.tenet.http.json.PlainJson",
          "dev.tenet.http.evaluation.DecisionWriter",
          "dev.tenet.postgres.PostgresStoreProvider",
          "dev.tenet.postgres.PostgresOperation",
          "dev.tenet.postgres.StoreOperation",
          "dev.tenet.postgres.TenantOperation",
          "dev.tenet.postgres.KeyOperation",
          "dev.tenet.postgres.AuditOperation",
          "dev.tenet.wasm.WasmGuestRuntime",
          "dev.tenet.artefacts.DirectoryArtefactStore",
          "dev.tenet.artefacts.S3ArtefactStore",
          "dev.tenet.artefacts.S3Keys",
          "dev.tenet.artefacts.S3Settings");

  /// Port methods that do not take the `TenantId` first: those of all tenants, those that get it inside a `TenantState` or an
  /// `ApiKey`, and those of what belongs to one tenant.
  static final Set<String> WITHOUT_TENANT_ID =
      Set.of(
          "TenantStore.tenants",
          "TenantStore.create",
          "TenantStore.available",
          "Placement.names",
          "RuleCompiler.compile",
          "RuleCompiler.check",
          "RuleCompiler.isOutdated",
          "RuleSet.revision",
          "RuleSet.schemaVersion",
          "RuleSet.size",
          "RuleSet.isIndexed",
          "RuleSet.isHot",
          "RuleSet.check",
          "QuotaLedger.use",
          "RuleSet.layout",
          "RuleSet.evaluate",
          "RuleSet.secrets",
          "DecisionLog.write",
          "DecisionLog.tenants",
          "DecisionLog.tidy",
          "RevisionFeed.follow",
          "Follower.looked",
          "Following.age",
          "Following.ageOfMain",
          "Following.close",
          "GuestRuntime.prepare",
          "GuestRuntime.load",
          "GuestRuntime.close",
          "Guest.answers",
          "Guest.memory",
          "Guest.close",
          "GuestHost.invoke",
          "GuestHost.log",
          "IdSource.next",
          "ApiKeyStore.add",
          "ApiKeyStore.addFirst",
          "ApiKeyStore.byPrefix",
          "ApiKeyStore.used",
          "ArtefactStore.keep",
          "ArtefactStore.find",
          "ArtefactStore.removeUnused",
          "InvocationObserver.invoked",
          "JsonFormat.read",
          "JsonFormat.write",
          "PluginCalls.call",
          "PluginCatalogue.artefacts");

  /// Interfaces of the domain that adapters implement.
  static final Set<String> OPEN_TO_ADAPTERS = Set.of("dev.tenet.domain.evaluation.FactSource");

  /// Classes outside bootstrap that need chance: a secret must be one that nobody can inject.
  static final Set<String> MAKERS_OF_SECRETS =
      Set.of("dev.tenet.postgres.embedded.DataDirectory", "dev.tenet.application.identity.NewKeys");

  /// Classes in the packages of use cases that are none.
  static final Set<String> NO_USE_CASES =
      Set.of(
          "dev.tenet.application.evaluation.CurrentRuleSets",
          "dev.tenet.application.evaluation.InForce",
          "dev.tenet.application.evaluation.PastRuleSets",
          "dev.tenet.application.evaluation.Recompilation",
          "dev.tenet.application.evaluation.SharedLoads",
          "dev.tenet.application.evaluation.TimeSlice",
          "dev.tenet.application.identity.KeyAudit",
          "dev.tenet.application.identity.KeyUses",
          "dev.tenet.application.identity.KnownKeys",
          "dev.tenet.application.identity.NewKeys",
          "dev.tenet.application.identity.Ownership");

  /// Use cases that cannot fail and so have a plain result.
  static final Set<String> PLAIN_RESULTS =
      Set.of(
          "dev.tenet.application.tenant.ListTenants",
          "dev.tenet.application.identity.RevokeAllKeys");

  private Layout() {}

  static String in(String module) {
    return "dev.tenet." + module + "..";
  }

  static String[] in(List<String> modules) {
    return modules.stream().map(Layout::in).toArray(String[]::new);
  }

  /// {@return the module of a class of ours, or an empty text}
  static String module(JavaClass javaClass) {
    String[] parts = javaClass.getPackageName().split("\\.", -1);
    return javaClass.getPackageName().startsWith("dev.tenet.") ? parts[2] : "";
  }

  static DescribedPredicate<JavaClass> inAnAdapter() {
    return DescribedPredicate.describe(
        "in an adapter", javaClass -> ADAPTERS.contains(module(javaClass)));
  }

  /// {@return the class in whose file the class stands}
  static JavaClass outermost(JavaClass javaClass) {
    return javaClass.getEnclosingClass().map(Layout::outermost).orElse(javaClass);
  }
}
