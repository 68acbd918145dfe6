package dev.tenet.application.store;

import static dev.tenet.application.store.Journals.all;
import static dev.tenet.application.store.Journals.entry;
import static dev.tenet.application.store.Journals.faults;
import static dev.tenet.application.store.Journals.field;
import static dev.tenet.application.store.Journals.first;
import static dev.tenet.application.store.Journals.keyed;
import static dev.tenet.application.store.Journals.richVersion;
import static dev.tenet.application.store.Journals.rule;
import static dev.tenet.application.store.Journals.tenant;
import static dev.tenet.application.store.Journals.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantStore.AppendResult;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Evolver;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.governance.TenantSettings;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store promises, see [TenantStore]. A store's own test extends this class.
public abstract class TenantStoreContract {

  private static final TenantId UNKNOWN = tenant(999, "unknown").id();
  private static final AppendResult APPENDED = new AppendResult.Appended();
  private static final AppendResult CONFLICT = new AppendResult.Conflict();
  private static final AppendResult NOT_FOUND = new AppendResult.NotFound();

  private TenantStore store = new NoStore();
  private Journals journals = new Journals(store);

  /// {@return a store without tenants}
  protected abstract TenantStore open();

  @BeforeEach
  final void openStore() {
    store = open();
    journals = new Journals(store);
  }

  @Test
  void answers() {
    assertThat(store.available()).isTrue();
  }

  @Test
  void loadsATenantAsItWasCreated() {
    TenantId tenant = journals.created(1, "Zoë's 🦄");

    assertThat(journals.state(tenant)).isEqualTo(TenantState.created(tenant(1, "Zoë's 🦄")));
    assertThat(store.journal(tenant, false, first(10)).items())
        .containsExactly(entry(1, new Change.TenantCreated(tenant(1, "Zoë's 🦄"))));
  }

  @Test
  void knowsNothingOfAnUnknownTenant() {
    journals.created(1, "known");

    assertThat(store.revision(UNKNOWN)).isEmpty();
    assertThat(store.load(UNKNOWN)).isEmpty();
    assertThat(store.loadAt(UNKNOWN, 1)).isEmpty();
    assertThat(store.entryOf(UNKNOWN, "key")).isEmpty();
    assertThat(store.journal(UNKNOWN, false, first(10))).isEqualTo(none());
    assertThat(store.schemaVersion(UNKNOWN, 1)).isEmpty();
    assertThat(store.schemaVersions(UNKNOWN, first(10))).isEqualTo(none());
    TenantState state = TenantState.created(tenant(999, "unknown"));
    assertThat(
            journals.append(UNKNOWN, state, entry(2, new Change.TenantRenamed(tenant(999, "x")))))
        .isEqualTo(NOT_FOUND);
    assertThat(store.load(UNKNOWN)).isEmpty();
  }

  private static <T, K> Page<T, K> none() {
    return new Page<>(List.of(), Optional.empty());
  }

  @Test
  void createsAnIdOnce() {
    TenantId tenant = journals.created(1, "first");
    JournalEntry again = keyed(1, "key", new Change.TenantCreated(tenant(1, "second")));

    assertThat(journals.create(again)).isEqualTo(CONFLICT);
    assertThat(journals.state(tenant).tenant().name()).isEqualTo("first");
    assertThat(store.journal(tenant, false, first(10)).items()).hasSize(1);
    assertThat(store.entryOf(tenant, "key")).isEmpty();
    assertThat(store.tenants(TenantFilter.ALL, first(10)).items()).hasSize(1);
  }

  @Test
  void appendsAnEntryAndItsEffectsTogether() {
    TenantId tenant = journals.created(1, "acme");
    TenantState before = journals.state(tenant);
    JournalEntry entry = keyed(2, "key", new Change.SchemaDefined(version(1, user()), 0));

    assertThat(journals.append(tenant, before, entry)).isEqualTo(APPENDED);
    assertThat(journals.state(tenant)).isEqualTo(Evolver.evolve(before, entry));
    assertThat(store.journal(tenant, false, first(1)).items()).containsExactly(entry);
    assertThat(store.entryOf(tenant, "key")).contains(entry);
    assertThat(store.schemaVersion(tenant, 1)).contains(version(1, user()));
  }

