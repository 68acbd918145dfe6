package dev.tenet.bootstrap.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.identity.ApiKeyStore.StoredKey;
import dev.tenet.application.identity.IssueKey;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.identity.KeySecret;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.spi.StoreProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who asks: API keys from their issue to their end, on a server that asks everybody.
abstract class IdentityContract {

  private static final Principal OPERATOR =
      new Principal("operator", Optional.empty(), Set.of(Role.PLATFORM_ADMIN));
  private static final String TENANTS = "/api/v1/tenants";
  private static final String PLATFORM_KEYS = "/api/v1/admin/keys";

  private @Nullable TestServer server;
  private @Nullable ApiKeyStore stored;
  private String platform = "";

  /// {@return an open store}
  abstract StoreProvider.OpenStore store();

  @BeforeEach
  final void start() {
    StoreProvider.OpenStore store = store();
    stored = store.apiKeys().orElseThrow();
    server = TestServer.startAsking(store, Optional.empty());
    platform = issued(TenantId.PLATFORM, Role.PLATFORM_ADMIN).secret().reveal();
  }

  @AfterEach
  final void stop() {
    requireNonNull(server).close();
  }

  private IssueKey.Result.Issued issued(TenantId owner, Role... roles) {
    var draft = new IssueKey.Draft("test", Set.of(roles), Optional.empty());
    var result =
        requireNonNull(server).component().useCases().keys().issue().issue(owner, draft, OPERATOR);
    if (result instanceof IssueKey.Result.Issued issued) {
      return issued;
    }
    throw new AssertionError(result);
  }

  private Client client() {
    return new Client(requireNonNull(server).uri());
  }

  private Reply as(String key, String method, String path, @Nullable String body) {
    return client().send(method, path, body, Map.of("Authorization", "Bearer " + key));
  }

  private Reply get(Map<String, String> headers) {
    return client().send("GET", TENANTS, null, headers);
  }

  private TenantId tenant(String name) {
    String id =
        as(platform, "POST", TENANTS, Client.json(Map.of("name", name))).expect(201).text("id");
    return TenantId.parse(id).orElseThrow();
  }

