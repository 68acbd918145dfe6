package dev.tenet.domain.evaluation;

import static dev.tenet.domain.evaluation.Reading.facts;
import static dev.tenet.domain.evaluation.Reading.faults;
import static dev.tenet.domain.evaluation.Reading.layout;
import static dev.tenet.domain.evaluation.Reading.pointer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.schema.FieldType.Scalar;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Objects, flat facts, derived fields sent along, and many faults.
final class FactReaderTest {

  private static final FactLayout TWO =
      layout(
          Map.of(
              "User",
              Map.of("Age", "int", "Address", Map.of("Street", "string", "Number", "int?")),
              "Transaction",
              Map.of("Amount", "float64")));
  private static final FactLayout ONE =
      layout(Map.of("facts", Map.of("age", "int", "country", "string?")));

  @Test
  void readsObjectsOfTheSchema() {
    Facts facts =
        facts(TWO, Map.of("User", Map.of("Age", 25.0), "Transaction", Map.of("Amount", 1500L)));

    assertThat(facts.objects())
        .isEqualTo(Map.of("User", Map.of("Age", 25L), "Transaction", Map.of("Amount", 1500.0)));
  }

  @Test
  void whatIsMissingIsNoFault() {
    assertThat(facts(TWO, Map.of()).objects()).isEmpty();
    assertThat(facts(TWO, Map.of("User", Map.of())).objects()).isEqualTo(Map.of("User", Map.of()));
    assertThat(facts(TWO, Map.of("Transaction", Map.of("Amount", 1L))).objects())
        .containsOnlyKeys("Transaction");
  }

  @Test
  void whatTheSchemaDoesNotKnowIsIgnored() {
    Map<String, Object> raw =
        Map.of(
            "User",
            Map.of("Age", 5L, "Shoe", List.of(Map.of()), "Address", Map.of("Zip", 1L)),
            "Weather",
            "fine");

    assertThat(facts(TWO, raw).objects())
        .isEqualTo(Map.of("User", Map.of("Age", 5L, "Address", Map.of())));
  }

  @Test
  void anObjectMustBeAnObject() {
    for (Object wrong : Arrays.asList(null, "x", 1L, List.of(), true)) {
      Diagnostic fault = faults(TWO, Collections.singletonMap("User", wrong)).getFirst();

      assertThat(fault.code()).isEqualTo("fact_type_mismatch");
      assertThat(fault.message()).startsWith("Expected an object but found ");
      assertThat(pointer(fault)).isEqualTo("/User");
    }
  }

  @Test
  void keysInASensitiveFieldAreNotRepeated() {
    Map<String, Object> secret = Map.of("type", "map<string,int>", "sensitive", true);
    FactLayout layout =
        layout(
            Map.of(
                "User",
                Map.of(
                    "M",
                    secret,
                    "O",
                    Map.of("type", Map.of("In", "map<string,int>"), "sensitive", true),
                    "L",
                    Map.of("type", Map.of("list", "map<string,int>"), "sensitive", true),
                    "Open",
                    "map<string,int>")));
    Map<String, Object> wrong = Map.of("PIN-4711", "x");
    Map<String, Object> raw =
        Map.of("User", Map.of("M", wrong, "O", Map.of("In", wrong), "L", List.of(wrong)));

    List<Diagnostic> faults = faults(layout, raw);

    assertThat(faults.stream().map(Reading::pointer))
        .containsExactlyInAnyOrder("/User/M", "/User/O/In", "/User/L/0");
    assertThat(faults.toString()).doesNotContain("4711");
    assertThat(pointer(faults(layout, Map.of("User", Map.of("Open", wrong))).getFirst()))
        .isEqualTo("/User/Open/PIN-4711");
  }

  @Test
  void readsNestedObjects() {
    Map<String, Object> raw =
        Map.of("User", Map.of("Address", Map.of("Street", "Elm", "Number", 5L)));

    assertThat(facts(TWO, raw).objects())
        .isEqualTo(Map.of("User", Map.of("Address", Map.of("Street", "Elm", "Number", 5L))));
    assertThat(
            pointer(
                faults(TWO, Map.of("User", Map.of("Address", Map.of("Street", 5L)))).getFirst()))
        .isEqualTo("/User/Address/Street");
  }

