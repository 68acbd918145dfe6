package dev.tenet.application.store;

import static dev.tenet.application.change.Corridor.accepted;
import static dev.tenet.application.change.Corridor.draft;
import static dev.tenet.application.change.Corridor.keyed;
import static dev.tenet.application.change.Corridor.rejected;
import static dev.tenet.application.change.Corridor.request;
import static dev.tenet.application.store.Journals.first;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.Corridor;
import dev.tenet.application.derived.FindDerivedField;
import dev.tenet.application.derived.ListDerivedFields;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.history.ListHistory;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.rule.FindRule;
import dev.tenet.application.rule.ListRules;
import dev.tenet.application.schema.FindSchema;
import dev.tenet.application.schema.ListSchemaVersions;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.derived.DerivedFieldPatch;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.rule.RulePatch;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nothing of one tenant is visible, or can be changed, through another's id: not in the store and not in the use cases
/// over it. A store's own test extends this class.
public abstract class TenantIsolationContract {

  private Corridor corridor = new Corridor(new NoStore(), new ScriptedRuleCompiler());
  private TenantId ours = Journals.tenant(1, "").id();
  private TenantId theirs = Journals.tenant(2, "").id();
  private RuleId theirRule = Journals.rule(1, "").id();
  private DerivedFieldId theirField = Journals.field(1, "").id();

  /// {@return a store without tenants}
  protected abstract TenantStore open();

  /// Two tenants of the same name: theirs has two schema versions, a derived field, a rule and a request key; ours has
  /// one version of another schema under the same object name.
  @BeforeEach
  final void twoTenants() {
    corridor = new Corridor(open(), new ScriptedRuleCompiler());
    ours = corridor.tenant();
    theirs = corridor.tenantWithSchema();
    accepted(corridor.define(theirs, Corridor.SCHEMA));
    theirField =
        accepted(
                corridor.defineDerivedField.define(
                    request(theirs), "isAdult", new Expression("User.Adult"), ""))
            .id();
    theirRule =
        accepted(corridor.addRule.add(keyed(theirs, "key", "print"), draft("secret", "isAdult")))
            .id();
    accepted(corridor.define(ours, Map.of("User", Map.of("Ours", "bool"))));
  }

  @Test
  void theStoreShowsNothingOfOthers() {
    TenantStore store = corridor.store;

    assertThat(store.load(ours).orElseThrow().rules()).isEmpty();
    assertThat(store.load(ours).orElseThrow().derivedFields()).isEmpty();
    assertThat(store.load(ours).orElseThrow().revision()).isEqualTo(2);
    assertThat(store.entryOf(ours, "key")).isEmpty();
    assertThat(store.entryOf(theirs, "key")).isPresent();
    assertThat(store.journal(ours, false, first(100)).items()).hasSize(2);
    assertThat(store.journal(ours, true, first(100)).items()).hasSize(1);
    assertThat(store.schemaVersion(ours, 2)).isEmpty();
    assertThat(store.schemaVersion(ours, 1)).isEqualTo(corridor.state(ours).activeSchema());
    assertThat(store.schemaVersions(ours, first(100)).items()).hasSize(1);
  }

  @Test
  void aPlaceInAnotherTenantsListShowsNothingOfIt() {
    Optional<Long> end = corridor.store.journal(theirs, false, Journals.<Long>first(1)).end();
    var page = new PageRequest<>(100, end);

    assertThat(corridor.store.journal(ours, false, page).items())
        .isSubsetOf(corridor.store.journal(ours, false, first(100)).items());
    assertThat(corridor.store.schemaVersions(ours, page).items())
        .isSubsetOf(corridor.store.schemaVersions(ours, first(100)).items());
  }