  private static Map<String, ?> user() {
    return Map.of("User", Map.of("z", "int"));
  }

  @Test
  void appendsOnlyAfterTheRevisionItHolds() {
    TenantId tenant = journals.created(1, "acme");
    TenantState first = journals.state(tenant);
    journals.append(tenant, new Change.SchemaDefined(version(1, user()), 0));
    TenantState second = journals.state(tenant);
    Change change = new Change.SchemaDefined(version(2, user()), 0);

    for (long revision : new long[] {1, 2, 4, 100}) {
      assertThat(journals.append(tenant, first, keyed(revision, "key", change)))
          .as("revision %d", revision)
          .isEqualTo(CONFLICT);
    }
    assertThat(journals.state(tenant)).isEqualTo(second);
    assertThat(store.journal(tenant, false, first(10)).items()).hasSize(2);
    assertThat(store.entryOf(tenant, "key")).isEmpty();
    assertThat(store.schemaVersion(tenant, 2)).isEmpty();
    assertThat(journals.append(tenant, second, keyed(3, "key", change))).isEqualTo(APPENDED);
  }

  @Test
  void keepsEveryKindOfChangeAndEveryDetail() {
    TenantId tenant = journals.created(1, "acme");
    Tenant renamed = tenant(1, "acme").rename("new", Journals.at(40));
    Change[][] entries = {
      {new Change.SchemaDefined(richVersion(1), 3)},
      {new Change.DerivedFieldDefined(field(1, "a"))},
      {new Change.DerivedFieldDefined(field(2, "b"))},
      {new Change.RuleAdded(rule(1, "one"))},
      {new Change.RuleAdded(rule(2, "two"))},
      {new Change.RuleAdded(rule(3, "three"))},
      {new Change.TenantRenamed(renamed)},
      {
        new Change.SchemaDefined(version(2, user()), 1),
        new Change.DerivedFieldBroken(field(1, "a").id(), "a", faults()),
        new Change.RuleBroken(rule(1, "one").id(), "one", faults()),
        new Change.RuleBroken(rule(2, "two").id(), "two", faults())
      },
      {
        new Change.SchemaActivated(richVersion(1), 2, 2),
        new Change.DerivedFieldRepaired(field(1, "a").id(), "a"),
        new Change.DerivedFieldRetyped(field(1, "a").id(), "a", "bool", "int", List.of("b")),
        new Change.RuleRepaired(rule(1, "one").id(), "one", true)
      },
      {new Change.RuleRevised(rule(1, "revised"))},
      {new Change.DerivedFieldRevised(field(1, "revised"))},
      {new Change.RuleRemoved(rule(3, "three").id(), "three")},
      {new Change.DerivedFieldRemoved(field(2, "b").id(), "b")}
    };
    TenantState expected = journals.state(tenant);
    List<TenantState> past = new ArrayList<>(List.of(expected));
    for (Change[] changes : entries) {
      expected = Evolver.evolve(expected, entry(expected.revision() + 1, changes));
      assertThat(journals.append(tenant, changes)).isEqualTo(APPENDED);
      assertThat(journals.state(tenant)).isEqualTo(expected);
      assertThat(journals.state(tenant)).hasToString(expected.toString());
      assertThat(store.revision(tenant)).hasValue(expected.revision());
      past.add(expected);
    }
    for (TenantState state : past) {
      assertThat(store.loadAt(tenant, state.revision())).contains(state);
    }
    for (long revision : new long[] {Long.MIN_VALUE, 0, past.size() + 1, Long.MAX_VALUE}) {
      assertThat(store.loadAt(tenant, revision)).isEmpty();
    }

    List<JournalEntry> journal = store.journal(tenant, false, first(100)).items();
    assertThat(journal).hasSize(entries.length + 1);
    for (int i = 0; i < entries.length; i++) {
      assertThat(journal.get(entries.length - 1 - i)).isEqualTo(entry(i + 2, entries[i]));
    }
  }

