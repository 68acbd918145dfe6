package dev.tenet.domain.schema;

import static dev.tenet.domain.schema.Definitions.fault;
import static dev.tenet.domain.schema.Definitions.faults;
import static dev.tenet.domain.schema.Definitions.fields;
import static dev.tenet.domain.schema.Definitions.members;
import static dev.tenet.domain.schema.Definitions.place;
import static dev.tenet.domain.schema.Definitions.user;
import static dev.tenet.domain.schema.Definitions.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tenet.domain.diagnostic.Diagnostic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Objects, fields, their number and their names: rules A3.01 to A3.04 and A3.08 to A3.18.
final class SchemaReaderTest {

  @Test
  void readsObjectsAndFieldsInTheirOrder() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("b", "int");
    fields.put("a", "string");
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("Zebra", fields);
    definition.put("Ant", Map.of("c", "bool"));

    Schema schema = valid(definition);

    assertThat(schema.objects().keySet()).containsExactly("Zebra", "Ant");
    assertThat(fields(schema, "Zebra").keySet()).containsExactly("b", "a");
    assertThat(schema.definition()).isEqualTo(definition);
  }

  @Test
  void requiresADefinition() {
    Diagnostic fault = fault(null);

    assertThat(fault.code()).isEqualTo("definition_required");
    assertThat(fault.message())
        .isEqualTo("The definition is required, for example {\"User\": {\"Age\": \"int\"}}.");
    assertThat(place(fault)).isEqualTo("definition");
  }

  @Test
  void requiresAnObject() {
    for (Object notAnObject : List.of("User", 1L, 1.5, true, List.of())) {
      Diagnostic fault = fault(notAnObject);

      assertThat(fault.code()).isEqualTo("definition_invalid");
      assertThat(fault.message()).contains("for example");
    }
  }

  @Test
  void a301RequiresAnObjectInTheDefinition() {
    Diagnostic fault = fault(Map.of());

    assertThat(fault.code()).isEqualTo("schema_empty");
    assertThat(fault.message()).contains("empty").contains("for example");
    assertThat(place(fault)).isEqualTo("definition");
  }

  @Test
  void a302RequiresAFieldInEachObject() {
    Diagnostic fault = fault(Map.of("User", Map.of()));

    assertThat(fault.code()).isEqualTo("object_empty");
    assertThat(fault.message()).contains("\"User\"").contains("empty").contains("for example");
    assertThat(place(fault)).isEqualTo("User");
    assertThat(fault(user(Map.of())).code()).isEqualTo("object_empty");
  }

  @Test
  void requiresEachObjectToBeAnObject() {
    for (Object notAnObject : Arrays.asList("int", 1L, List.of("Age"), false, null)) {
      Map<String, Object> definition = new HashMap<>();
      definition.put("User", notAnObject);

      Diagnostic fault = fault(definition);

      assertThat(fault.code()).isEqualTo("object_invalid");
      assertThat(fault.message()).contains("\"User\"").contains("for example");
      assertThat(place(fault)).isEqualTo("User");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 99, 100})
  void a303TakesUpTo100Objects(int objects) {
    assertThat(valid(members("O", objects, Map.of("x", "int"))).objects()).hasSize(objects);
  }

  @Test
  void a303RefusesMoreThan100Objects() {
    Diagnostic fault = fault(members("O", 101, Map.of("x", "int")));

    assertThat(fault.code()).isEqualTo("too_many_objects");
    assertThat(fault.message()).contains("101").contains("100 ");
    assertThat(place(fault)).isEqualTo("definition");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 199, 200})
  void a304TakesUpTo200Fields(int fields) {
    Schema schema = valid(Map.of("User", members("f", fields, "int")));

    assertThat(fields(schema, "User")).hasSize(fields);
    assertThat(valid(user(members("f", fields, "int")))).isNotNull();
  }

  @Test
  void a304RefusesMoreThan200Fields() {
    Diagnostic fault = fault(Map.of("User", members("f", 201, "int")));

    assertThat(fault.code()).isEqualTo("too_many_fields");
    assertThat(fault.message()).contains("\"User\"").contains("201").contains("200 ");
    assertThat(place(fault)).isEqualTo("User");
    assertThat(place(fault(user(members("f", 201, "int"))))).isEqualTo("User.x");
  }

  @Test
  void a308a309a310NamesOfObjectsAndFieldsAreIdentifiers() {
    assertThat(fault(Map.of("1st", Map.of("x", "int"))).message())
        .startsWith("The object name \"1st\" is not a valid identifier")
        .contains("for example");
    assertThat(place(fault(Map.of("1st", Map.of("x", "int"))))).isEqualTo("1st");
    assertThat(fault(Map.of("User", Map.of("first name", "int"))).message())
        .startsWith("The field name \"first name\" is not a valid identifier");
    assertThat(place(fault(Map.of("User", Map.of("first name", "int")))))
        .isEqualTo("User.first name");
    assertThat(place(fault(user(Map.of("in", "int"))))).isEqualTo("User.x.in");
    assertThat(fault(Map.of("", Map.of("x", "int"))).code()).isEqualTo("identifier_empty");
    assertThat(fault(Map.of("User", Map.of("", "int"))).code()).isEqualTo("identifier_empty");
    assertThat(fault(Map.of("x".repeat(101), Map.of("x", "int"))).code())
        .isEqualTo("identifier_too_long");
    assertThat(fault(Map.of("User\n", Map.of("x", "int"))).code()).isEqualTo("identifier_invalid");
  }

  @Test
  void a311NamesAreCaseSensitive() {
    Map<String, Object> ages = Map.of("Age", "int", "age", "int", "AGE", "string");

    Schema schema = valid(Map.of("User", ages, "user", Map.of("x", "int")));

    assertThat(schema.objects()).containsOnlyKeys("User", "user");
    assertThat(fields(schema, "User")).containsOnlyKeys("Age", "age", "AGE");
  }

  @Test
  void a315EveryMessageNamesThePlaceTheRuleAndAnExample() {
    Map<String, Object> wrong = new LinkedHashMap<>();
    wrong.put("in", "int");
    wrong.put("x".repeat(101), "int");
    wrong.put("a b", "int");
    wrong.put("unknown", "decimal");
    wrong.put("empty", "");
    wrong.put("space", " int");
    wrong.put("number", 5L);
    wrong.put("nested", Map.of());
    wrong.put("enumeration", Map.of("enum", List.of()));
    wrong.put("flag", Map.of("type", "int", "optional", "yes"));
    wrong.put("secret", Map.of("type", "int", "sensitive", 1L));
    wrong.put("described", Map.of("type", "int", "description", 1L));
    wrong.put("object", Map.of("object", "int"));
    wrong.put("inside", Map.of("list", Map.of("type", "int", "optional", true)));

    List<Diagnostic> faults = faults(Map.of("User", wrong));

    assertThat(faults).hasSize(wrong.size());
    int i = 0;
    for (String field : wrong.keySet()) {
      Diagnostic fault = faults.get(i++);
      assertThat(place(fault)).isEqualTo("User." + field);
      assertThat(fault.message())
          .containsAnyOf(field.substring(0, Math.min(60, field.length())), "\"User." + field + '"');
      assertThat(fault.message())
          .containsAnyOf("for example", "use for example", "such as", "int,");
      assertThat(fault.message()).endsWith(".");
    }
  }

  @Test
  void a316ReportsAllFaultsAtOnce() {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("9", Map.of("x", "int"));
    definition.put("User", Map.of("in", "int"));
    definition.put("Card", Map.of("limit", "money"));

    assertThat(faults(definition))
        .extracting(Diagnostic::code)
        .containsExactly("identifier_invalid", "identifier_reserved", "type_unknown");
  }

  @Test
  void aMisspeltMemberOfATypeIsNoFieldOfAnObject() {
    assertThat(faults(Map.of("User", Map.of("Age", Map.of("type", "int", "optinal", true)))))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.message())
                  .isEqualTo("\"optinal\" of \"User.Age\" is no type; did you mean \"optional\"?");
              assertThat(fault.suggestion()).isEqualTo("optional");
              assertThat(place(fault)).isEqualTo("User.Age");
            });
    assertThat(
            faults(Map.of("User", Map.of("Age", Map.of("list", "int", "descripton", "in years")))))
        .extracting(Diagnostic::suggestion)
        .containsExactly("description");
    Map<String, Object> fields = Map.of("type", "string", "descripton", "map<string, int>?");
    assertThat(valid(Map.of("User", Map.of("Extra", fields))).objects()).containsOnlyKeys("User");
  }

  @Test
  void reportsNoMoreThan100Faults() {
    assertThat(faults(Map.of("User", members("f", 200, "money")))).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "User\n",
        "\0",
        "Überweisung",
        "名前",
        "Use\u0301r",
        "🦄",
        "\uD800",
        "\u202Eresu",
        "'; DROP TABLE tenants; --",
        "<script>alert(1)</script>",
        "a.b",
        "a-b",
        "${jndi:x}",
        "../../etc/passwd",
        "%s%n%d",
        "?. ",
        "list<",
        "map<string,",
        "list<list<list<list<list<list<list<list<list<list<list<list<int>>>>>>>>>>>>"
      })
  void a317HostileTextIsAFaultWhereverItStands(String hostile) {
    List<Object> definitions =
        List.of(
            Map.of(hostile, Map.of("x", "int")),
            Map.of("User", Map.of(hostile, "int")),
            user(hostile),
            user(Map.of("list", hostile)),
            user(Map.of("type", hostile)),
            user(Map.of("type", "int", "optional", hostile)));
    for (Object definition : definitions) {
      List<Diagnostic> faults = faults(definition);

      assertThat(faults).isNotEmpty();
      assertThat(faults)
          .allSatisfy(
              fault ->
                  assertThat(fault.message())
                      .doesNotContain("\n", "\0", "\uD800", "\u202E", "Exception", "java."));
    }
  }

  @Test
  void a317WrongJsonTypesAreFaultsWhereverTheyStand() {
    for (Object wrong : Arrays.asList(null, 1L, 0.5, true, List.of(), List.of("int"))) {
      assertThat(fault(user(wrong)).code()).isEqualTo("type_invalid");
      Map<String, Object> longForm = new HashMap<>();
      longForm.put("type", wrong);
      assertThat(fault(user(longForm)).code()).isEqualTo("type_invalid");
      Map<String, Object> object = new HashMap<>();
      object.put("object", wrong);
      assertThat(fault(user(object)).code()).isEqualTo("object_invalid");
      Map<String, Object> list = new HashMap<>();
      list.put("list", wrong);
      assertThat(fault(user(list)).code()).isEqualTo("type_invalid");
    }
  }

  @Test
  void a318ReadsTheLargestOrdinaryDefinition() {
    Map<String, Object> definition = members("Object", 100, members("field", 200, "list<string>"));

    assertThatCode(() -> valid(definition)).doesNotThrowAnyException();
  }
}
