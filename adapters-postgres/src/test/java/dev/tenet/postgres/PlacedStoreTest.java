package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.change.Corridor;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.Placement;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.spi.StoreProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Tenants in several databases.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PlacedStoreTest {

  private static final long POLL_NANOS = 20_000_000;
  private static final List<String> NAMES = List.of("main", "eu", "us");

  private final TestDatabases databases = new TestDatabases("placed");

  @BeforeAll
  void migrate() {
    databases.open().close();
  }

  @BeforeEach
  void empty() {
    NAMES.forEach(databases::start);
    databases.empty();
  }

  private static Corridor corridor(StoreProvider.OpenStore open) {
    return new Corridor(open.tenants(), open.placement(), new ScriptedRuleCompiler());
  }

  private static TenantId create(Corridor corridor, String name, Optional<String> database) {
    return Corridor.accepted(
            corridor.createTenant.create(
                name, database, false, Optional.empty(), "tester", Optional.empty()))
        .id();
  }

  private static TenantId create(Corridor corridor, String name) {
    return create(corridor, name, Optional.empty());
  }

  /// {@return the names of the databases that have the tenant}
  private List<String> placesOf(TenantId tenant) {
    try (Databases all = databases.databases()) {
      return NAMES.stream()
          .filter(name -> all.get(name).tenants().revision(tenant).isPresent())
          .toList();
    }
  }

  private Map<TenantId, String> listed() {
    Map<TenantId, String> listed = new HashMap<>();
    try (TenantOperation operation = databases.operation()) {
      operation.list(tenant -> listed.put(tenant.id(), tenant.database()));
    }
    return listed;
  }

  @Test
  void newTenantsGoWhereTheHashSays() {
    Map<TenantId, String> expected = new HashMap<>();
    try (var open = databases.open()) {
      Corridor corridor = corridor(open);
      for (int i = 0; i < 30; i++) {
        TenantId tenant = create(corridor, "t" + i);
        expected.put(tenant, RendezvousHash.choose(tenant, NAMES));
      }
    }
    assertThat(expected.values()).contains("main", "eu", "us");
    assertThat(listed()).isEqualTo(expected);
    TenantId one = expected.keySet().iterator().next();
    assertThat(placesOf(one)).containsExactly(expected.get(one));
  }

  @Test
  void aDatabaseCanBeChosenAndDedicatedOnesMustBe() {
    Map<String, String> settings = databases.settings();
    settings.put("TENET_DEDICATED_DATABASES", "eu,main");
    try (var open = TestDatabases.open(settings)) {
      Corridor corridor = corridor(open);
      TenantId chosen = create(corridor, "chosen", Optional.of("eu"));
      assertThat(placesOf(chosen)).containsExactly("eu");
      for (int i = 0; i < 10; i++) {
        assertThat(placesOf(create(corridor, "t" + i))).containsExactly("us");
      }

      Placement placement = open.placement().orElseThrow();
      assertThat(placement.names()).containsExactly("main", "eu", "us");
      var fresh = new TenantId(UUID.randomUUID());
      assertThat(placement.choose(fresh, "eu")).isTrue();
      assertThat(placement.choose(fresh, "eu")).isTrue();
      assertThat(placement.choose(fresh, "main")).isFalse();
      assertThat(open.tenants().load(fresh)).isEmpty();
    }
  }

  @Test
  void tenantsFromBeforeThereWereSeveralAreInMain() {
    Map<String, String> one = databases.settings();
    one.remove("DATABASE_URL_EU");
    one.remove("DATABASE_URL_US");
    List<TenantId> before = new ArrayList<>();
    try (var open = TestDatabases.open(one)) {
      assertThat(open.placement()).isEmpty();
      for (int i = 0; i < 10; i++) {
        before.add(create(corridor(open), "t" + i));
      }
    }
    try (var open = databases.open()) {
      Corridor corridor = corridor(open);
      for (TenantId tenant : before) {
        assertThat(open.tenants().load(tenant)).isPresent();
        assertThat(open.placement().orElseThrow().choose(tenant, "eu")).isFalse();
        assertThat(open.placement().orElseThrow().choose(tenant, "main")).isTrue();
        Corridor.accepted(corridor.renameTenant.rename(Corridor.request(tenant), "renamed"));
      }
    }
    assertThat(listed().values()).containsOnly("main").hasSize(10);
  }

  @Test
  void theListIsThatOfAllDatabasesNewestFirst() {
    try (var open = databases.open()) {
      Corridor corridor = corridor(open);
      List<TenantId> created = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        created.addFirst(create(corridor, i % 5 == 0 ? "fifth" : "t" + i));
      }
      for (int size : new int[] {1, 2, 7, 25, 100}) {
        assertThat(pages(open.tenants(), TenantFilter.ALL, size)).isEqualTo(created);
      }
      assertThat(pages(open.tenants(), TenantFilter.named("fifth"), 2)).hasSize(5);
    }
  }

  private static List<TenantId> pages(TenantStore store, TenantFilter filter, int size) {
    List<TenantId> all = new ArrayList<>();
    Optional<Age> after = Optional.empty();
    do {
      Page<Tenant, Age> page = store.tenants(filter, new PageRequest<>(size, after));
      page.items().forEach(tenant -> all.add(tenant.id()));
      after = page.end();
    } while (after.isPresent());
    return all;
  }

  @Test
  void aDatabaseThatIsAwayDisturbsOnlyItsOwnTenants() {
    try (var open = databases.open();
        var other = databases.open()) {
      Corridor corridor = corridor(open);
      TenantId here = create(corridor, "here", Optional.of("eu"));
      TenantId there = create(corridor, "there", Optional.of("us"));
      TenantId inMain = create(corridor, "in main", Optional.of("main"));
      databases.stop("us");

      assertThat(open.tenants().load(here)).isPresent();
      assertThat(other.tenants().load(here)).isPresent();
      assertThat(other.tenants().load(inMain)).isPresent();
      assertThat(open.tenants().available()).isTrue();
      Corridor.accepted(corridor.renameTenant.rename(Corridor.request(here), "renamed"));
      create(corridor, "new", Optional.of("eu"));
      assertThatThrownBy(() -> open.tenants().load(there)).isInstanceOf(StoreUnavailable.class);
      assertThatThrownBy(() -> other.tenants().load(there)).isInstanceOf(StoreUnavailable.class);
      assertThatThrownBy(() -> create(corridor, "no", Optional.of("us")))
          .isInstanceOf(StoreUnavailable.class);
      assertThatThrownBy(() -> pages(open.tenants(), TenantFilter.ALL, 10))
          .isInstanceOf(StoreUnavailable.class);

      databases.start("us");
      awaitAnswer(open.tenants(), there);
      awaitAnswer(other.tenants(), there);
      assertThat(pages(other.tenants(), TenantFilter.ALL, 10)).hasSize(4);
    }
  }

  @Test
  void withoutMainTenantsInUseGoOn() {
    try (var open = databases.open()) {
      Corridor corridor = corridor(open);
      TenantId tenant = create(corridor, "acme", Optional.of("eu"));
      databases.stop("main");

      assertThat(open.tenants().available()).isFalse();
      assertThat(open.tenants().load(tenant)).isPresent();
      Corridor.accepted(corridor.renameTenant.rename(Corridor.request(tenant), "renamed"));
      assertThatThrownBy(() -> open.tenants().load(new TenantId(new UUID(1, 1))))
          .isInstanceOf(StoreUnavailable.class);
      databases.start("main");
    }
  }

  @Test
  void aServerStartsWithoutOneOfItsDatabasesAndUsesItOnceItAnswers() {
    TenantId tenant;
    try (var open = databases.open()) {
      tenant = create(corridor(open), "acme", Optional.of("eu"));
    }
    databases.stop("eu");
    try (var open = databases.open()) {
      assertThatThrownBy(() -> open.tenants().load(tenant))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("\"eu\"");
      create(corridor(open), "other", Optional.of("us"));

      databases.start("eu");
      awaitAnswer(open.tenants(), tenant);
    }
  }

  private static void awaitAnswer(TenantStore store, TenantId tenant) {
    while (!answers(store, tenant)) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static boolean answers(TenantStore store, TenantId tenant) {
    try {
      return store.load(tenant).isPresent();
    } catch (StoreUnavailable notYet) {
      return false;
    }
  }

  @Test
  void addressesThatAreMixedUpAreRefused() {
    try (var open = databases.open()) {
      create(corridor(open), "acme", Optional.of("eu"));
    }
    Map<String, String> right = databases.settings();

    Map<String, String> swapped = databases.settings();
    swapped.put("DATABASE_URL_EU", right.get("DATABASE_URL_US"));
    swapped.put("DATABASE_URL_US", right.get("DATABASE_URL_EU"));
    assertRefused(swapped, "The database of DATABASE_URL_EU is the one called \"us\"");

    Map<String, String> wrongMain = databases.settings();
    wrongMain.put("DATABASE_URL", right.get("DATABASE_URL_EU"));
    assertRefused(wrongMain, "The database of DATABASE_URL is the one called \"eu\"");

    Map<String, String> missing = databases.settings();
    missing.remove("DATABASE_URL_EU");
    assertRefused(
        missing,
        "Tenants were placed in the database \"eu\", which is not known: set DATABASE_URL_EU.");

    Map<String, String> otherMain = databases.settings();
    otherMain.put("DATABASE_URL", TestDatabase.singleLoginUrl("placed_other"));
    assertRefused(otherMain, "The database of DATABASE_URL_EU belongs to another installation");

    TestDatabases.open(right).close();
  }

  private static void assertRefused(Map<String, String> settings, String message) {
    assertThatThrownBy(() -> TestDatabases.open(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void theFeedTellsOfAllDatabases() {
    try (var open = databases.open();
        var other = databases.open()) {
      Corridor corridor = corridor(open);
      Corridor second = corridor(other);
      List<TenantId> tenants = new ArrayList<>();
      for (String name : NAMES) {
        TenantId tenant = create(corridor, name, Optional.of(name));
        Corridor.accepted(corridor.define(tenant, Corridor.SCHEMA));
        tenants.add(tenant);
        assertThat(second.outcomes(tenant)).isEmpty();
      }
      try (var following = other.revisions().orElseThrow().follow(second.ruleSets)) {
        for (TenantId tenant : tenants) {
          corridor.rule(tenant, "adults", "User.Adult");
          while (second.outcomes(tenant).isEmpty()) {
            LockSupport.parkNanos(POLL_NANOS);
          }
        }
        while (following.age().isEmpty()) {
          LockSupport.parkNanos(POLL_NANOS);
        }
      }
    }
  }
}