  @Test
  void keepsTimestampsToTheMicrosecond() {
    TenantId tenant = journals.created(1, "acme");
    journals.append(tenant, new Change.SchemaDefined(version(1, user()), 0));
    journals.append(tenant, new Change.RuleAdded(rule(1, "one")));
    TenantState state = journals.state(tenant);

    assertThat(state.tenant().createdAt()).isEqualTo(Journals.at(1));
    assertThat(state.rules().getFirst().updatedAt()).isEqualTo(Journals.at(2));
    assertThat(state.activeSchema().orElseThrow().createdAt()).isEqualTo(Journals.at(1));
    assertThat(store.journal(tenant, false, first(1)).items().getFirst().at())
        .isEqualTo(Journals.at(3));
    assertThat(store.schemaVersions(tenant, first(1)).items().getFirst().createdAt())
        .isEqualTo(Journals.at(1));
  }

  @Test
  void aDeletionRemovesAllThatTheTenantHas() {
    TenantId tenant = journals.created(1, "acme");
    TenantId other = journals.created(2, "acme");
    journals.append(tenant, new Change.SchemaDefined(version(1, user()), 0));
    TenantState state = journals.state(tenant);
    journals.append(tenant, state, keyed(3, "key", new Change.RuleAdded(rule(1, "one"))));
    TenantState last = journals.state(tenant);

    assertThat(journals.append(tenant, last, keyed(4, "gone", new Change.TenantDeleted())))
        .isEqualTo(APPENDED);

    assertThat(store.load(tenant)).isEmpty();
    assertThat(store.revision(tenant)).isEmpty();
    assertThat(store.loadAt(tenant, 2)).isEmpty();
    assertThat(store.entryOf(tenant, "key")).isEmpty();
    assertThat(store.entryOf(tenant, "gone")).isEmpty();
    assertThat(store.journal(tenant, false, first(10))).isEqualTo(none());
    assertThat(store.schemaVersion(tenant, 1)).isEmpty();
    assertThat(store.schemaVersions(tenant, first(10))).isEqualTo(none());
    assertThat(store.tenants(TenantFilter.ALL, first(10)).items())
        .extracting(Tenant::id)
        .containsExactly(other);
    for (long revision : new long[] {2, 4, 5}) {
      assertThat(journals.append(tenant, last, entry(revision, new Change.RuleAdded(rule(2, "x")))))
          .isEqualTo(NOT_FOUND);
    }
    assertThat(journals.append(tenant, last, entry(5, new Change.TenantDeleted())))
        .isEqualTo(NOT_FOUND);
  }

  @Test
  void aDeletionAtAnOldRevisionIsAConflict() {
    TenantId tenant = journals.created(1, "acme");
    TenantState old = journals.state(tenant);
    journals.append(tenant, new Change.SchemaDefined(version(1, user()), 0));

    assertThat(journals.append(tenant, old, entry(2, new Change.TenantDeleted())))
        .isEqualTo(CONFLICT);
    assertThat(store.load(tenant)).isPresent();
  }

  @Test
  void theIdOfADeletedTenantBeginsAnew() {
    TenantId tenant = journals.created(1, "old");
    journals.append(tenant, new Change.SchemaDefined(version(1, user()), 0));
    journals.append(tenant, new Change.TenantDeleted());

    assertThat(journals.create(tenant(1, "new"))).isEqualTo(APPENDED);
    assertThat(journals.state(tenant)).isEqualTo(TenantState.created(tenant(1, "new")));
    assertThat(store.journal(tenant, false, first(10)).items()).hasSize(1);
    assertThat(store.schemaVersion(tenant, 1)).isEmpty();
    assertThat(store.tenants(TenantFilter.ALL, first(10)).items()).hasSize(1);
  }

  @Test
  void findsTheEntryOfARequestByItsKey() {
    Tenant acme = tenant(1, "acme");
    JournalEntry created = keyed(1, "created", new Change.TenantCreated(acme));
    journals.create(created);
    List<JournalEntry> entries =
        LongStream.rangeClosed(2, 6)
            .mapToObj(r -> keyed(r, "key " + r, new Change.TenantRenamed(acme)))
            .toList();
    entries.forEach(e -> journals.append(acme.id(), journals.state(acme.id()), e));

    assertThat(store.entryOf(acme.id(), "created")).contains(created);
    for (JournalEntry entry : entries) {
      assertThat(store.entryOf(acme.id(), "key " + entry.revision())).contains(entry);
    }
    assertThat(store.entryOf(acme.id(), "key")).isEmpty();
    assertThat(store.entryOf(acme.id(), "KEY 2")).isEmpty();
    assertThat(store.entryOf(acme.id(), "")).isEmpty();
  }

