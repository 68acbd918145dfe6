package dev.tenet.domain.change;

import static dev.tenet.domain.change.Samples.NOW;
import static dev.tenet.domain.change.Samples.TENANT;
import static dev.tenet.domain.change.Samples.THEN;
import static dev.tenet.domain.change.Samples.entry;
import static dev.tenet.domain.change.Samples.faults;
import static dev.tenet.domain.change.Samples.field;
import static dev.tenet.domain.change.Samples.fieldId;
import static dev.tenet.domain.change.Samples.rule;
import static dev.tenet.domain.change.Samples.ruleId;
import static dev.tenet.domain.change.Samples.state;
import static dev.tenet.domain.change.Samples.version;
import static dev.tenet.domain.change.Samples.withoutSchema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.TenantState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EvolverTest {

  private static TenantState evolve(TenantState state, Change... changes) {
    return Evolver.evolve(state, entry(state.revision() + 1, changes));
  }

  @Test
  void beginsWithTheCreation() {
    assertThat(Evolver.begin(entry(1, new Change.TenantCreated(TENANT))))
        .isEqualTo(TenantState.created(TENANT));
    assertThatThrownBy(() -> Evolver.begin(entry(1, new Change.TenantDeleted())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTheRevisionOfTheEntry() {
    assertThat(Evolver.evolve(state(), entry(42)).revision()).isEqualTo(42);
    assertThat(Evolver.evolve(state(), entry(8))).isEqualTo(at(state(), 8));
  }

  private static TenantState at(TenantState s, long revision) {
    return new TenantState(
        s.tenant(), revision, s.schema(), s.latestSchemaVersion(), s.derivedFields(), s.rules());
  }

  @Test
  void renamesTheTenant() {
    assertThat(evolve(state(), new Change.TenantRenamed(TENANT.rename("new", NOW))).tenant())
        .isEqualTo(TENANT.rename("new", NOW));
  }

  @Test
  void aDeletedTenantHasNothing() {
    TenantState state = evolve(state(rule(1, "r"), field(1, "a")), new Change.TenantDeleted());

    assertThat(state.rules()).isEmpty();
    assertThat(state.derivedFields()).isEmpty();
    assertThat(state.activeSchema()).isEmpty();
  }

  @Test
  void returningToAnOlderSchemaKeepsTheHighestVersion() {
    TenantState second = evolve(state(), new Change.SchemaDefined(version(2, "Card"), 0));
    TenantState back = evolve(second, new Change.SchemaActivated(version(1, "User"), 2, 0));

    assertThat(second.schema()).isEqualTo(version(2, "Card"));
    assertThat(second.latestSchemaVersion()).isEqualTo(2);
    assertThat(back.schema()).isEqualTo(version(1, "User"));
    assertThat(back.latestSchemaVersion()).isEqualTo(2);
  }

  @Test
  void keepsTheOrderOfCreation() {
    TenantState state = state(rule(1, "a"), rule(2, "b"), rule(3, "c"));

    state = evolve(state, new Change.RuleAdded(rule(4, "d")));
    state = evolve(state, new Change.RuleRevised(rule(2, "revised")));
    state = evolve(state, new Change.RuleRemoved(ruleId(3), "c"));
    state = evolve(state, new Change.RuleBroken(ruleId(1), "a", faults("f")));
    state = evolve(state, new Change.RuleRepaired(ruleId(1), "a", true));

    assertThat(state.rules()).extracting(Rule::name).containsExactly("a", "revised", "d");
    assertThat(state.rules().getFirst().faults()).isEmpty();
    assertThat(state.rules().getFirst().updatedAt()).isEqualTo(NOW);
    assertThat(state.rule(ruleId(2))).contains(rule(2, "revised"));
    assertThat(state.rule(ruleId(3))).isEmpty();
  }

  @Test
  void evolvesDerivedFields() {
    TenantState state = state(field(1, "a"), field(2, "b"));

    state =
        evolve(
            state,
            new Change.DerivedFieldDefined(field(3, "c")),
            new Change.DerivedFieldRevised(field(1, "revised")),
            new Change.DerivedFieldBroken(fieldId(2), "b", faults("f")),
            new Change.DerivedFieldRetyped(fieldId(3), "c", "bool", "int", List.of("a")));

    assertThat(state.derivedFields())
        .extracting(DerivedField::name)
        .containsExactly("revised", "b", "c");
    assertThat(state.derivedField(fieldId(2)).orElseThrow().faults()).isEqualTo(faults("f"));
    assertThat(state.derivedField(fieldId(3)).orElseThrow().type()).isEqualTo("int");
    assertThat(state.derivedField(fieldId(3)).orElseThrow().updatedAt()).isEqualTo(THEN);
    assertThat(
            evolve(state, new Change.DerivedFieldRepaired(fieldId(2), "b")).derivedFields().get(1))
        .isEqualTo(field(2, "b").broken(List.of(), NOW));
    assertThat(evolve(state, new Change.DerivedFieldRemoved(fieldId(1), "revised")).derivedFields())
        .extracting(DerivedField::name)
        .containsExactly("b", "c");
  }

  @Test
  void severalChangesOfOneEntryBuildOnOneAnother() {
    TenantState state =
        evolve(
            state(rule(1, "a")),
            new Change.RuleBroken(ruleId(1), "a", faults("f")),
            new Change.RuleAdded(rule(2, "b")),
            new Change.RuleBroken(ruleId(2), "b", faults("g")),
            new Change.RuleRemoved(ruleId(1), "a"),
            new Change.RuleRevised(rule(2, "c")));

    assertThat(state.rules()).containsExactly(rule(2, "c"));
  }

  @Test
  void changesOfWhatIsNotThereChangeNothing() {
    TenantState state = state(rule(1, "a"));

    assertThat(
            evolve(
                    state,
                    new Change.RuleBroken(ruleId(2), "b", faults("f")),
                    new Change.RuleRemoved(ruleId(3), "c"),
                    new Change.DerivedFieldRemoved(fieldId(1), "d"))
                .rules())
        .containsExactly(rule(1, "a"));
  }

  @Test
  void breaks20000RulesInOneEntry() {
    Object[] rules = IntStream.range(0, 20_000).mapToObj(i -> rule(i, "r" + i)).toArray();
    Change[] broken =
        IntStream.range(0, 20_000)
            .mapToObj(i -> new Change.RuleBroken(ruleId(i), "r" + i, faults("f")))
            .toArray(Change[]::new);

    TenantState state = evolve(state(rules), broken);

    assertThat(state.rules()).hasSize(20_000).noneMatch(Rule::active);
    assertThat(state.rules().get(19_999).name()).isEqualTo("r19999");
  }

  @Test
  void foldingOneByOneOrAllAtOnceGivesTheSameDefinitions() {
    List<Change> changes =
        List.of(
            new Change.TenantRenamed(TENANT.rename("new", NOW)),
            new Change.SchemaDefined(version(2, "Card"), 0),
            new Change.RuleAdded(rule(5, "e")),
            new Change.DerivedFieldDefined(field(5, "f")),
            new Change.RuleBroken(ruleId(1), "a", faults("f")),
            new Change.RuleRevised(rule(5, "g")),
            new Change.RuleRemoved(ruleId(2), "b"),
            new Change.SchemaActivated(version(1, "User"), 2, 1),
            new Change.RuleRepaired(ruleId(1), "a", true));
    TenantState start = state(rule(1, "a"), rule(2, "b"), rule(3, "c"));
    TenantState oneByOne = start;
    List<TenantState> states = new ArrayList<>();
    for (Change change : changes) {
      oneByOne = evolve(oneByOne, change);
      states.add(oneByOne);
    }

    TenantState atOnce =
        Evolver.evolve(
            start, entry(start.revision() + changes.size(), changes.toArray(Change[]::new)));

    assertThat(oneByOne).isEqualTo(atOnce);
    assertThat(states).extracting(TenantState::revision).isSorted().doesNotHaveDuplicates();
    assertThat(start.rules()).extracting(Rule::name).containsExactly("a", "b", "c");
  }

  @Test
  void knowsWhatChangesNothing() {
    TenantState state = state(rule(1, "a"), field(1, "f"));
    for (Change nothing :
        List.of(
            new Change.TenantRenamed(TENANT),
            new Change.SchemaActivated(version(1, "User"), 1, 1),
            new Change.RuleRevised(rule(1, "a")),
            new Change.DerivedFieldRevised(field(1, "f")))) {
      assertThat(Evolver.changesNothing(state, entry(8, nothing))).as("%s", nothing).isTrue();
    }
    for (Change change :
        List.of(
            new Change.TenantDeleted(),
            new Change.TenantRenamed(TENANT.rename("other", NOW)),
            new Change.RuleRevised(rule(1, "b")),
            new Change.RuleRemoved(ruleId(1), "a"))) {
      assertThat(Evolver.changesNothing(state, entry(8, change))).as("%s", change).isFalse();
    }
    assertThat(Evolver.changesNothing(withoutSchema(), entry(2, new Change.TenantDeleted())))
        .isFalse();
  }
}
