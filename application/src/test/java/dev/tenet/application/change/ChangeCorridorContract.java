package dev.tenet.application.change;

import static dev.tenet.application.change.Corridor.FACTS;
import static dev.tenet.application.change.Corridor.SCHEMA;
import static dev.tenet.application.change.Corridor.WITHOUT_ADULT;
import static dev.tenet.application.change.Corridor.accepted;
import static dev.tenet.application.change.Corridor.draft;
import static dev.tenet.application.change.Corridor.dryRun;
import static dev.tenet.application.change.Corridor.ifRevision;
import static dev.tenet.application.change.Corridor.rejected;
import static dev.tenet.application.change.Corridor.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.EvaluateFacts;
import dev.tenet.application.evaluation.EvaluateFacts.Wanted;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.NoStore;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Command.DefineSchema.Precondition;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.change.Rejection;
import dev.tenet.domain.change.Rejection.Dependant;
import dev.tenet.domain.change.Rejection.Reason;
import dev.tenet.domain.decision.Requester;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.rule.RulePatch;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What changing a tenant does, from the use case to the store and to the rule set in force: one change after another. A
/// store's or compiler's own test extends this class.
public abstract class ChangeCorridorContract {

  private static final TenantId UNKNOWN = new TenantId(new UUID(9, 9));

  private Corridor corridor = new Corridor(new NoStore(), new ScriptedRuleCompiler());

  /// {@return a store without tenants}
  protected abstract TenantStore open();

  /// {@return a compiler to which `true`, `User.Adult` and the name of a derived field are expressions}
  protected abstract RuleCompiler compiler();

  @BeforeEach
  final void openCorridor() {
    corridor = new Corridor(open(), compiler());
  }

