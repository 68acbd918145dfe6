package dev.tenet.domain.change;

import static dev.tenet.domain.change.Samples.NOW;
import static dev.tenet.domain.change.Samples.THEN;
import static dev.tenet.domain.change.Samples.field;
import static dev.tenet.domain.change.Samples.fieldId;
import static dev.tenet.domain.change.Samples.rule;
import static dev.tenet.domain.change.Samples.state;
import static dev.tenet.domain.change.Samples.withoutSchema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.change.Rejection.Reason;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldPatch;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DeciderOfDerivedFieldsTest {

  private static final Decider DECIDER = new Decider(Limits.DEFAULT);

  private static Command define(String name, String expression, String description) {
    return new Command.DefineDerivedField(
        fieldId(9), name, new Expression(expression), description);
  }

  private static Rejection rejected(TenantState state, Command command) {
    return Decisions.rejected(DECIDER.decide(state, command, NOW));
  }

  private static String code(String name, String expression, String description) {
    return rejected(state(), define(name, expression, description)).code();
  }

  @Test
  void definesDerivedFields() {
    assertThat(
            Decisions.accepted(
                DECIDER.decide(state(), define("isCanadian", "User.x == 1", "by passport"), NOW)))
        .isEqualTo(
            new Change.DerivedFieldDefined(
                new DerivedField(
                    fieldId(9),
                    "isCanadian",
                    new Expression("User.x == 1"),
                    "by passport",
                    "dyn",
                    List.of(),
                    List.of(),
                    NOW,
                    NOW)));
  }

  @Test
  void refusesWhatIsFaulty() {
    assertThat(code("", "true", "")).isEqualTo("name_required");
    assertThat(code("is canadian", "true", "")).isEqualTo("identifier_invalid");
    assertThat(code("in", "true", "")).isEqualTo("identifier_reserved");
    assertThat(code("x".repeat(101), "true", "")).isEqualTo("identifier_too_long");
    assertThat(code("a", "", "")).isEqualTo("expression_required");
    assertThat(code("a", "x".repeat(10_001), "")).isEqualTo("expression_too_long");
    assertThat(code("a", "true", "d".repeat(4_001))).isEqualTo("description_too_long");
    assertThat(rejected(state(), define("", "", "d".repeat(4_001))).diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("name_required", "expression_required", "description_too_long");
  }

  @Test
  void refusesNamesThatAreTaken() {
    for (String taken : List.of("User", "isCanadian")) {
      Rejection rejection = rejected(state(field(1, "isCanadian")), define(taken, "true", ""));
      assertThat(rejection.reason()).isEqualTo(Reason.CONFLICT);
      assertThat(rejection.code()).isEqualTo("name_taken");
      assertThat(rejection.message()).contains('"' + taken + '"');
    }
    assertThat(DECIDER.decide(state(rule(1, "adults")), define("adults", "true", ""), NOW))
        .isInstanceOf(Decider.Decision.Accepted.class);
  }

  @Test
  void needsASchema() {
    assertThat(rejected(withoutSchema(), define("a", "true", "")).code())
        .isEqualTo("schema_not_found");
  }

  @Test
  void hasALimit() {
    Object[] fields = IntStream.range(0, 1_000).mapToObj(i -> field(i, "f" + i)).toArray();

    Rejection rejection = rejected(state(fields), define("a", "true", ""));

    assertThat(rejection.reason()).isEqualTo(Reason.LIMIT);
    assertThat(rejection.code()).isEqualTo("derived_field_limit_reached");
    assertThat(rejection.message()).contains("1000");
  }

  @Test
  void revisesWhatThePatchNames() {
    TenantState state = state(field(1, "a"), field(2, "b"));

    assertThat(decide(state, patch(Optional.of("c"), Optional.of("x > 1"))))
        .isEqualTo(
            new Change.DerivedFieldRevised(
                new DerivedField(
                    fieldId(1),
                    "c",
                    new Expression("x > 1"),
                    "",
                    "bool",
                    List.of("User.x"),
                    List.of(),
                    THEN,
                    NOW)));
    assertThat(decide(state, patch(Optional.of("a"), Optional.empty())))
        .isInstanceOf(Change.DerivedFieldRevised.class);
    assertThat(
            rejected(
                    state,
                    new Command.ReviseDerivedField(
                        fieldId(1), patch(Optional.of("b"), Optional.empty())))
                .code())
        .isEqualTo("name_taken");
    assertThat(
            rejected(
                    state,
                    new Command.ReviseDerivedField(
                        fieldId(3), patch(Optional.empty(), Optional.empty())))
                .code())
        .isEqualTo("derived_field_not_found");
  }

  private static Change decide(TenantState state, DerivedFieldPatch patch) {
    return Decisions.accepted(
        DECIDER.decide(state, new Command.ReviseDerivedField(fieldId(1), patch), NOW));
  }

  private static DerivedFieldPatch patch(Optional<String> name, Optional<String> expression) {
    return new DerivedFieldPatch(name, expression.map(Expression::new), Optional.empty());
  }

  @Test
  void removesDerivedFields() {
    assertThat(
            Decisions.accepted(
                DECIDER.decide(
                    state(field(1, "a")), new Command.RemoveDerivedField(fieldId(1)), NOW)))
        .isEqualTo(new Change.DerivedFieldRemoved(fieldId(1), "a"));
    Rejection unknown = rejected(state(), new Command.RemoveDerivedField(fieldId(1)));
    assertThat(unknown.reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(unknown.code()).isEqualTo("derived_field_not_found");
  }
}