  @Test
  void theUseCasesFindNothingOfOthers() {
    var definitions = new Definitions(corridor.store, corridor.store::load, corridor.store::load);
    var filter =
        new ListRules.Filter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(new FindRule(definitions).find(ours, theirRule))
        .isEqualTo(new ReadResult.NotFound<Rule>("rule"));
    assertThat(new FindDerivedField(definitions).find(ours, theirField))
        .isEqualTo(new ReadResult.NotFound<DerivedField>("derived field"));
    assertThat(items(new ListRules(definitions).list(ours, filter, first(100)))).isEmpty();
    assertThat(items(new ListDerivedFields(definitions).list(ours, first(100)))).isEmpty();
    assertThat(items(new ListSchemaVersions(definitions, corridor.store).list(ours, first(100))))
        .hasSize(1);
    assertThat(items(new ListHistory(definitions).list(ours, ListHistory.Part.SCHEMA, first(100))))
        .hasSize(1);
    assertThat(new FindSchema(definitions, corridor.store).find(ours, OptionalInt.of(2)))
        .isEqualTo(new ReadResult.NotFound<FindSchema.FoundSchema>("schema version"));
  }

  private static <T> List<T> items(ReadResult<? extends Page<T, ?>> result) {
    if (result instanceof ReadResult.Found<? extends Page<T, ?>> found) {
      return found.value().items();
    }
    throw new AssertionError("not found: " + result);
  }

  @Test
  void theUseCasesChangeNothingOfOthers() {
    TenantState before = corridor.state(theirs);
    var noRule =
        new RulePatch(
            Optional.of("mine"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var noField = new DerivedFieldPatch(Optional.of("mine"), Optional.empty(), Optional.empty());

    assertThat(codes(corridor.reviseRule.revise(request(ours), theirRule, noRule)))
        .isEqualTo("rule_not_found");
    assertThat(codes(corridor.removeRule.remove(request(ours), theirRule)))
        .isEqualTo("rule_not_found");
    assertThat(codes(corridor.reviseDerivedField.revise(request(ours), theirField, noField)))
        .isEqualTo("derived_field_not_found");
    assertThat(codes(corridor.removeDerivedField.remove(request(ours), theirField)))
        .isEqualTo("derived_field_not_found");
    assertThat(codes(corridor.activateSchema.activate(request(ours), 2, false)))
        .isEqualTo("schema_version_not_found");
    assertThat(corridor.state(theirs)).isEqualTo(before);
  }

  private static String codes(ChangeResult<?> result) {
    return rejected(result).code();
  }

  @Test
  void namesAndKeysAreEachTenantsOwn() {
    accepted(corridor.addRule.add(keyed(ours, "key", "another print"), draft("secret", "true")));

    assertThat(corridor.outcomes(ours)).containsExactly("secret+");
    assertThat(corridor.state(theirs).rules()).extracting(Rule::id).containsExactly(theirRule);
  }

  @Test
  void expressionsSeeTheirOwnTenantsNamesOnly() {
    for (String expression : List.of("isAdult", "User.Adult")) {
      assertThat(rejected(corridor.addRule.add(request(ours), draft("r", expression))).code())
          .isEqualTo("undeclared");
    }
  }

  @Test
  void evaluationsRunTheirOwnTenantsRulesOnly() {
    corridor.rule(ours, "ours", "User.Ours");

    assertThat(corridor.outcomes(theirs)).containsExactly("secret+");
    var decision =
        corridor.decide(
            ours,
            Map.of("User", Map.of("Ours", true, "Adult", "no boolean")),
            new Selection(List.of(theirRule), Set.of(), false, false));
    assertThat(decision.outcomes()).isEmpty();
    assertThat(decision.notFound()).containsExactly(theirRule);
  }

  @Test
  void deletingATenantLeavesOthersWhole() {
    TenantState before = corridor.state(theirs);

    accepted(corridor.deleteTenant.delete(request(ours)));

    assertThat(corridor.state(theirs)).isEqualTo(before);
    assertThat(corridor.outcomes(theirs)).containsExactly("secret+");
    assertThat(corridor.store.journal(theirs, false, first(100)).items()).hasSize(5);
  }
}