  @Test
  void pointersStartWhereTheFactsStand() {
    var reading =
        FactReader.read(
            TWO, Map.of("User", Map.of("Age", "x")), Location.root().child("items").child(3));

    assertThat(reading)
        .isInstanceOfSatisfying(
            FactReader.Reading.Invalid.class,
            invalid ->
                assertThat(pointer(invalid.diagnostics().getFirst()))
                    .isEqualTo("/items/3/User/Age"));
  }

  @Test
  void reportsAllFaultsAtOnce() {
    Map<String, Object> raw =
        Map.of(
            "User",
            Map.of("Age", "x", "Address", Map.of("Number", "y")),
            "Transaction",
            Map.of("Amount", true));

    assertThat(faults(TWO, raw))
        .extracting(Reading::pointer)
        .containsExactlyInAnyOrder("/User/Age", "/User/Address/Number", "/Transaction/Amount");
  }

  @Test
  void reportsNoMoreThan100Faults() {
    FactLayout layout = layout(Map.of("User", Map.of("x", "list<string>")));
    List<Long> numbers = LongStream.range(0, 10_000).boxed().toList();

    List<Diagnostic> faults = faults(layout, Map.of("User", Map.of("x", numbers)));

    assertThat(faults).hasSize(100);
    assertThat(pointer(faults.getLast())).isEqualTo("/User/x/99");
  }

  @Test
  void c1FlatFactsBelongToTheOnlyObject() {
    assertThat(facts(ONE, Map.of("age", 25L, "is_premium", true)).objects())
        .isEqualTo(Map.of("facts", Map.of("age", 25L)));
    assertThat(pointer(faults(ONE, Map.of("age", "x")).getFirst())).isEqualTo("/age");
  }

  @Test
  void c1FactsThatNameTheObjectAreNotFlat() {
    assertThat(facts(ONE, Map.of("facts", Map.of("age", 25L), "age", 3L)).objects())
        .isEqualTo(Map.of("facts", Map.of("age", 25L)));
    assertThat(pointer(faults(ONE, Map.of("facts", Map.of("age", "x"))).getFirst()))
        .isEqualTo("/facts/age");
    assertThat(pointer(faults(ONE, Map.of("facts", 1L)).getFirst())).isEqualTo("/facts");
  }

  @Test
  void c1NoFlatFactsNoObject() {
    assertThat(facts(ONE, Map.of()).objects()).isEmpty();
    assertThat(facts(ONE, Map.of("shoe", 1L)).objects()).isEmpty();
    assertThat(facts(ONE, Collections.singletonMap("country", null)).objects()).isEmpty();
  }

  @Test
  void c1FlatFactsNeedASchemaOfOneObject() {
    assertThat(facts(TWO, Map.of("Age", "not even looked at")).objects()).isEmpty();
  }

  @Test
  void c1AFieldNamedLikeItsObjectIsReadAsTheObject() {
    FactLayout layout = layout(Map.of("age", Map.of("age", "int", "x", "int")));

    assertThat(pointer(faults(layout, Map.of("age", 5L)).getFirst())).isEqualTo("/age");
    assertThat(facts(layout, Map.of("x", 5L)).objects()).isEqualTo(Map.of("age", Map.of("x", 5L)));
  }

  @Test
  void readsDerivedFieldsThatAreSentAlong() {
    FactLayout layout =
        layout(Map.of("User", Map.of("Age", "int")), Map.of("isCanadian", Scalar.BOOL));

    Facts facts = facts(layout, Map.of("User", Map.of("Age", 1L), "isCanadian", true));

    assertThat(facts.supplied()).isEqualTo(Map.of("isCanadian", true));
    assertThat(facts(layout, Map.of("Age", 1L, "isCanadian", false)))
        .isEqualTo(facts(layout, Map.of("User", Map.of("Age", 1L), "isCanadian", false)));
    assertThat(facts(layout, Collections.singletonMap("isCanadian", null)).supplied()).isEmpty();
    assertThat(pointer(faults(layout, Map.of("isCanadian", "yes")).getFirst()))
        .isEqualTo("/isCanadian");
  }
}
