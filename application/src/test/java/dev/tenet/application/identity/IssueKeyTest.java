package dev.tenet.application.identity;

import static dev.tenet.application.identity.Keys.ACME;
import static dev.tenet.application.identity.Keys.NOON;
import static dev.tenet.application.identity.Keys.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.NoStore;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IssueKeyTest {

  private final FewKeys store = new FewKeys();
  private final RecordedEvents audit = new RecordedEvents();

  private IssueKey issue() {
    TenantStore tenants =
        new NoStore() {
          @Override
          public OptionalLong revision(TenantId tenant) {
            return tenant.equals(ACME) || tenant.equals(OTHER)
                ? OptionalLong.of(1)
                : OptionalLong.empty();
          }
        };
    return new IssueKey(store, tenants, () -> new UUID(1, 1), () -> NOON, audit);
  }

  private static IssueKey.Draft draft(Role... roles) {
    return new IssueKey.Draft("a key", Set.of(roles), Optional.empty());
  }

  private static Principal principal(String home, String role) {
    return new Principal(
        "issuer",
        home.equals("platform") ? Optional.empty() : Optional.of(owner(home)),
        Set.of(Role.of(role).orElseThrow()));
  }

  private static TenantId owner(String name) {
    return switch (name) {
      case "acme" -> ACME;
      case "other" -> OTHER;
      default -> TenantId.PLATFORM;
    };
  }

  /// What each role may give at home and elsewhere. A principal whose home were the nil UUID would not be of the platform.
  @ParameterizedTest
  @CsvSource({
    "platform, platform-admin, platform, platform-admin, true",
    "platform, platform-admin, platform, auditor,        true",
    "platform, platform-admin, acme,     tenant-admin,   true",
    "platform, tenant-admin,   acme,     auditor,        true",
    "platform, tenant-admin,   platform, tenant-admin,   true",
    "platform, tenant-admin,   platform, auditor,        false",
    "platform, tenant-admin,   platform, platform-admin, false",
    "platform, auditor,        platform, auditor,        true",
    "platform, auditor,        acme,     author,         false",
    "acme,     tenant-admin,   acme,     tenant-admin,   true",
    "acme,     tenant-admin,   acme,     evaluator,      true",
    "acme,     tenant-admin,   other,    evaluator,      false",
    "acme,     tenant-admin,   platform, evaluator,      false",
    "acme,     platform-admin, platform, evaluator,      false",
    "acme,     author,         acme,     author,         true",
    "acme,     author,         acme,     evaluator,      false",
    "acme,     author,         acme,     tenant-admin,   false",
    "nil,      platform-admin, platform, platform-admin, false",
    "nil,      platform-admin, acme,     evaluator,      false"
  })
  void nobodyGivesWhatTheyDoNotHave(
      String home, String role, String owner, String given, boolean allowed) {
    var result =
        issue().issue(owner(owner), draft(Role.of(given).orElseThrow()), principal(home, role));
    assertThat(result instanceof IssueKey.Result.Issued).isEqualTo(allowed);
    assertThat(result instanceof IssueKey.Result.BeyondIssuer).isNotEqualTo(allowed);
  }

  @Test
  void theStoredKeyIsTheOneThatWasShownAndDoesNotHaveIt() {
    if (issue().issue(ACME, draft(Role.AUTHOR), Principal.ANYBODY)
        instanceof IssueKey.Result.Issued(var key, var secret)) {
      var stored = store.byPrefix(secret.prefix()).orElseThrow();
      assertThat(stored.key()).isEqualTo(key);
      assertThat(stored.hash().matches(secret.hash())).isTrue();
      String random = secret.reveal().substring(secret.reveal().lastIndexOf('_') + 1);
      assertThat(stored.toString()).doesNotContain(random);
      assertThat(secret.toString()).isEqualTo("tnt_" + secret.prefix() + "_…");
      assertThat(key.createdBy()).isEqualTo("anonymous");
    } else {
      throw new AssertionError("no key was issued");
    }
  }

  @Test
  void aKeyIsRecordedBeforeItIsShown() {
    var draft =
        new IssueKey.Draft(
            "a key", Set.of(Role.AUTHOR), Optional.empty(), Optional.of("request-7"));
    issue().issue(ACME, draft, Principal.ANYBODY);
    assertThat(audit.events())
        .singleElement()
        .returns("api_key_issued", AuditEvent::action)
        .returns("anonymous", AuditEvent::actor)
        .returns("request-7", AuditEvent::requestId)
        .satisfies(event -> assertThat(event.detail().members()).containsEntry("name", "a key"));
    audit.away(true);
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> issue().issue(ACME, draft, Principal.ANYBODY));
    assertThat(store.list(ACME, new PageRequest<>(10, Optional.empty())).items())
        .filteredOn(key -> key.revokedAt().isEmpty())
        .as("the one that was shown")
        .hasSize(1);
  }

  @Test
  void noTwoKeysAreAlike() {
    Set<String> secrets = new HashSet<>();
    IntStream.range(0, 1_000)
        .forEach(
            n -> {
              if (issue().issue(ACME, draft(Role.AUTHOR), Principal.ANYBODY)
                  instanceof IssueKey.Result.Issued(_, var secret)) {
                secrets.add(secret.prefix());
                secrets.add(secret.reveal().substring(21));
              }
            });
    assertThat(secrets).hasSize(2_000);
  }

  @Test
  void anOwnerHasSoManyKeys() {
    for (int n = 0; n < IssueKey.MOST_KEYS; n++) {
      store.put(Keys.key(n, ACME));
    }
    assertThat(issue().issue(ACME, draft(Role.AUTHOR), Principal.ANYBODY))
        .isEqualTo(new IssueKey.Result.TooMany());
  }

  @Test
  void draftsThatMakeNoSense() {
    assertThat(codes(ACME, new IssueKey.Draft("", Set.of(), Optional.of(NOON))))
        .containsExactly("name_required", "roles_required", "expires_at_past");
    assertThat(codes(ACME, draft(Role.PLATFORM_ADMIN))).containsExactly("role_not_for_tenants");
    assertThat(issue().issue(new TenantId(new UUID(8, 8)), draft(Role.AUTHOR), Principal.ANYBODY))
        .isEqualTo(new IssueKey.Result.TenantNotFound());
  }

  private List<String> codes(TenantId owner, IssueKey.Draft draft) {
    return issue().issue(owner, draft, Principal.ANYBODY)
            instanceof IssueKey.Result.Rejected(var faults)
        ? faults.stream().map(Diagnostic::code).toList()
        : List.of();
  }
}
