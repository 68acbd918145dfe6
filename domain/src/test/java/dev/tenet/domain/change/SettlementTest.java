package dev.tenet.domain.change;

import static dev.tenet.domain.change.Decisions.changes;
import static dev.tenet.domain.change.Decisions.rejected;
import static dev.tenet.domain.change.Samples.NOW;
import static dev.tenet.domain.change.Samples.NO_CHANGE;
import static dev.tenet.domain.change.Samples.brokenRule;
import static dev.tenet.domain.change.Samples.entry;
import static dev.tenet.domain.change.Samples.faults;
import static dev.tenet.domain.change.Samples.field;
import static dev.tenet.domain.change.Samples.fieldId;
import static dev.tenet.domain.change.Samples.rule;
import static dev.tenet.domain.change.Samples.ruleId;
import static dev.tenet.domain.change.Samples.schema;
import static dev.tenet.domain.change.Samples.state;
import static dev.tenet.domain.change.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.change.Command.DefineSchema.Precondition;
import dev.tenet.domain.change.Decider.Decision;
import dev.tenet.domain.change.Rejection.Dependant;
import dev.tenet.domain.change.Rejection.Reason;
import dev.tenet.domain.change.Verdict.Inference;
import dev.tenet.domain.derived.DerivedFieldPatch;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.RulePatch;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Verdicts here are made by hand: what the compiler says is given, and what it means is tested.
final class SettlementTest {

  private static final Verdict FINE = new Verdict(Map.of(), Map.of(), Map.of());
  private static final Decider DECIDER = new Decider(Limits.DEFAULT);

  private static Decision settle(TenantState state, Command command, Verdict verdict) {
    List<Change> changes = changes(DECIDER.decide(state, command, NOW));
    TenantState next =
        Evolver.evolve(state, entry(state.revision() + 1, changes.toArray(Change[]::new)));
    return Settlement.settle(next, command, changes, verdict, () -> FINE);
  }

  private static Verdict ruleFault(int rule, String message) {
    return new Verdict(Map.of(ruleId(rule), faults(message)), Map.of(), Map.of());
  }

  private static Verdict fieldFault(int field, String message) {
    return new Verdict(Map.of(), Map.of(fieldId(field), faults(message)), Map.of());
  }

  private static Command define(boolean strict) {
    return new Command.DefineSchema(
        new SchemaId(new UUID(9, 9)), schema("Card").definition(), Precondition.ANY, strict);
  }

  private static RulePatch patch(Optional<String> name, Optional<Boolean> enabled) {
    return patch(name, enabled, Optional.empty());
  }

  private static RulePatch patch(
      Optional<String> name, Optional<Boolean> enabled, Optional<Boolean> active) {
    return new RulePatch(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        enabled,
        active);
  }

  private static Command addRule() {
    return new Command.AddRule(
        ruleId(1), "r", "", new Expression("x"), Map.of(), new TreeSet<>(), true);
  }

  @Test
  void aRuleThatCompilesIsAccepted() {
    assertThat(changes(settle(state(), addRule(), FINE))).hasSize(1);
  }