  @Test
  void pagesTheJournalNewestFirst() {
    TenantId tenant = journals.created(1, "acme");
    for (int i = 2; i <= 25; i++) {
      journals.append(tenant, new Change.TenantRenamed(tenant(1, "name " + i)));
    }
    List<Long> newestFirst = LongStream.rangeClosed(1, 25).map(i -> 26 - i).boxed().toList();

    for (int size : new int[] {1, 7, 24, 25, 26, 1000}) {
      assertThat(all(size, (PageRequest<Long> page) -> store.journal(tenant, false, page)))
          .extracting(JournalEntry::revision)
          .as("pages of %d", size)
          .containsExactlyElementsOf(newestFirst);
    }
    assertThat(store.journal(tenant, false, first(25)).end()).isEmpty();
    assertThat(store.journal(tenant, true, first(25))).isEqualTo(none());
  }

  @Test
  void entriesAppendedMeanwhileNeitherRepeatNorHideOthers() {
    TenantId tenant = journals.created(1, "acme");
    for (int i = 2; i <= 9; i++) {
      journals.append(tenant, new Change.TenantRenamed(tenant(1, "name " + i)));
    }

    List<JournalEntry> read =
        all(
            3,
            (PageRequest<Long> page) -> {
              Page<JournalEntry, Long> part = store.journal(tenant, false, page);
              journals.append(tenant, new Change.TenantRenamed(tenant(1, "meanwhile")));
              return part;
            });

    assertThat(read)
        .extracting(JournalEntry::revision)
        .containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void findsTheEntriesThatChangeTheSchema() {
    TenantId tenant = journals.created(1, "acme");
    journals.append(tenant, new Change.SchemaDefined(version(1, user()), 0));
    journals.append(tenant, new Change.RuleAdded(rule(1, "one")));
    journals.append(
        tenant,
        new Change.SchemaDefined(version(2, user()), 0),
        new Change.RuleBroken(rule(1, "one").id(), "one", faults()));
    journals.append(tenant, new Change.TenantRenamed(tenant(1, "new")));
    journals.append(tenant, new Change.SchemaActivated(version(1, user()), 2, 0));

    for (int size : new int[] {1, 2, 3, 10}) {
      assertThat(all(size, (PageRequest<Long> page) -> store.journal(tenant, true, page)))
          .extracting(JournalEntry::revision)
          .containsExactly(6L, 4L, 2L);
    }
  }

  @Test
  void keepsEveryVersionOfTheSchema() {
    TenantId tenant = journals.created(1, "acme");
    assertThat(store.schemaVersions(tenant, first(10))).isEqualTo(none());
    for (int number = 1; number <= 5; number++) {
      journals.append(tenant, new Change.SchemaDefined(richVersion(number), 0));
    }
    journals.append(tenant, new Change.SchemaActivated(richVersion(2), 3, 0));

    assertThat(journals.state(tenant).schema()).isEqualTo(richVersion(2));
    assertThat(journals.state(tenant).latestSchemaVersion()).isEqualTo(5);
    for (int size : new int[] {1, 2, 5, 10}) {
      assertThat(all(size, (PageRequest<Long> page) -> store.schemaVersions(tenant, page)))
          .extracting(SchemaVersion::version)
          .containsExactly(5, 4, 3, 2, 1);
    }
    assertThat(store.schemaVersion(tenant, 3)).contains(richVersion(3));
    assertThat(store.schemaVersion(tenant, 3).orElseThrow()).hasToString(richVersion(3).toString());
    for (int number : new int[] {-1, 0, 6, Integer.MAX_VALUE}) {
      assertThat(store.schemaVersion(tenant, number)).isEmpty();
    }
  }

  @Test
  void listsTenantsNewestFirst() {
    for (int i = 1; i <= 12; i++) {
      journals.created(i, "tenant " + i % 3);
    }

    for (int size : new int[] {1, 5, 12, 100}) {
      assertThat(all(size, (PageRequest<Age> page) -> store.tenants(TenantFilter.ALL, page)))
          .extracting(tenant -> tenant.id().value().getLeastSignificantBits())
          .containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
      assertThat(
              all(
                  size,
                  (PageRequest<Age> page) -> store.tenants(TenantFilter.named("tenant 1"), page)))
          .extracting(tenant -> tenant.id().value().getLeastSignificantBits())
          .containsExactly(10L, 7L, 4L, 1L);
    }
    for (String name : new String[] {"tenant", "TENANT 1", "tenant 1 ", "%", ""}) {
      assertThat(store.tenants(TenantFilter.named(name), first(10))).isEqualTo(none());
    }
  }

  @Test
  void listsARenamedTenantUnderItsNewName() {
    TenantId tenant = journals.created(1, "old");
    Tenant renamed = tenant(1, "old").rename("new", Journals.at(50));
    journals.append(tenant, new Change.TenantRenamed(renamed));

    assertThat(store.tenants(TenantFilter.named("old"), first(10)).items()).isEmpty();
    assertThat(store.tenants(TenantFilter.named("new"), first(10)).items())
        .containsExactly(renamed);
  }

  @Test
  void listsTenantsThatAreSuspendedOrNot() {
    journals.created(1, "acme");
    TenantId second = journals.created(2, "acme");
    Tenant suspended =
        tenant(2, "acme").govern(TenantSettings.DEFAULT.withSuspended(true), Journals.at(50));
    journals.append(second, new Change.TenantGoverned(suspended));

    assertThat(listed(Optional.empty(), true)).containsExactly(second);
    assertThat(listed(Optional.of("acme"), true)).containsExactly(second);
    assertThat(listed(Optional.of("other"), true)).isEmpty();
    assertThat(listed(Optional.empty(), false)).containsExactly(tenant(1, "acme").id());
    journals.append(
        second,
        new Change.TenantGoverned(suspended.govern(TenantSettings.DEFAULT, Journals.at(60))));
    assertThat(listed(Optional.empty(), true)).isEmpty();
    assertThat(listed(Optional.empty(), false)).hasSize(2);
  }

  private List<TenantId> listed(Optional<String> name, boolean suspended) {
    var filter = new TenantFilter(name, Optional.of(suspended));
    return all(1, (PageRequest<Age> page) -> store.tenants(filter, page)).stream()
        .map(Tenant::id)
        .toList();
  }

  @Test
  void aListGoesOnWhereAPageEndedWhenThatTenantIsGone() {
    for (int i = 1; i <= 6; i++) {
      journals.created(i, "acme");
    }

    List<Tenant> read =
        all(
            2,
            (PageRequest<Age> page) -> {
              Page<Tenant, Age> part = store.tenants(TenantFilter.ALL, page);
              journals.append(part.items().getLast().id(), new Change.TenantDeleted());
              return part;
            });

    assertThat(read)
        .extracting(tenant -> tenant.id().value().getLeastSignificantBits())
        .containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void ordersTenantsOfTheSameMomentByTheirIdsAsText() {
    for (UUID id : List.of(new UUID(1, 1), new UUID(-1, 1), new UUID(1, -1), new UUID(0, 7))) {
      journals.create(new Tenant(new TenantId(id), "twin", Journals.at(1), Journals.at(1)));
    }

    for (int size : new int[] {1, 3, 10}) {
      assertThat(
              all(size, (PageRequest<Age> page) -> store.tenants(TenantFilter.named("twin"), page)))
          .extracting(tenant -> tenant.id().value())
          .containsExactly(new UUID(-1, 1), new UUID(1, -1), new UUID(1, 1), new UUID(0, 7));
    }
  }

  @Test
  void tenantsCreatedMeanwhileNeitherRepeatNorHideOthers() {
    for (int i = 1; i <= 7; i++) {
      journals.created(i, "acme");
    }
    int[] next = {8};

    List<Tenant> read =
        all(
            2,
            (PageRequest<Age> page) -> {
              Page<Tenant, Age> part = store.tenants(TenantFilter.named("acme"), page);
              int number = next[0]++;
              journals.created(number, "acme");
              return part;
            });

    assertThat(read)
        .extracting(tenant -> tenant.id().value().getLeastSignificantBits())
        .containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
  }
}
