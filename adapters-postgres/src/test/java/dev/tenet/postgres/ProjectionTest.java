package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.change.Corridor;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.audit.ChangeAudit;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Command.DefineSchema.Precondition;
import dev.tenet.domain.change.Evolver;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RulePatch;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The tables that follow from the journal.
final class ProjectionTest {

  /// {@return the state that a tenant's journal gives, which has no gap}
  static TenantState replay(TenantStore store, TenantId tenant) {
    List<JournalEntry> entries = new ArrayList<>();
    Optional<Long> end = Optional.empty();
    do {
      var page = store.journal(tenant, false, new PageRequest<>(500, end));
      entries.addAll(page.items());
      end = page.end();
    } while (end.isPresent());
    List<JournalEntry> oldestFirst = entries.reversed();
    TenantState state = Evolver.begin(oldestFirst.getFirst());
    for (JournalEntry entry : oldestFirst.subList(1, oldestFirst.size())) {
      assertThat(entry.revision()).isEqualTo(state.revision() + 1);
      state = Evolver.evolve(state, entry);
    }
    return state;
  }

  @Test
  void equalTheReplayedJournalAfterManyChanges() {
    TenantStore store = TestDatabase.emptyStore();
    var corridor = new Corridor(store, new ScriptedRuleCompiler());
    for (int seed = 0; seed < 5; seed++) {
      TenantId tenant = corridor.tenantWithSchema();
      var random = new Random(seed);
      for (int step = 0; step < 60; step++) {
        change(corridor, tenant, random, step);
      }
      assertThat(corridor.state(tenant)).isEqualTo(replay(store, tenant));
      assertThat(corridor.state(tenant)).hasToString(replay(store, tenant).toString());
    }
  }

  private static void change(Corridor corridor, TenantId tenant, Random random, int step) {
    List<Rule> rules = corridor.state(tenant).rules();
    switch (random.nextInt(8)) {
      case 0 ->
          corridor.define(tenant, random.nextBoolean() ? Corridor.SCHEMA : Corridor.WITHOUT_ADULT);
      case 1 ->
          corridor.activateSchema.activate(Corridor.request(tenant), 1 + random.nextInt(3), false);
      case 2 -> corridor.renameTenant.rename(Corridor.request(tenant), "name " + step);
      case 3 -> {
        if (!rules.isEmpty()) {
          Rule rule = rules.get(random.nextInt(rules.size()));
          corridor.removeRule.remove(Corridor.request(tenant), rule.id());
        }
      }
      case 4 -> {
        if (!rules.isEmpty()) {
          Rule rule = rules.get(random.nextInt(rules.size()));
          corridor.reviseRule.revise(Corridor.request(tenant), rule.id(), renamed("r" + step));
        }
      }
      default ->
          corridor.addRule.add(
              Corridor.request(tenant),
              Corridor.draft("rule " + step, random.nextBoolean() ? "User.Adult" : "User.Vip"));
    }
  }

  private static RulePatch renamed(String name) {
    return new RulePatch(
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(true),
        Optional.empty());
  }

  @Test
  void holdTextsThatPostgresDoesNotKnow() {
    TenantStore store = TestDatabase.emptyStore();
    var random = new RandomChanges(3);
    Instant at = Instant.parse("2026-02-03T04:05:06.000007Z");
    var id = new TenantId(new UUID(7, 7));
    var created =
        new JournalEntry(
            1,
            at,
            random.text(),
            new JournalEntry.RequestKey("k\u0000\ud800", random.text()),
            List.of(new Change.TenantCreated(new Tenant(id, "\u241b\u0000ü", at, at))));
    TenantState state = Evolver.begin(created);
    store.create(state, created, ChangeAudit.of(id, Optional.empty(), created, null));
    for (int i = 0; i < 30; i++) {
      var entry =
          new JournalEntry(
              state.revision() + 1,
              at,
              random.text(),
              null,
              List.of(
                  new Change.SchemaDefined(random.version(i + 1), i),
                  new Change.RuleAdded(random.rule()),
                  new Change.DerivedFieldDefined(random.field())));
      TenantState next = Evolver.evolve(state, entry);
      if (distinct(next)) {
        assertThat(
                store.append(
                    id, next, entry, ChangeAudit.of(id, Optional.of(state), entry, random.text())))
            .isInstanceOf(TenantStore.AppendResult.Appended.class);
        state = next;
      }
    }
    assertThat(store.entryOf(id, "k\u0000\ud800")).contains(created);
    TenantState loaded = store.load(id).orElseThrow();
    assertThat(loaded.rules()).isEqualTo(state.rules()).hasSizeGreaterThan(10);
    assertThat(loaded.derivedFields()).isEqualTo(state.derivedFields());
    assertThat(loaded.schema()).isEqualTo(state.schema());
    assertThat(loaded.tenant()).isEqualTo(state.tenant());
  }

  private static boolean distinct(TenantState state) {
    return state.rules().stream().map(Rule::name).distinct().count() == state.rules().size()
        && state.derivedFields().stream().map(f -> f.name()).distinct().count()
            == state.derivedFields().size();
  }

  @Test
  void tellOperatorsWhatTheSchemaChangesDid() {
    TenantStore store = TestDatabase.emptyStore();
    var corridor = new Corridor(store, new ScriptedRuleCompiler());
    TenantId tenant = corridor.tenantWithSchema();
    corridor.rule(tenant, "adults", "User.Adult");
    corridor.define(tenant, Corridor.WITHOUT_ADULT);
    corridor.activateSchema.activate(Corridor.request(tenant), 1, false);
    corridor.defineSchema.define(Corridor.request(tenant), Map.of(), Precondition.ANY, false);

    assertThat(
            rows(
                tenant,
                "SELECT change_type || ' ' || version || ' ' || rules_failed || ' ' || coalesce(error_details -> 0 ->> 'ruleName', '')"
                    + " || ' ' || changed_by FROM schema_changelog JOIN schemas USING (tenant_id, schema_id) ORDER BY revision"))
        .containsExactly(
            "created 1 0  tester", "updated 2 1 adults tester", "rolled_back 1 0  tester");
    assertThat(rows(tenant, "SELECT version || ' ' || active FROM schemas ORDER BY version"))
        .containsExactly("1 true", "2 false");
    assertThat(rows(tenant, "SELECT definition -> 'User' ->> 'Vip' FROM schemas WHERE active"))
        .containsExactly("bool");
    assertThat(rows(tenant, "SELECT name || ' ' || active FROM rules"))
        .containsExactly("adults true");
  }

  private static List<String> rows(TenantId tenant, String sql) {
    return TestDatabase.transactions()
        .inTenant(tenant, handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