  private static String keys(TenantId tenant) {
    return TENANTS + "/" + tenant + "/keys";
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(UTF_8));
  }

  private static void assertInvalid(Reply reply) {
    reply.problem(401, "credentials_invalid");
    assertThat(reply.text("detail")).isEqualTo("The credentials are not valid.");
    assertThat(reply.header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"tenet\", error=\"invalid_token\"");
  }

  @Test
  void whoDoesNotSayWhoTheyAreIsAsked() {
    for (Map<String, String> headers :
        List.of(
            Map.<String, String>of(),
            Map.of("Authorization", ""),
            Map.of("X-API-Key", " "),
            Map.of("X-Tenant-ID", UUID.randomUUID().toString()))) {
      Reply reply = get(headers).problem(401, "credentials_required");
      assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"tenet\"");
    }
    client()
        .send("POST", "/api/v1/evaluate", "{\"facts\": {}}", Map.of())
        .problem(401, "credentials_required");
    client()
        .send("GET", TENANTS + "?nonsense=1", null, Map.of())
        .problem(401, "credentials_required");
  }

  @Test
  void whatIsOpenIsOpen() {
    for (String path : List.of("/health", "/openapi", "/docs/problems", "/observe/health/live")) {
      client().get(path).expect(200);
      client().send("GET", path, null, Map.of("X-API-Key", "nonsense")).expect(200);
    }
    client().get("/nowhere").problem(404, "path_not_found");
  }

  @Test
  void aKeyIsTakenWhereClientsPutIt() {
    get(Map.of("Authorization", "Bearer " + platform)).expect(200);
    get(Map.of("Authorization", "bearer   " + platform)).expect(200);
    get(Map.of("Authorization", basic("anyone", platform))).expect(200);
    get(Map.of("Authorization", basic("", platform))).expect(200);
    get(Map.of("X-API-Key", platform)).expect(200);
    get(Map.of("X-Admin-Token", platform)).expect(200);
    get(Map.of("X-Admin-Token", platform, "X-API-Key", platform)).expect(200);
    get(Map.of("Authorization", "Bearer " + platform, "X-API-Key", platform)).expect(200);
  }

  @Test
  void twoDifferentCredentialsAreNone() {
    String other = issued(TenantId.PLATFORM, Role.AUDITOR).secret().reveal();
    assertInvalid(get(Map.of("Authorization", "Bearer " + platform, "X-API-Key", other)));
    assertInvalid(get(Map.of("X-Admin-Token", platform, "X-API-Key", other)));
    assertInvalid(get(Map.of("Authorization", basic("a", other), "X-API-Key", platform)));
    assertThat(raw("Authorization: Bearer " + platform, "Authorization: Bearer " + other))
        .startsWith("HTTP/1.1 401 ")
        .contains("\"credentials_invalid\"");
    assertThat(raw("X-API-Key: " + platform, "X-API-Key: " + other)).startsWith("HTTP/1.1 401 ");
    assertThat(raw("X-API-Key: " + platform, "X-API-Key: " + platform)).startsWith("HTTP/1.1 200 ");
  }

  /// Unknown, wrong, revoked or misspelled: the answers cannot be told apart.
  @Test
  void whateverIsWrongTheAnswerIsTheSame() {
    IssueKey.Result.Issued revoked = issued(TenantId.PLATFORM, Role.PLATFORM_ADMIN);
    as(platform, "DELETE", PLATFORM_KEYS + "/" + revoked.key().id(), null).expect(204);
    char last = platform.charAt(platform.length() - 1);
    String wrong = platform.substring(0, platform.length() - 1) + (last == '0' ? '1' : '0');
    List<Reply> replies =
        Stream.of(
                wrong,
                KeySecret.of(new byte[8], new byte[32]).reveal(),
                revoked.secret().reveal(),
                platform.toUpperCase(Locale.ROOT),
                platform + "0",
                platform.substring(1),
                "tnt_",
                "tnt_" + "0".repeat(8_000),
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.",
                "null",
                "${jndi:ldap://127.0.0.1/a}")
            .map(key -> get(Map.of("Authorization", "Bearer " + key)))
            .toList();
    replies.forEach(IdentityContract::assertInvalid);
    assertThat(
            replies.stream()
                .map(reply -> reply.text().replace(reply.text("traceId"), ""))
                .distinct())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Basic",
        "Basic !!!",
        "Basic YWJj",
        "Digest username=\"a\"",
        "Negotiate abc",
        "Bearer a b",
        "Bearer a,b",
        "tnt_0000000000000000"
      })
  void whatIsNoCredential(String authorization) {
    assertInvalid(get(Map.of("Authorization", authorization)));
  }

  @Test
  void whatIsTooLongOrNotAscii() {
    assertInvalid(get(Map.of("Authorization", "Bearer " + "a".repeat(10_000))));
    assertInvalid(get(Map.of("X-API-Key", "tnt_" + "a".repeat(10_000))));
    for (String line :
        List.of(
            "X-API-Key: tnt_\u00e4", "Authorization: Bearer \u00ff\u00fe", "X-API-Key: \u00e4")) {
      assertThat(raw(line)).matches("(?s)HTTP/1.1 (400|401) .*");
    }
    assertThat(raw("X-API-Key: " + "a".repeat(100_000))).matches("(?s)(HTTP/1.1 4.. .*)?");
    get(Map.of("X-API-Key", platform)).expect(200);
  }

  @Test
  void anExpiredKeySaysSoToItsHolderAlone() {
    KeySecret secret = KeySecret.of(random(8), random(32));
    ApiKey template = issued(TenantId.PLATFORM, Role.PLATFORM_ADMIN).key();
    var expired =
        new ApiKey(
            new ApiKeyId(UUID.randomUUID()),
            secret.prefix(),
            "expired",
            Optional.empty(),
            template.roles(),
            template.createdAt(),
            "test",
            Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
            Optional.empty(),
            Optional.empty());
    requireNonNull(stored).add(new StoredKey(expired, secret.hash()), 1_000);
    Reply reply = get(Map.of("X-API-Key", secret.reveal())).problem(401, "credentials_expired");
    assertThat(reply.header("WWW-Authenticate"))
        .isEqualTo(
            "Bearer realm=\"tenet\", error=\"invalid_token\", error_description=\"expired\"");
    String wrong = KeySecret.MARK + secret.prefix() + "_" + "0".repeat(64);
    assertInvalid(get(Map.of("X-API-Key", wrong)));
    as(platform, "DELETE", PLATFORM_KEYS + "/" + expired.id(), null).expect(204);
    assertInvalid(get(Map.of("X-API-Key", secret.reveal())));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  @Test
  void aKeyFromItsIssueToItsEnd() {
    TenantId acme = tenant("acme");
    Reply issued =
        as(
                platform,
                "POST",
                keys(acme),
                """
                {"name": "checkout", "roles": ["evaluator", "author", "evaluator"], "expiresAt": "2999-01-31T08:30:00.123456789+01:00"}""")
            .expect(201);
    String key = issued.text("key");
    String path = issued.header("Location");
    assertThat(key).matches("tnt_[0-9a-f]{16}_[0-9a-f]{64}").startsWith(issued.text("prefix"));
    assertThat(path).isEqualTo(keys(acme) + "/" + issued.text("id"));
    assertThat(issued.list("roles")).isEqualTo(List.of("author", "evaluator"));
    assertThat(issued.text("tenantId")).isEqualTo(acme.toString());
    assertThat(issued.text("expiresAt")).isEqualTo("2999-01-31T07:30:00.123456Z");
    assertThat(issued.text("createdBy")).startsWith("key:");

    Reply found = as(platform, "GET", requireNonNull(path), null).expect(200);
    assertThat(found.text())
        .isEqualTo(issued.text().replace(",\"key\":\"" + key + "\"", ""))
        .doesNotContain(key.substring(key.lastIndexOf('_') + 1));
    Reply listed = as(platform, "GET", keys(acme), null).expect(200);
    assertThat(listed.text()).isEqualTo("{\"keys\":[" + found.text() + "]}");

    as(key, "POST", TENANTS + "/" + acme + "/schema", "{\"definition\":{\"U\":{\"a\":\"int\"}}}")
        .expect(201);
    Reply history = as(key, "GET", TENANTS + "/" + acme + "/history", null).expect(200);
    assertThat(history.text("entries.0.actor")).isEqualTo("key:" + issued.text("id"));

    as(platform, "DELETE", path, null).expect(204);
    assertInvalid(as(key, "GET", TENANTS + "/" + acme + "/schema", null));
    Reply gone = as(platform, "GET", path, null).expect(200);
    assertThat(gone.text("revokedAt")).endsWith("Z");
    as(platform, "DELETE", path, null).expect(204);
    assertThat(as(platform, "GET", path, null).text("revokedAt")).isEqualTo(gone.text("revokedAt"));
    Reply audit = as(platform, "GET", TENANTS + "/" + acme + "/audit", null).expect(200);
    assertThat(audit.each("records", "action").stream().map(String::valueOf))
        .contains("api_key_issued")
        .containsOnlyOnce("api_key_revoked");
    assertThat(audit.text())
        .contains(issued.text("id"), "\"prefix\":\"%s\"".formatted(issued.text("prefix")))
        .doesNotContain(key);
  }

  @Test
  void theLastUseIsNotedSoonAfterwards() {
    IssueKey.Result.Issued key = issued(TenantId.PLATFORM, Role.AUDITOR);
    get(Map.of("X-API-Key", key.secret().reveal())).expect(200);
    assertThat(
            awaited(
                () ->
                    requireNonNull(stored)
                        .find(TenantId.PLATFORM, key.key().id())
                        .flatMap(ApiKey::lastUsedAt)))
        .isAfterOrEqualTo(key.key().createdAt());
  }

  private static Instant awaited(Supplier<Optional<Instant>> noted) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < end) {
      Optional<Instant> at = noted.get();
      if (at.isPresent()) {
        return at.get();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("the use was never noted");
  }

  @Test
  void aTenantsKeyActsInItsTenantAlone() {
    TenantId acme = tenant("acme");
    TenantId other = tenant("other");
    String key = issued(acme, Role.TENANT_ADMIN).secret().reveal();
    as(key, "GET", TENANTS + "/" + acme, null).expect(200);
    for (String path :
        List.of(
            TENANTS + "/" + other, keys(other), keys(TenantId.PLATFORM), PLATFORM_KEYS, TENANTS)) {
      assertThat(as(key, "GET", path, null).status()).as(path).isIn(403, 404);
    }
    Reply spoofed =
        client()
            .send(
                "GET",
                TENANTS + "/" + other,
                null,
                Map.of("X-API-Key", key, "X-Tenant-ID", other.toString()));
    assertThat(spoofed.status()).isEqualTo(403);
  }

  @Test
  void nobodyGivesMoreThanTheyMayDo() {
    TenantId acme = tenant("acme");
    TenantId other = tenant("other");
    String admin = issued(acme, Role.TENANT_ADMIN).secret().reveal();
    for (Role role : List.of(Role.TENANT_ADMIN, Role.AUTHOR, Role.EVALUATOR, Role.AUDITOR)) {
      as(admin, "POST", keys(acme), body("k", role.key())).expect(201);
    }
    as(admin, "POST", keys(acme), body("k", "platform-admin")).problem(400, "role_not_for_tenants");
    for (String elsewhere : List.of(keys(other), PLATFORM_KEYS, keys(TenantId.PLATFORM))) {
      assertThat(as(admin, "POST", elsewhere, body("k", "evaluator")).status())
          .as(elsewhere)
          .isIn(403, 404);
    }
    ApiKey theirs = issued(other, Role.EVALUATOR).key();
    for (String path : List.of(keys(other) + "/" + theirs.id(), keys(acme) + "/" + theirs.id())) {
      assertThat(as(admin, "GET", path, null).status()).as(path).isIn(403, 404);
      assertThat(as(admin, "DELETE", path, null).status()).as(path).isIn(403, 404);
    }
    assertThat(requireNonNull(stored).find(other, theirs.id())).contains(theirs);
    for (Role role : List.of(Role.AUTHOR, Role.EVALUATOR, Role.AUDITOR)) {
      String weak = issued(acme, role).secret().reveal();
      assertThat(as(weak, "POST", keys(acme), body("k", "evaluator")).status()).isEqualTo(403);
    }
    String wide = issued(TenantId.PLATFORM, Role.TENANT_ADMIN).secret().reveal();
    assertThat(as(wide, "POST", PLATFORM_KEYS, body("k", "platform-admin")).status())
        .isEqualTo(403);
    assertThat(as(wide, "POST", PLATFORM_KEYS, body("k", "auditor")).status()).isEqualTo(403);
    as(wide, "POST", keys(acme), body("k", "auditor")).expect(201);
  }

  private static String body(String name, String role) {
    return Client.json(Map.of("name", name, "roles", List.of(role)));
  }

  @Test
  void allFaultsOfADraftAreNamed() {
    Reply unknown =
        as(
                platform,
                "POST",
                PLATFORM_KEYS,
                "{\"name\": 7, \"roles\": [\"evaluater\"], \"expiresAt\": \"tomorrow\", \"key\": \"mine\"}")
            .expect(400);
    assertThat(unknown.each("errors", "code"))
        .asString()
        .contains("member_unknown", "wrong_type", "role_unknown", "expires_at_invalid");
    assertThat(unknown.text()).contains("\"suggestion\":\"evaluator\"");
    Reply poor =
        as(
                platform,
                "POST",
                PLATFORM_KEYS,
                "{\"name\": \" \", \"roles\": [], \"expiresAt\": \"2020-01-01T00:00:00Z\"}")
            .expect(400);
    assertThat(poor.each("errors", "code"))
        .isEqualTo(List.of("name_required", "roles_required", "expires_at_past"));
    as(platform, "POST", PLATFORM_KEYS, "{\"name\": \"a\\nb\", \"roles\": [\"author\"]}")
        .problem(400, "name_invalid");
    for (String hidden : List.of("a\u202eb", "\u200b", "\u2028b")) {
      as(platform, "POST", PLATFORM_KEYS, body(hidden, "author")).problem(400, "name_invalid");
    }
    as(platform, "POST", PLATFORM_KEYS, body("\u00a0", "author")).problem(400, "name_required");
    as(platform, "POST", PLATFORM_KEYS, "{\"name\": \"a\"}").problem(400, "roles_required");
    as(platform, "POST", keys(new TenantId(UUID.randomUUID())), body("k", "author"))
        .problem(404, "tenant_not_found");
    as(platform, "GET", keys(new TenantId(UUID.randomUUID())), null)
        .problem(404, "tenant_not_found");
    as(platform, "GET", PLATFORM_KEYS + "/nonsense", null).problem(404, "api_key_not_found");
    as(platform, "DELETE", PLATFORM_KEYS + "/" + UUID.randomUUID(), null)
        .problem(404, "api_key_not_found");
  }

  @Test
  void keysOfATenantThatIsDeletedAreRevoked() {
    TenantId acme = tenant("acme");
    IssueKey.Result.Issued key = issued(acme, Role.TENANT_ADMIN);
    as(platform, "DELETE", TENANTS + "/" + acme + "?dryRun=true", null).expect(204);
    assertThat(requireNonNull(stored).find(acme, key.key().id())).contains(key.key());
    as(platform, "DELETE", TENANTS + "/" + acme, null).expect(204);
    assertThat(requireNonNull(stored).find(acme, key.key().id()).flatMap(ApiKey::revokedAt))
        .isPresent();
    assertThat(
            as(platform, "GET", TENANTS + "/" + acme + "/audit?action=api_key_revoked", null)
                .expect(200)
                .text())
        .contains("key/" + key.key().id());
  }

  /// Sends header lines as they are, each character a byte.
  private String raw(String... lines) {
    var uri = requireNonNull(server).uri();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
      socket.setSoTimeout(10_000);
      String head =
          "GET "
              + TENANTS
              + " HTTP/1.1\r\nHost: tenet\r\nConnection: close\r\n"
              + String.join("\r\n", lines)
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketException reset) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