  @Test
  void aRuleThatDoesNotCompileIsRefused() {
    Rejection rejection = rejected(settle(state(), addRule(), ruleFault(1, "no such x")));

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID);
    assertThat(rejection.code()).isEqualTo("undeclared");
    assertThat(rejection.message()).isEqualTo("no such x");
    assertThat(rejection.diagnostics()).isEqualTo(faults("no such x"));
    assertThat(
            rejected(
                    settle(
                        state(rule(1, "r")),
                        new Command.ReviseRule(ruleId(1), NO_CHANGE),
                        ruleFault(1, "no such x")))
                .diagnostics())
        .isEqualTo(faults("no such x"));
  }

  @Test
  void aFaultOfAnotherRuleDoesNotRefuseThisOne() {
    TenantState state = state(brokenRule(2, "other"));

    assertThat(changes(settle(state, addRule(), ruleFault(2, "broken other")))).hasSize(1);
  }

  @Test
  void aBrokenRuleMayBeRenamedOrSwitchedOffAndStaysBroken() {
    TenantState state = state(brokenRule(1, "r"));
    Verdict verdict = ruleFault(1, "broken r");

    for (RulePatch patch :
        List.of(
            patch(Optional.of("renamed"), Optional.empty()),
            patch(Optional.empty(), Optional.of(true)),
            patch(Optional.empty(), Optional.of(true), Optional.of(false)),
            patch(Optional.empty(), Optional.of(false)))) {
      List<Change> changes =
          changes(settle(state, new Command.ReviseRule(ruleId(1), patch), verdict));
      assertThat(changes).hasSize(1);
      assertThat(changes.getFirst())
          .isInstanceOfSatisfying(
              Change.RuleRevised.class,
              revised -> assertThat(revised.rule().faults()).isEqualTo(faults("broken r")));
    }
  }

  @Test
  void askingForABrokenRuleToBeActiveIsRefused() {
    Rejection rejection =
        rejected(
            settle(
                state(brokenRule(1, "r")),
                new Command.ReviseRule(
                    ruleId(1), patch(Optional.empty(), Optional.empty(), Optional.of(true))),
                ruleFault(1, "broken r")));

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID);
    assertThat(rejection.diagnostics()).isEqualTo(faults("broken r"));
  }

  @Test
  void removingARuleNeedsNoVerdict() {
    assertThat(changes(settle(state(rule(1, "r")), new Command.RemoveRule(ruleId(1)), FINE)))
        .containsExactly(new Change.RuleRemoved(ruleId(1), "r"));
  }

  @Test
  void aDerivedFieldIsStoredAsTheCompilerInferredIt() {
    var command = new Command.DefineDerivedField(fieldId(1), "a", new Expression("User.x + 1"), "");
    var verdict =
        new Verdict(
            Map.of(), Map.of(), Map.of(fieldId(1), new Inference("int", List.of("User.x"))));

    assertThat(changes(settle(state(), command, verdict)))
        .singleElement()
        .isInstanceOfSatisfying(
            Change.DerivedFieldDefined.class,
            defined -> {
              assertThat(defined.field().type()).isEqualTo("int");
              assertThat(defined.field().dependencies()).containsExactly("User.x");
            });
    assertThat(rejected(settle(state(), command, fieldFault(1, "a cycle"))).diagnostics())
        .isEqualTo(faults("a cycle"));
  }

  @Test
  void aDerivedFieldInUseIsNotRemoved() {
    TenantState state = state(field(1, "a"), field(2, "b"), rule(1, "r"));
    var verdict =
        new Verdict(
            Map.of(ruleId(1), faults("no a")), Map.of(fieldId(2), faults("no a")), Map.of());

    Rejection rejection =
        rejected(settle(state, new Command.RemoveDerivedField(fieldId(1)), verdict));

    assertThat(rejection.reason()).isEqualTo(Reason.CONFLICT);
    assertThat(rejection.code()).isEqualTo("derived_field_in_use");
    assertThat(rejection.message())
        .isEqualTo(
            "The derived field is used by derived \"b\", rule \"r\". It cannot be removed; change them first.");
    assertThat(rejection.dependants())
        .containsExactly(
            new Dependant("derived", fieldId(2).toString(), "b", faults("no a")),
            new Dependant("rule", ruleId(1).toString(), "r", faults("no a")));
    assertThat(changes(settle(state, new Command.RemoveDerivedField(fieldId(1)), FINE))).hasSize(1);
  }

  @Test
  void whatWasBrokenBeforeDoesNotHoldADerivedFieldBack() {
    TenantState state = state(field(1, "a"), brokenRule(1, "r"));

    assertThat(
            changes(
                settle(
                    state, new Command.RemoveDerivedField(fieldId(1)), ruleFault(1, "broken r"))))
        .hasSize(1);
  }

  @Test
  void aDerivedFieldIsNotRevisedInAWayThatBreaksItsUsers() {
    TenantState state = state(field(1, "a"), rule(1, "r"));
    var rename =
        new Command.ReviseDerivedField(
            fieldId(1),
            new DerivedFieldPatch(Optional.of("c"), Optional.empty(), Optional.empty()));

    Rejection rejection = rejected(settle(state, rename, ruleFault(1, "no a")));

    assertThat(rejection.code()).isEqualTo("derived_field_in_use");
    assertThat(rejection.message()).contains("rule \"r\"").contains("would break");
    assertThat(rejected(settle(state, rename, fieldFault(1, "no such x"))).diagnostics())
        .isEqualTo(faults("no such x"));
  }

  @Test
  void whatWasBrokenWithoutAMarkIsNotBlamedOnTheCommand() {
    TenantState state = state(field(1, "a"), rule(1, "r"));
    var remove = new Command.RemoveDerivedField(fieldId(1));
    List<Change> changes = changes(DECIDER.decide(state, remove, NOW));
    TenantState next =
        Evolver.evolve(state, entry(state.revision() + 1, changes.toArray(Change[]::new)));
    Verdict gone = ruleFault(1, "no such function");

    assertThat(changes(Settlement.settle(next, remove, changes, gone, () -> gone)))
        .hasSize(2)
        .last()
        .isInstanceOf(Change.RuleBroken.class);
  }

  @Test
  void aBrokenDerivedFieldMayBeDescribedAndStaysBroken() {
    TenantState state = state(field(1, "a").broken(faults("no such x"), NOW));
    var describe =
        new Command.ReviseDerivedField(
            fieldId(1),
            new DerivedFieldPatch(Optional.empty(), Optional.empty(), Optional.of("what it is")));

    assertThat(changes(settle(state, describe, fieldFault(1, "no such x")))).hasSize(1);
  }

  @Test
  void aRevisedDerivedFieldRetypesThoseThatUseIt() {
    TenantState state = state(field(1, "a"), field(2, "b"));
    var command =
        new Command.ReviseDerivedField(
            fieldId(1),
            new DerivedFieldPatch(
                Optional.empty(), Optional.of(new Expression("1")), Optional.empty()));
    var verdict =
        new Verdict(
            Map.of(),
            Map.of(),
            Map.of(
                fieldId(1),
                new Inference("int", List.of()),
                fieldId(2),
                new Inference("int", List.of("a"))));

    List<Change> changes = changes(settle(state, command, verdict));

    assertThat(changes).hasSize(2);
    assertThat(changes.getFirst())
        .isInstanceOfSatisfying(
            Change.DerivedFieldRevised.class,
            revised -> assertThat(revised.field().type()).isEqualTo("int"));
    assertThat(changes.getLast())
        .isEqualTo(new Change.DerivedFieldRetyped(fieldId(2), "b", "bool", "int", List.of("a")));
  }

  @Test
  void aSchemaBreaksWhatNoLongerCompilesAndSaysHowMuchStillDoes() {
    TenantState state = state(field(1, "a"), rule(1, "r"), rule(2, "s"), rule(3, "t"));
    var verdict =
        new Verdict(
            Map.of(ruleId(2), faults("no User")), Map.of(fieldId(1), faults("no User")), Map.of());

    List<Change> changes = changes(settle(state, define(false), verdict));

    assertThat(changes)
        .containsExactly(
            new Change.SchemaDefined(
                new SchemaVersion(new SchemaId(new UUID(9, 9)), 2, schema("Card"), NOW), 2),
            new Change.DerivedFieldBroken(fieldId(1), "a", faults("no User")),
            new Change.RuleBroken(ruleId(2), "s", faults("no User")));
  }

  @Test
  void rulesThatAreSwitchedOffDoNotCountAsRecompiled() {
    var off = rule(1, "r").revise(patch(Optional.empty(), Optional.of(false)), NOW);

    assertThat(changes(settle(state(off, rule(2, "s")), define(false), FINE)).getFirst())
        .isInstanceOfSatisfying(
            Change.SchemaDefined.class,
            defined -> assertThat(defined.rulesRecompiled()).isEqualTo(1));
  }

  @Test
  void aStrictSchemaIsRefusedWhenItBreaksSomething() {
    TenantState state = state(field(1, "a"), rule(1, "r"), brokenRule(2, "old"));
    var verdict =
        new Verdict(
            Map.of(ruleId(1), faults("no User"), ruleId(2), faults("broken old")),
            Map.of(),
            Map.of());

    Rejection rejection = rejected(settle(state, define(true), verdict));

    assertThat(rejection.reason()).isEqualTo(Reason.CONFLICT);
    assertThat(rejection.code()).isEqualTo("schema_breaks_rules");
    assertThat(rejection.message())
        .isEqualTo("The schema would break rule \"r\"; nothing was changed.");
    assertThat(rejection.dependants()).extracting(Dependant::name).containsExactly("r");
    assertThat(
            rejected(
                    settle(
                        state,
                        new Command.ActivateSchema(version(1, "Old"), true),
                        fieldFault(1, "no User")))
                .code())
        .isEqualTo("schema_breaks_rules");
    assertThat(changes(settle(state, define(true), ruleFault(2, "broken old")))).hasSize(1);
  }

  @Test
  void aLongListOfDependantsIsCutInTheMessageOnly() {
    Object[] rules = IntStream.range(0, 8).mapToObj(i -> rule(i, "r" + i)).toArray();
    var verdict =
        new Verdict(
            IntStream.range(0, 8)
                .boxed()
                .collect(Collectors.toMap(Samples::ruleId, i -> faults("no User"))),
            Map.of(),
            Map.of());

    Rejection rejection = rejected(settle(state(rules), define(true), verdict));

    assertThat(rejection.message()).contains("rule \"r4\" and 3 more").doesNotContain("r5");
    assertThat(rejection.dependants()).hasSize(8);
  }

  @Test
  void aRollbackRepairsWhatCompilesAgain() {
    TenantState state =
        state(field(1, "a").broken(faults("no User"), NOW), brokenRule(1, "r"), brokenRule(2, "s"));
    var verdict =
        new Verdict(
            Map.of(ruleId(2), faults("broken s")),
            Map.of(),
            Map.of(fieldId(1), new Inference("int", List.of("User.x"))));

    List<Change> changes =
        changes(settle(state, new Command.ActivateSchema(version(1, "User"), false), verdict));

    assertThat(changes)
        .containsExactly(
            new Change.SchemaActivated(version(1, "User"), 1, 1),
            new Change.DerivedFieldRepaired(fieldId(1), "a"),
            new Change.DerivedFieldRetyped(fieldId(1), "a", "bool", "int", List.of("User.x")),
            new Change.RuleRepaired(ruleId(1), "r", true));
  }

  @Test
  void anotherReasonToBeBrokenIsAChangeOfItsOwn() {
    TenantState state = state(brokenRule(1, "r"));

    assertThat(changes(settle(state, define(false), ruleFault(1, "another reason"))))
        .contains(new Change.RuleBroken(ruleId(1), "r", faults("another reason")));
  }
}