  private static RulePatch expression(String text) {
    return new RulePatch(
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Expression(text)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static RulePatch named(String name) {
    return new RulePatch(
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static RulePatch enabled(boolean enabled) {
    return new RulePatch(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(enabled),
        Optional.empty());
  }

  private static RulePatch active(boolean active) {
    return new RulePatch(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(active));
  }

  /// What is stored of the rule does not say that it is broken: that is a fact about this server.
  @Test
  void aRuleWhoseFunctionIsGoneCanBeRenamedAndSwitchedOff() {
    TenantId tenant = corridor.tenantWithSchema();
    RuleId rule = corridor.rule(tenant, "adult", "User.Adult").id();
    var lacking = new Corridor(corridor.store, new WithoutAdult(compiler()));
    Rule renamed =
        Corridor.accepted(
            lacking.reviseRule.revise(Corridor.request(tenant), rule, named("grown up")));
    assertThat(renamed.active()).isFalse();
    assertThat(renamed.enabled()).isTrue();
    Rule off =
        Corridor.accepted(
            lacking.reviseRule.revise(Corridor.request(tenant), rule, enabled(false)));
    assertThat(off.enabled()).isFalse();
    assertThat(
            Corridor.rejected(
                lacking.reviseRule.revise(Corridor.request(tenant), rule, enabled(true))))
        .isNotNull();
    var whole = new Corridor(corridor.store, compiler());
    assertThat(
            Corridor.accepted(
                    whole.reviseRule.revise(Corridor.request(tenant), rule, enabled(true)))
                .active())
        .isTrue();
  }

  @Test
  void a105TenantsMayHaveTheSameName() {
    TenantId one = corridor.tenant();
    TenantId two = corridor.tenant();

    assertThat(one).isNotEqualTo(two);
    assertThat(corridor.state(one).tenant().name()).isEqualTo(corridor.state(two).tenant().name());
  }

  @Test
  void a203TheFirstSchemaIsDefinedOnce() {
    TenantId tenant = corridor.tenant();

    SchemaVersion first =
        accepted(corridor.defineSchema.define(request(tenant), SCHEMA, Precondition.FIRST, false));

    assertThat(first.version()).isEqualTo(1);
    Rejection again =
        rejected(corridor.defineSchema.define(request(tenant), SCHEMA, Precondition.FIRST, false));
    assertThat(again.code()).isEqualTo("schema_exists");
    assertThat(corridor.state(tenant).revision()).isEqualTo(2);
  }

  @Test
  void a205TheNextVersionMayBeTheFirst() {
    TenantId tenant = corridor.tenant();
    for (int version = 1; version <= 3; version++) {
      assertThat(
              accepted(
                      corridor.defineSchema.define(
                          request(tenant), SCHEMA, Precondition.ANY, false))
                  .version())
          .isEqualTo(version);
      assertThat(corridor.store.schemaVersion(tenant, version))
          .isEqualTo(corridor.state(tenant).activeSchema());
    }
  }

  @Test
  void a207AnUnknownTenantIsNotFoundAndLeavesNoTrace() {
    var request = request(UNKNOWN);

    assertThat(corridor.defineSchema.define(request, SCHEMA, Precondition.ANY, false))
        .isInstanceOf(ChangeResult.TenantNotFound.class);
    assertThat(corridor.addRule.add(request, draft("r", "true")))
        .isInstanceOf(ChangeResult.TenantNotFound.class);
    assertThat(corridor.activateSchema.activate(request, 1, false))
        .isInstanceOf(ChangeResult.TenantNotFound.class);
    assertThat(corridor.deleteTenant.delete(request))
        .isInstanceOf(ChangeResult.TenantNotFound.class);
    assertThat(corridor.evaluateFacts.open(UNKNOWN, Wanted.PRESENT, Requester.UNKNOWN))
        .isInstanceOf(EvaluateFacts.Result.TenantNotFound.class);
    assertThat(corridor.ruleSets.size()).isZero();
    assertThat(corridor.store.load(UNKNOWN)).isEmpty();
  }

  @Test
  void a211AFaultySchemaChangesNothing() {
    TenantId tenant = corridor.tenantWithSchema();
    corridor.rule(tenant, "adults", "User.Adult");

    corridor.nothingChanges(
        tenant,
        () ->
            assertThat(
                    rejected(corridor.define(tenant, Map.of("in", Map.of("1", "money"))))
                        .diagnostics())
                .hasSize(3));
  }

  @Test
  void a506ARuleThatDoesNotCompileIsNotStored() {
    TenantId tenant = corridor.tenantWithSchema();
    corridor.rule(tenant, "adults", "User.Adult");

    corridor.nothingChanges(
        tenant,
        () -> {
          Rejection rejection =
              rejected(corridor.addRule.add(request(tenant), draft("r", "User.Nope")));
          assertThat(rejection.reason()).isEqualTo(Reason.INVALID);
          assertThat(rejection.diagnostics()).isNotEmpty();
          assertThat(
                  rejected(corridor.addRule.add(request(tenant), draft("adults", "true"))).code())
              .isEqualTo("name_taken");
        });
  }

  @Test
  void a507ARuleNeedsASchema() {
    TenantId tenant = corridor.tenant();

    assertThat(rejected(corridor.addRule.add(request(tenant), draft("r", "true"))).code())
        .isEqualTo("schema_not_found");
    assertThat(corridor.evaluateFacts.open(tenant, Wanted.PRESENT, Requester.UNKNOWN))
        .isInstanceOf(EvaluateFacts.Result.NoSchema.class);
  }

  @Test
  void a512ARevisionKeepsWhatItDoesNotName() {
    TenantId tenant = corridor.tenantWithSchema();
    Rule rule = corridor.rule(tenant, "adults", "User.Adult");

    Rule renamed =
        accepted(corridor.reviseRule.revise(request(tenant), rule.id(), named("grown-ups")));

    assertThat(renamed.expression()).isEqualTo(rule.expression());
    assertThat(renamed.createdAt()).isEqualTo(rule.createdAt());
    assertThat(renamed.updatedAt()).isAfter(rule.updatedAt());
    assertThat(corridor.outcomes(tenant)).containsExactly("grown-ups+");
    accepted(corridor.reviseRule.revise(request(tenant), rule.id(), expression("User.Vip")));
    assertThat(corridor.outcomes(tenant)).containsExactly("grown-ups-");
  }

  @Test
  void a513A514ARefusedRevisionLeavesTheOldLogicInForce() {
    TenantId tenant = corridor.tenantWithSchema();
    Rule rule = corridor.rule(tenant, "adults", "User.Adult");
    corridor.rule(tenant, "other", "User.Vip");

    corridor.nothingChanges(
        tenant,
        () -> {
          rejected(corridor.reviseRule.revise(request(tenant), rule.id(), expression("User.Nope")));
          assertThat(
                  rejected(corridor.reviseRule.revise(request(tenant), rule.id(), named("other")))
                      .code())
              .isEqualTo("name_taken");
          assertThat(
                  rejected(
                          corridor.reviseRule.revise(
                              request(tenant), new RuleId(new UUID(8, 8)), named("x")))
                      .code())
              .isEqualTo("rule_not_found");
        });
  }

  @Test
  void a515A517RulesAreSwitchedOffAndOnAndRemoved() {
    TenantId tenant = corridor.tenantWithSchema();
    Rule rule = corridor.rule(tenant, "adults", "User.Adult");

    accepted(corridor.reviseRule.revise(request(tenant), rule.id(), enabled(false)));
    assertThat(corridor.outcomes(tenant)).isEmpty();
    assertThat(corridor.state(tenant).rules()).hasSize(1);
    accepted(corridor.reviseRule.revise(request(tenant), rule.id(), enabled(true)));
    assertThat(corridor.outcomes(tenant)).containsExactly("adults+");
    accepted(corridor.removeRule.remove(request(tenant), rule.id()));
    assertThat(corridor.outcomes(tenant)).isEmpty();
    assertThat(rejected(corridor.removeRule.remove(request(tenant), rule.id())).code())
        .isEqualTo("rule_not_found");
  }

  @Test
  void a805ASchemaMarksTheRulesItBreaksAndARollbackRepairsThem() {
    TenantId tenant = corridor.tenantWithSchema();
    Rule adults = corridor.rule(tenant, "adults", "User.Adult");
    corridor.rule(tenant, "vips", "User.Vip");

    ChangeResult<?> result = corridor.define(tenant, WITHOUT_ADULT);

    assertThat(changes(result).getFirst())
        .isInstanceOfSatisfying(
            Change.SchemaDefined.class,
            defined -> assertThat(defined.rulesRecompiled()).isEqualTo(1));
    assertThat(changes(result).getLast())
        .isInstanceOfSatisfying(
            Change.RuleBroken.class,
            broken -> {
              assertThat(broken.id()).isEqualTo(adults.id());
              assertThat(broken.faults()).isNotEmpty();
            });
    assertThat(corridor.outcomes(tenant)).containsExactly("vips-");
    assertThat(corridor.state(tenant).rules())
        .extracting(Rule::active)
        .containsExactly(false, true);
    assertThat(
            corridor
                .decide(tenant, FACTS, new Selection(List.of(adults.id()), Set.of(), false, false))
                .notFound())
        .containsExactly(adults.id());
    assertThat(
            rejected(corridor.reviseRule.revise(request(tenant), adults.id(), active(true)))
                .reason())
        .isEqualTo(Reason.INVALID);

    ChangeResult<?> rollback = corridor.activateSchema.activate(request(tenant), 1, false);

    assertThat(changes(rollback)).contains(new Change.RuleRepaired(adults.id(), "adults", true));
    assertThat(corridor.outcomes(tenant)).containsExactly("adults+", "vips-");
  }

  private static List<Change> changes(ChangeResult<?> result) {
    if (result instanceof ChangeResult.Accepted<?> accepted) {
      return accepted.changes();
    }
    throw new AssertionError("not accepted: " + result);
  }

  @Test
  void c7AStrictSchemaThatBreaksRulesIsRefused() {
    TenantId tenant = corridor.tenantWithSchema();
    corridor.rule(tenant, "adults", "User.Adult");

    corridor.nothingChanges(
        tenant,
        () -> {
          Rejection rejection =
              rejected(
                  corridor.defineSchema.define(
                      request(tenant), WITHOUT_ADULT, Precondition.ANY, true));
          assertThat(rejection.code()).isEqualTo("schema_breaks_rules");
          assertThat(rejection.dependants()).extracting(Dependant::name).containsExactly("adults");
        });
  }

  @Test
  void a806RulesKeepWorkingWhenTheSchemaGrows() {
    TenantId tenant = corridor.tenantWithSchema();
    corridor.rule(tenant, "adults", "User.Adult");

    ChangeResult<?> result =
        corridor.define(
            tenant,
            Map.of(
                "User",
                Map.of("Adult", "bool", "Vip", "bool", "Age", "int"),
                "Card",
                Map.of("Number", "string")));

    assertThat(changes(result)).hasSize(1);
    assertThat(corridor.outcomes(tenant)).containsExactly("adults+");
  }

  @Test
  void a1002TheJournalNamesEveryAcceptedChangeAndWhatItBroke() {
    TenantId tenant = corridor.tenantWithSchema();
    corridor.rule(tenant, "adults", "User.Adult");
    rejected(corridor.define(tenant, Map.of()));
    accepted(corridor.define(tenant, WITHOUT_ADULT));
    accepted(corridor.activateSchema.activate(request(tenant), 1, false));

    List<JournalEntry> entries =
        corridor.store.journal(tenant, true, new PageRequest<>(10, Optional.empty())).items();

    assertThat(entries).extracting(JournalEntry::revision).containsExactly(5L, 4L, 2L);
    assertThat(entries).extracting(JournalEntry::actor).containsOnly("tester");
    assertThat(entries.getFirst().changes().getFirst()).isInstanceOf(Change.SchemaActivated.class);
    assertThat(entries.get(1).changes().getFirst()).isInstanceOf(Change.SchemaDefined.class);
    assertThat(entries.get(1).changes().getLast()).isInstanceOf(Change.RuleBroken.class);
  }

  @Test
  void theVersionAfterARollbackIsANewOne() {
    TenantId tenant = corridor.tenantWithSchema();
    accepted(corridor.define(tenant, WITHOUT_ADULT));
    accepted(corridor.activateSchema.activate(request(tenant), 1, false));

    accepted(corridor.define(tenant, SCHEMA));

    assertThat(corridor.state(tenant).activeSchema().orElseThrow().version()).isEqualTo(3);
    assertThat(rejected(corridor.activateSchema.activate(request(tenant), 9, false)).code())
        .isEqualTo("schema_version_not_found");
  }

  @Test
  void aDryRunTellsWhatWouldChangeAndStoresNothing() {
    TenantId tenant = corridor.tenantWithSchema();
    Rule rule = corridor.rule(tenant, "adults", "User.Adult");
    var dry = dryRun(tenant);

    corridor.nothingChanges(
        tenant,
        () -> {
          assertThat(
                  changes(
                      corridor.defineSchema.define(dry, WITHOUT_ADULT, Precondition.ANY, false)))
              .hasSize(2);
          assertThat(corridor.addRule.add(dry, draft("r", "true")))
              .isInstanceOfSatisfying(
                  ChangeResult.Accepted.class,
                  accepted -> assertThat(accepted.revision()).isEqualTo(4));
          accepted(corridor.reviseRule.revise(dry, rule.id(), expression("User.Vip")));
          accepted(corridor.removeRule.remove(dry, rule.id()));
          accepted(corridor.defineDerivedField.define(dry, "isAdult", new Expression("true"), ""));
          accepted(corridor.renameTenant.rename(dry, "new"));
          accepted(corridor.deleteTenant.delete(dry));
          rejected(corridor.addRule.add(dry, draft("r", "User.Nope")));
        });
    TenantId dryTenant =
        accepted(
                corridor.createTenant.create(
                    "dry", Optional.empty(), true, Optional.empty(), "tester", Optional.empty()))
            .id();
    assertThat(corridor.store.load(dryTenant)).isEmpty();
  }

  @Test
  void aChangeMayNameTheRevisionItIsMeantFor() {
    TenantId tenant = corridor.tenantWithSchema();

    assertThat(corridor.addRule.add(ifRevision(tenant, 2), draft("a", "true")))
        .isInstanceOf(ChangeResult.Accepted.class);
    corridor.nothingChanges(
        tenant,
        () -> {
          for (long revision : new long[] {0, 2, 4}) {
            assertThat(corridor.addRule.add(ifRevision(tenant, revision), draft("b", "true")))
                .isEqualTo(new ChangeResult.Stale<Rule>(3));
          }
        });
  }

  @Test
  void aRenamedTenantKeepsItsDefinitions() {
    TenantId tenant = corridor.tenantWithSchema();
    corridor.rule(tenant, "adults", "User.Adult");

    assertThat(accepted(corridor.renameTenant.rename(request(tenant), "new")).name())
        .isEqualTo("new");

    assertThat(corridor.state(tenant).tenant().updatedAt())
        .isAfter(corridor.state(tenant).tenant().createdAt());
    assertThat(corridor.outcomes(tenant)).containsExactly("adults+");
  }

  @Test
  void a108ADeletedTenantIsGoneEverywhere() {
    TenantId tenant = corridor.tenantWithSchema();
    corridor.rule(tenant, "adults", "User.Adult");
    assertThat(corridor.ruleSets.size()).isEqualTo(1);

    accepted(corridor.deleteTenant.delete(request(tenant)));

    assertThat(corridor.ruleSets.size()).isZero();
    assertThat(corridor.evaluateFacts.open(tenant, Wanted.PRESENT, Requester.UNKNOWN))
        .isInstanceOf(EvaluateFacts.Result.TenantNotFound.class);
    assertThat(corridor.addRule.add(request(tenant), draft("r", "true")))
        .isInstanceOf(ChangeResult.TenantNotFound.class);
    assertThat(corridor.deleteTenant.delete(request(tenant)))
        .isInstanceOf(ChangeResult.TenantNotFound.class);
    assertThat(corridor.ruleSets.size()).isZero();
  }
}
