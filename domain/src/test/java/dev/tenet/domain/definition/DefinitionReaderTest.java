package dev.tenet.domain.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.definition.DefinitionReader.Reading;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What becomes of definitions, good and bad.
final class DefinitionReaderTest {

  private static final RuleSetDefinition SCHEMA =
      RuleSetDefinition.of(Map.of("User", Map.of("Age", "int")));

  private static TenantState state(RuleSetDefinition definition) {
    Reading reading = DefinitionReader.read(definition, Limits.DEFAULT);
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid) reading).state();
  }

  private static List<String> faults(RuleSetDefinition definition) {
    Reading reading = DefinitionReader.read(definition, Limits.DEFAULT);
    assertThat(reading).isInstanceOf(Reading.Invalid.class);
    return ((Reading.Invalid) reading).faults().stream().map(DefinitionFault::line).toList();
  }

  @Test
  void rulesKeepTheirOrderOutputsTagsAndIds() {
    RuleDefinition first =
        RuleDefinition.of("first", "isAdult").tagged("b", "a").then("z", "1").then("a", "2");
    TenantState state =
        state(
            SCHEMA
                .derivedField("isAdult", "User.Age >= 18")
                .rule(first)
                .rule(RuleDefinition.of("second", "!isAdult")));

    assertThat(state.rules()).extracting(Rule::name).containsExactly("first", "second");
    Rule rule = state.rules().getFirst();
    assertThat(rule.then().keySet()).containsExactly("z", "a");
    assertThat(rule.tags()).containsExactly("a", "b");
    assertThat(rule.id()).isEqualTo(first.id());
    assertThat(rule.active()).isTrue();
    assertThat(state.derivedFields()).extracting("name").containsExactly("isAdult");
  }

  @Test
  void theSameDefinitionGivesTheSameState() {
    RuleSetDefinition definition =
        SCHEMA.derivedField("isAdult", "User.Age >= 18").rule(RuleDefinition.of("r", "isAdult"));

    assertThat(state(definition)).isEqualTo(state(definition));
  }

  @Test
  void aFaultySchemaIsAllThatIsSaid() {
    assertThat(
            faults(
                RuleSetDefinition.of(Map.of("User", Map.of("Age", "integer")))
                    .rule(RuleDefinition.of("", ""))))
        .singleElement()
        .asString()
        .startsWith("schema, User.Age: ")
        .contains("int");
  }

  @Test
  void allFaultsOfFieldsAndRulesAreNamed() {
    assertThat(
            faults(
                SCHEMA
                    .derivedField("User", "1")
                    .derivedField("twice", "1")
                    .derivedField("twice", "2")
                    .rule(RuleDefinition.of("empty", " ").tagged(""))
                    .rule(RuleDefinition.of("r", "true"))
                    .rule(RuleDefinition.of("r", "false"))))
        .containsExactly(
            "derived field \"User\", name: There is an object of the schema named \"User\" already; choose another name.",
            "derived field \"twice\", name: There is a derived field named \"twice\" already; choose another name.",
            "rule \"empty\", expression: The expression is required, for example \"User.Age >= 18\".",
            "rule \"empty\", tags: The tag \"\" is not valid: use 1 to 100 printable characters.",
            "rule \"r\", name: There is a rule named \"r\" already; choose another name.");
  }

  @Test
  void aDefinitionIsWhatItWasWhenItWasMade() {
    List<Object> values = new ArrayList<>(List.of("gold"));
    Map<String, Object> fields = new HashMap<>(Map.of("Tier", Map.of("enum", values)));
    RuleSetDefinition definition = RuleSetDefinition.of(Map.of("User", fields));
    values.add("silver");
    fields.put("Age", "int");

    assertThat(definition.schema())
        .isEqualTo(Map.of("User", Map.of("Tier", Map.of("enum", List.of("gold")))));
  }

  @Test
  void aNullInTheSchemaIsAFaultOfTheSchema() {
    assertThat(faults(RuleSetDefinition.of(Map.of("User", Collections.singletonMap("Age", null)))))
        .singleElement()
        .asString()
        .startsWith("schema, User.Age: ");
  }

  @Test
  void theFirstRuleTooManyIsNamed() {
    Limits base = Limits.DEFAULT;
    var two =
        new Limits(2, 1, 1000, 100, 10, 100, 1, 1000, 1, base.ruleCost(), base.evaluationTime());
    RuleSetDefinition definition = SCHEMA;
    for (int i = 1; i <= 2; i++) {
      definition = definition.rule(RuleDefinition.of("r" + i, "true"));
    }

    assertThat(DefinitionReader.read(definition, two)).isInstanceOf(Reading.Valid.class);
    assertThat(
            DefinitionReader.read(
                definition
                    .rule(RuleDefinition.of("r3", "true"))
                    .rule(RuleDefinition.of("r4", "true")),
                two))
        .isInstanceOfSatisfying(
            Reading.Invalid.class,
            invalid ->
                assertThat(invalid.faults())
                    .singleElement()
                    .satisfies(
                        fault -> {
                          assertThat(fault.part()).isEqualTo("rule \"r3\"");
                          assertThat(fault.diagnostic().code()).isEqualTo("rule_limit_reached");
                        }));
  }

  @Test
  void asManyRulesAsATenantMayHave() {
    List<RuleDefinition> rules = new ArrayList<>();
    for (int i = 0; i < Limits.DEFAULT.rules(); i++) {
      rules.add(RuleDefinition.of("r" + i, "true"));
    }
    TenantState state = state(new RuleSetDefinition(SCHEMA.schema(), List.of(), rules));

    assertThat(state.rules()).hasSize(rules.size());
    assertThat(state.revision()).isEqualTo(rules.size() + 2);
  }
}
