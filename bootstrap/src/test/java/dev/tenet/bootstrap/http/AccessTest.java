package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.identity.IssueKey;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.RegisteredRoutes;
import dev.tenet.inmemory.InMemoryTenantStore;
import dev.tenet.spi.StoreProvider.OpenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What each role may do, and what access rules change about it, on a server that asks everybody who they are.
final class AccessTest {

  private static final Principal OPERATOR =
      new Principal("operator", Optional.empty(), Set.of(Role.PLATFORM_ADMIN));
  private static final String PLATFORM = "/api/v1/tenants/" + TenantId.PLATFORM;
  private static final Path TABLE =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../docs/access.txt");

  private static final Map<Role, Character> LETTERS =
      new TreeMap<>(
          Map.of(Role.TENANT_ADMIN, 'T', Role.AUTHOR, 'A', Role.EVALUATOR, 'E', Role.AUDITOR, 'U'));

  private final TestServer server =
      TestServer.startAsking(OpenStore.of(new InMemoryTenantStore()), Optional.empty());
  private String operator = "";
  private String acme = "";
  private String other = "";

  @BeforeEach
  void createTenants() {
    server.component().foundPlatform().found();
    operator = key(TenantId.PLATFORM, Role.PLATFORM_ADMIN);
    acme = tenant("acme");
    other = tenant("other");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String key(TenantId owner, Role... roles) {
    var draft = new IssueKey.Draft("test", Set.of(roles), Optional.empty());
    var result = server.component().useCases().keys().issue().issue(owner, draft, OPERATOR);
    if (result instanceof IssueKey.Result.Issued issued) {
      return issued.secret().reveal();
    }
    throw new AssertionError(result);
  }

  private String key(String tenant, Role... roles) {
    return key(TenantId.parse(tenant).orElseThrow(), roles);
  }

  private Reply send(String key, String method, String path, @Nullable String body) {
    return new Client(server.uri())
        .send(method, path, body, Map.of("Authorization", "Bearer " + key));
  }

  /// Tries it without changing a tenant.
  private Reply attempt(String key, String method, String path, @Nullable String body) {
    return new Client(server.uri())
        .send(method, path, body, Map.of("Authorization", "Bearer " + key, "If-Match", "\"999\""));
  }

  private String tenant(String name) {
    return send(operator, "POST", "/api/v1/tenants", "{\"name\": \"%s\"}".formatted(name))
        .expect(201)
        .text("id");
  }

  /// The table says of each route which roles may take it: T for the tenant-admin, A for the author, E for the evaluator, U for
  /// the auditor of the tenant in the path; t, a, e, u for the same roles on the platform, and p for the platform-admin.
  /// `open` is open to everybody.
  @Test
  void everyRouteIsOpenToTheRolesOfTheTableAndToNoOther() {
    Map<Character, String> keys = new LinkedHashMap<>();
    LETTERS.forEach((role, letter) -> keys.put(letter, key(acme, role)));
    keys.put('p', operator);
    LETTERS.forEach(
        (role, letter) -> keys.put(Character.toLowerCase(letter), key(TenantId.PLATFORM, role)));
    StringJoiner found = new StringJoiner("\n", "", "\n");
    for (String route :
        RegisteredRoutes.of(
            server.component().useCases(),
            server.component().health(),
            Limits.DEFAULT,
            server.telemetry())) {
      found.add("%-75s %s".formatted(route, roles(keys, route)).strip());
    }
    assertThat(found.toString()).isEqualTo(table());
  }

  private static String table() {
    try {
      return Files.readString(TABLE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String roles(Map<Character, String> keys, String route) {
    String method = route.substring(0, route.indexOf(' '));
    String path =
        route
            .substring(route.indexOf(' ') + 1)
            .replace("{tenantId}", acme)
            .replace("{version}", "9")
            .replaceAll("\\{[a-zA-Z]+}", "00000000-0000-0000-0000-000000000009");
    String body = path.endsWith("/evaluate") ? "{\"tenantId\": \"%s\"}".formatted(acme) : null;
    Reply anybody = new Client(server.uri()).send(method, path, body, Map.of());
    if (anybody.status() != 401) {
      return "open";
    }
    StringBuilder roles = new StringBuilder();
    keys.forEach(
        (letter, key) -> {
          if (permitted(attempt(key, method, path, body))) {
            roles.append(letter);
          }
        });
    return roles.toString();
  }

  /// {@return whether the request came through, whatever became of it}
  private static boolean permitted(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isNotEqualTo(401);
    return reply.status() != 403;
  }

  @Test
  void nobodyActsInAnotherTenant() {
    String admin = key(acme, Role.TENANT_ADMIN);
    send(admin, "GET", "/api/v1/tenants/" + acme, null).expect(200);
    Reply there = send(admin, "GET", "/api/v1/tenants/" + other, null);
    there.problem(403, "tenant_forbidden");
    Reply nowhere =
        send(admin, "GET", "/api/v1/tenants/00000000-0000-7000-8000-000000000001", null);
    nowhere.problem(403, "tenant_forbidden");
    assertThat(there.text("detail")).isEqualTo(nowhere.text("detail"));
    send(
            admin,
            "POST",
            "/api/v1/evaluate",
            "{\"tenantId\": \"%s\", \"facts\": {}}".formatted(other))
        .problem(403, "tenant_forbidden");
    send(admin, "GET", "/api/v1/tenants", null).problem(403, "tenant_forbidden");
    send(admin, "GET", PLATFORM + "/rules", null).problem(403, "tenant_forbidden");
  }

  @Test
  void theHeaderNamesNoOtherTenantThanTheKey() {
    String admin = key(acme, Role.TENANT_ADMIN);
    new Client(server.uri())
        .send(
            "GET",
            "/api/v1/tenants/" + other,
            null,
            Map.of("Authorization", "Bearer " + admin, "X-Tenant-ID", other))
        .problem(403, "tenant_forbidden");
    new Client(server.uri())
        .send(
            "GET",
            "/api/v1/tenants/" + acme,
            null,
            Map.of("Authorization", "Bearer " + admin, "X-Tenant-ID", other))
        .expect(200);
  }

  private String accessRule(String name, String expression, String tag) {
    String body = Client.json(Map.of("name", name, "expression", expression, "tags", List.of(tag)));
    return send(operator, "POST", PLATFORM + "/rules", body).expect(201).text("id");
  }

  private String explained(Map<String, ?> question) {
    return send(operator, "POST", "/api/v1/admin/access:explain", Client.json(question))
        .expect(200)
        .text("reason");
  }

  @Test
  void aRuleDeniesWhatARolePermits() {
    String author = key(acme, Role.AUTHOR);
    String rule =
        accessRule(
            "no reading of rules by authors",
            "'author' in principal.roles && request.path.endsWith('/rules')",
            "deny");
    send(author, "GET", "/api/v1/tenants/" + acme + "/rules", null).problem(403, "access_denied");
    send(author, "GET", "/api/v1/tenants/" + acme + "/derived", null).expect(200);
    assertThat(
            explained(
                Map.of(
                    "roles",
                    List.of("author"),
                    "action",
                    "definitions:read",
                    "tenant",
                    acme,
                    "path",
                    "/x/rules")))
        .isEqualTo("denied_by_rule");
    send(operator, "DELETE", PLATFORM + "/rules/" + rule, null).expect(204);
    send(author, "GET", "/api/v1/tenants/" + acme + "/rules", null).expect(200);
  }

  @Test
  void aRuleSeesThePathHoweverItIsSpelt() {
    String auditor = key(acme, Role.AUDITOR);
    accessRule(
        "no audit", "request.path.startsWith('/api/v1/tenants/%s/audit')".formatted(acme), "deny");
    for (String spelling :
        List.of(
            "/api/v1/tenants/%s/audit".formatted(acme),
            "/api/v1/tenants/%s/audit".formatted(acme.toUpperCase(Locale.ROOT)),
            "/api/v1/tenants/%s/%%61udit".formatted(acme),
            "/api/v1/tenants/./%s/audit".formatted(acme))) {
      Reply reply = send(auditor, "GET", spelling, null);
      assertThat(reply.status()).as(spelling).isIn(403, 404);
    }
    send(auditor, "GET", "/api/v1/tenants/" + acme.toUpperCase(Locale.ROOT), null).expect(200);
  }

  @Test
  void aRuleAllowsWhatNoRolePermitsAndNeverInAnotherTenant() {
    String evaluator = key(acme, Role.EVALUATOR);
    send(evaluator, "GET", "/api/v1/tenants/" + acme + "/rules", null)
        .problem(403, "permission_required");
    accessRule("reading is free", "action.name == 'definitions:read'", "allow");
    send(evaluator, "GET", "/api/v1/tenants/" + acme + "/rules", null).expect(200);
    send(evaluator, "GET", "/api/v1/tenants/" + other + "/rules", null)
        .problem(403, "tenant_forbidden");
    send(evaluator, "GET", "/api/v1/tenants/" + acme + "/history", null)
        .problem(403, "permission_required");
  }

  @Test
  void aRuleThatDeniesAndCannotBeEvaluatedDenies() {
    String author = key(acme, Role.AUTHOR);
    accessRule("broken", "1 / (size(principal.roles) - 1) > 0", "deny");
    send(author, "GET", "/api/v1/tenants/" + acme, null).problem(403, "access_denied");
    accessRule("broken, too", "1 / (size(principal.roles) - 1) > 0", "allow");
    String evaluator = key(acme, Role.EVALUATOR);
    send(evaluator, "GET", "/api/v1/tenants/" + acme, null).problem(403, "access_denied");
  }

  /// A rule that something else has broken is not evaluated any more.
  @Test
  void aRuleThatDeniesAndIsBrokenDenies() {
    String author = key(acme, Role.AUTHOR);
    String rule = accessRule("no audit", "action.name.endsWith(':nothing')", "deny");
    String reading = accessRule("reading", "action.name.startsWith('definitions')", "allow");
    send(author, "GET", "/api/v1/tenants/" + acme, null).expect(200);
    String policy = "/api/v1/admin/tenants/" + TenantId.PLATFORM + "/policy";
    send(operator, "PUT", policy, "{\"allowedFunctions\": [\"size\"]}").expect(200);
    send(author, "GET", "/api/v1/tenants/" + acme, null).problem(403, "access_denied");
    send(operator, "GET", "/api/v1/tenants/" + acme, null).problem(403, "access_denied");
    Reply explained =
        send(
                operator,
                "POST",
                "/api/v1/admin/access:explain",
                Client.json(
                    Map.of("roles", List.of("author"), "action", "settings:read", "tenant", acme)))
            .expect(200);
    assertThat(explained.text("reason")).isEqualTo("denied_by_rule");
    assertThat(explained.texts("rules", "ruleId")).containsExactlyInAnyOrder(rule, reading);
    assertThat(explained.text("rules.0.error")).contains("endsWith");
    send(operator, "PUT", PLATFORM + "/rules/" + rule, "{\"enabled\": false}").expect(200);
    send(author, "GET", "/api/v1/tenants/" + acme, null).expect(200);
  }

  /// Plugins belong to the platform as well, and everybody may have those.
  @Test
  void scriptsThatAccessRulesCallAreNoPlugins() {
    String source = "export function night({hour}) { return hour < 6; }";
    Object functions = Map.of("night", Map.of("input", Map.of("hour", "int"), "output", "bool"));
    send(
            operator,
            "PUT",
            PLATFORM + "/scripts/clock",
            Client.json(Map.of("source", source, "functions", functions)))
        .expect(200);
    accessRule("no nights", "script.clock.night(now.getHours()) && false", "deny");
    assertThat(send(operator, "GET", "/api/v1/plugins", null).expect(200).list("releases"))
        .isEmpty();
    for (String path :
        List.of("/api/v1/plugins/script.clock", "/api/v1/plugins/script.clock/contracts")) {
      send(operator, "GET", path, null).problem(404, "plugin_not_found");
    }
    String installed = "/api/v1/admin/tenants/" + acme + "/plugins/script.clock";
    send(operator, "PUT", installed, "{}").problem(404, "plugin_not_found");
    send(operator, "PUT", installed, "{\"version\": \"1\"}").problem(404, "plugin_not_found");
  }

  @Test
  void whoIsInATenantIsNoAdministratorOfThePlatform() {
    assertThat(
            explained(
                Map.of(
                    "roles",
                    List.of("platform-admin"),
                    "principalTenant",
                    acme,
                    "action",
                    "settings:write",
                    "tenant",
                    acme)))
        .isEqualTo("not_permitted");
  }

  @Test
  void thePlatformsOwnTenantStays() {
    send(operator, "DELETE", PLATFORM, null).problem(409, "platform_protected");
    send(operator, "PUT", PLATFORM + "/schema", "{\"definition\": {\"a\": {\"b\": \"int\"}}}")
        .problem(409, "platform_protected");
    send(
            operator,
            "POST",
            PLATFORM + "/rules",
            "{\"name\": \"n\", \"expression\": \"principal.nme == 'x'\"}")
        .problem(400, "unknown_field");
  }

  @Test
  void whoServesAllTenantsDoesNotAdministerThePlatform() {
    String admin = key(TenantId.PLATFORM, Role.TENANT_ADMIN);
    send(admin, "GET", "/api/v1/tenants/" + acme, null).expect(200);
    String rule =
        Client.json(Map.of("name", "mine", "expression", "true", "tags", List.of("allow")));
    send(admin, "POST", PLATFORM + "/rules", rule).problem(403, "permission_required");
    send(admin, "GET", PLATFORM + "/keys", null).problem(403, "permission_required");
    send(admin, "GET", "/api/v1/admin/keys", null).problem(403, "permission_required");
    send(key(TenantId.PLATFORM, Role.AUDITOR), "GET", PLATFORM + "/rules", null).expect(200);
  }

  @Test
  void aRuleThatDeniesEverythingCanBeMended() {
    String rule = accessRule("everything", "true", "deny");
    send(operator, "GET", "/api/v1/tenants", null).problem(403, "access_denied");
    send(operator, "GET", "/api/v1/tenants/" + acme, null).problem(403, "access_denied");
    assertThat(explained(Map.of("roles", List.of("platform-admin"), "action", "tenants:list")))
        .isEqualTo("denied_by_rule");
    send(operator, "DELETE", PLATFORM + "/rules/" + rule, null).expect(204);
    send(operator, "GET", "/api/v1/tenants", null).expect(200);
  }
}
