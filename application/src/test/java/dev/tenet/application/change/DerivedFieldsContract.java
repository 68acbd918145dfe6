package dev.tenet.application.change;

import static dev.tenet.application.change.Corridor.WITHOUT_ADULT;
import static dev.tenet.application.change.Corridor.accepted;
import static dev.tenet.application.change.Corridor.rejected;
import static dev.tenet.application.change.Corridor.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.store.NoStore;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.change.Rejection;
import dev.tenet.domain.change.Rejection.Dependant;
import dev.tenet.domain.change.Rejection.Reason;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldPatch;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.TenantId;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What changing derived fields does, from the use case to the store and to the rule set in force. A store's or compiler's
/// own test extends this class.
public abstract class DerivedFieldsContract {

  private Corridor corridor = new Corridor(new NoStore(), new ScriptedRuleCompiler());

  /// {@return a store without tenants}
  protected abstract TenantStore open();

  /// {@return a compiler to which `true`, `User.Adult` and the name of a derived field are expressions}
  protected abstract RuleCompiler compiler();

  @BeforeEach
  final void openCorridor() {
    corridor = new Corridor(open(), compiler());
  }

  private DerivedField derived(TenantId tenant, String name, String expression) {
    return accepted(
        corridor.defineDerivedField.define(request(tenant), name, new Expression(expression), ""));
  }

  @Test
  void a404A408ADerivedFieldKnowsWhatItReads() {
    TenantId tenant = corridor.tenantWithSchema();

    DerivedField adult = derived(tenant, "isAdult", "User.Adult");
    DerivedField again = derived(tenant, "again", "isAdult");

    assertThat(adult.dependencies()).containsExactly("User.Adult");
    assertThat(adult.type()).isEqualTo("bool");
    assertThat(again.dependencies()).containsExactly("isAdult");
    corridor.rule(tenant, "adults", "again");
    assertThat(corridor.outcomes(tenant)).containsExactly("adults+");
    corridor.nothingChanges(
        tenant,
        () ->
            assertThat(
                    rejected(
                            corridor.defineDerivedField.define(
                                request(tenant), "again", new Expression("true"), ""))
                        .code())
                .isEqualTo("name_taken"));
  }

  @Test
  void a405ACycleIsRefusedAndNamed() {
    TenantId tenant = corridor.tenantWithSchema();
    DerivedField first = derived(tenant, "first", "User.Adult");
    derived(tenant, "second", "first");
    var cycle =
        new DerivedFieldPatch(
            Optional.empty(), Optional.of(new Expression("second")), Optional.empty());

    corridor.nothingChanges(
        tenant,
        () -> {
          Rejection rejection =
              rejected(corridor.reviseDerivedField.revise(request(tenant), first.id(), cycle));
          assertThat(rejection.reason()).isEqualTo(Reason.INVALID);
          assertThat(rejection.message()).contains("first").contains("second");
          assertThat(
                  rejected(
                          corridor.defineDerivedField.define(
                              request(tenant), "own", new Expression("own"), ""))
                      .reason())
              .isEqualTo(Reason.INVALID);
        });
  }

  @Test
  void a409ADerivedFieldInUseStays() {
    TenantId tenant = corridor.tenantWithSchema();
    DerivedField first = derived(tenant, "first", "User.Adult");
    DerivedField second = derived(tenant, "second", "first");
    Rule rule = corridor.rule(tenant, "adults", "second");

    corridor.nothingChanges(
        tenant,
        () -> {
          Rejection rejection =
              rejected(corridor.removeDerivedField.remove(request(tenant), first.id()));
          assertThat(rejection.code()).isEqualTo("derived_field_in_use");
          assertThat(rejection.dependants())
              .extracting(Dependant::name)
              .containsExactly("second", "adults");
        });
    accepted(corridor.removeRule.remove(request(tenant), rule.id()));
    accepted(corridor.removeDerivedField.remove(request(tenant), second.id()));
    accepted(corridor.removeDerivedField.remove(request(tenant), first.id()));
    assertThat(corridor.state(tenant).derivedFields()).isEmpty();
  }

  @Test
  void a411ASchemaBreaksDerivedFieldsAndTheRulesThatUseThem() {
    TenantId tenant = corridor.tenantWithSchema();
    derived(tenant, "isAdult", "User.Adult");
    corridor.rule(tenant, "adults", "isAdult");

    accepted(corridor.define(tenant, WITHOUT_ADULT));

    assertThat(corridor.state(tenant).derivedFields().getFirst().faults()).isNotEmpty();
    assertThat(corridor.state(tenant).rules().getFirst().active()).isFalse();
  }
}
