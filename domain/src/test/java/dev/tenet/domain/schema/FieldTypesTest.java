package dev.tenet.domain.schema;

import static dev.tenet.domain.schema.Definitions.fault;
import static dev.tenet.domain.schema.Definitions.faults;
import static dev.tenet.domain.schema.Definitions.field;
import static dev.tenet.domain.schema.Definitions.fields;
import static dev.tenet.domain.schema.Definitions.place;
import static dev.tenet.domain.schema.Definitions.type;
import static dev.tenet.domain.schema.Definitions.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.schema.FieldType.Dyn;
import dev.tenet.domain.schema.FieldType.EnumOf;
import dev.tenet.domain.schema.FieldType.ListOf;
import dev.tenet.domain.schema.FieldType.MapOf;
import dev.tenet.domain.schema.FieldType.ObjectOf;
import dev.tenet.domain.schema.FieldType.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Types and their long forms: rules A3.05 to A3.07 and beyond.
final class FieldTypesTest {

  @ParameterizedTest
  @EnumSource
  void a305TakesTheEightScalars(Scalar scalar) {
    assertThat(type(scalar.spelling())).isEqualTo(scalar);
    assertThat(field(scalar.spelling() + "?").optional()).isTrue();
  }

  @Test
  void a305KnowsEightScalars() {
    assertThat(Scalar.values())
        .extracting(Scalar::spelling)
        .containsExactly(
            "int", "int64", "float64", "string", "bool", "bytes", "timestamp", "duration");
  }

  @ParameterizedTest
  @CsvSource({
    "String,string",
    "INT,int",
    "Bool,bool",
    "Float64,float64",
    "BOOL,bool",
    "double,float64",
    "varchar,string",
    "date,timestamp",
    "datetime,timestamp",
    "decimal,float64",
    "number,float64",
    "array,list<string>",
    "object,dyn",
    "integer,int",
    "CustomType,",
    "strng,string"
  })
  void a306RefusesOtherSpellingsAndSaysWhatWasMeant(String spelling, String suggestion) {
    Diagnostic fault = fault(user(spelling));

    assertThat(fault.code()).isEqualTo("type_unknown");
    assertThat(place(fault)).isEqualTo("User.x");
    assertThat(fault.message()).startsWith("Unknown type \"" + spelling + "\" of \"User.x\"");
    assertThat(fault.message()).contains("int, int64, float64, string, bool, bytes, timestamp");
    assertThat(fault.suggestion()).isEqualTo(suggestion);
    if (suggestion != null) {
      assertThat(fault.message()).contains("did you mean \"" + suggestion + "\"? The types are");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" int", "int ", "\tint", "int\n", " ", "int ?", "list< int>"})
  void a307RefusesWhiteSpaceAroundATypeAndSaysSo(String spelling) {
    assertThat(fault(user(spelling)).code()).isEqualTo("type_whitespace");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "list<>", "map<string,>"})
  void a307RefusesAnEmptyType(String spelling) {
    assertThat(fault(user(spelling)).code()).isEqualTo("type_empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int??",
        "list<int?>",
        "list",
        "list<int",
        "map<int,string>",
        "list<int>>",
        "?int"
      })
  void refusesWhatIsOnlyAlmostAType(String spelling) {
    assertThat(fault(user(spelling)).code()).isEqualTo("type_unknown");
  }

  @Test
  void takesListsMapsAndDyn() {
    assertThat(type("dyn")).isEqualTo(new Dyn());
    assertThat(type("list<string>")).isEqualTo(new ListOf(Scalar.STRING));
    assertThat(type("list<list<dyn>>")).isEqualTo(new ListOf(new ListOf(new Dyn())));
    assertThat(type("map<string,int>")).isEqualTo(new MapOf(Scalar.INT));
    assertThat(type("map<string, list<bool>>")).isEqualTo(new MapOf(new ListOf(Scalar.BOOL)));
    assertThat(type(Map.of("list", "int"))).isEqualTo(new ListOf(Scalar.INT));
    assertThat(type(Map.of("map", Map.of("list", "int"))))
        .isEqualTo(new MapOf(new ListOf(Scalar.INT)));
    assertThat(type(Map.of("list", Map.of("street", "string"))))
        .isInstanceOfSatisfying(
            ListOf.class, list -> assertThat(list.element()).isInstanceOf(ObjectOf.class));
    assertThat(type("map<string,list<int>>").describe()).isEqualTo("map<string,list<int>>");
  }

  @Test
  void takesNestedObjects() {
    FieldType type = type(Map.of("street", "string", "number", "int?"));

    assertThat(type)
        .isInstanceOfSatisfying(
            ObjectOf.class,
            object -> {
              assertThat(object.fields()).containsOnlyKeys("street", "number");
              assertThat(object.fields().get("number")).extracting("optional").isEqualTo(true);
            });
    assertThat(type(Map.of("object", Map.of("street", "string"))))
        .isEqualTo(type(Map.of("street", "string")));
  }

  @Test
  void takesTheLongFormOfAField() {
    Field field =
        field(
            Map.of(
                "type",
                "string",
                "description",
                "as embossed",
                "sensitive",
                true,
                "optional",
                true));

    assertThat(field).isEqualTo(new Field("x", Scalar.STRING, true, "as embossed", true));
    assertThat(field(Map.of("type", "int?")).optional()).isTrue();
    assertThat(field(Map.of("type", "int?", "optional", false)).optional()).isTrue();
    assertThat(field(Map.of("type", Map.of("list", "int"), "optional", true)))
        .isEqualTo(new Field("x", new ListOf(Scalar.INT), true, "", false));
    assertThat(field(Map.of("list", "int", "optional", true)))
        .isEqualTo(new Field("x", new ListOf(Scalar.INT), true, "", false));
    assertThat(field(Map.of("enum", List.of("a"), "sensitive", true)))
        .isEqualTo(new Field("x", new EnumOf(List.of("a")), false, "", true));
  }

  @Test
  void anythingThatIsNoLongFormIsANestedObject() {
    assertThat(type(Map.of("type", "int", "currency", "string")))
        .isInstanceOfSatisfying(
            ObjectOf.class, o -> assertThat(o.fields()).containsOnlyKeys("type", "currency"));
    assertThat(type(Map.of("type", "int", "list", "int")))
        .isInstanceOfSatisfying(
            ObjectOf.class, o -> assertThat(o.fields()).containsOnlyKeys("type", "list"));
    assertThat(type(Map.of("description", "string", "optional", "bool")))
        .isInstanceOf(ObjectOf.class);
    assertThat(type(Map.of("object", Map.of("type", "string"))))
        .isInstanceOfSatisfying(
            ObjectOf.class, o -> assertThat(o.fields()).containsOnlyKeys("type"));
    assertThat(type(Map.of("type", "string"))).isEqualTo(Scalar.STRING);
    assertThat(type(Map.of("type", Map.of("type", "string")))).isEqualTo(Scalar.STRING);
  }

  @Test
  void anObjectOfTheSchemaIsNeverALongForm() {
    Schema schema = Definitions.valid(Map.of("Card", Map.of("type", "string")));

    assertThat(fields(schema, "Card")).containsOnlyKeys("type");
  }

  @Test
  void annotationsBelongToFieldsOnly() {
    Diagnostic fault = fault(user(Map.of("list", Map.of("type", "int", "description", "d"))));

    assertThat(fault.code()).isEqualTo("type_invalid");
    assertThat(fault.message()).contains("belong to a field");
  }

  @Test
  void annotationsHaveTheirTypes() {
    Map<String, Object> wrong = new HashMap<>();
    wrong.put("type", "int");
    wrong.put("description", null);
    wrong.put("optional", null);
    wrong.put("sensitive", "true");

    assertThat(faults(user(wrong)))
        .extracting(Diagnostic::code)
        .containsExactly("description_invalid", "optional_invalid", "sensitive_invalid");
  }

  @Test
  void aDescriptionHasUpTo1000Characters() {
    for (int length : List.of(0, 1, 999, 1000)) {
      assertThat(field(Map.of("type", "int", "description", "d".repeat(length))).description())
          .hasSize(length);
    }
    Diagnostic fault = fault(user(Map.of("type", "int", "description", "d".repeat(1001))));
    assertThat(fault.code()).isEqualTo("description_too_long");
    assertThat(fault.message()).contains("1001").contains("1000 ");
  }

  @Test
  void anEnumHasUpTo1000Values() {
    for (int count : List.of(1, 2, 999, 1000)) {
      assertThat(type(Map.of("enum", values(count)))).isEqualTo(new EnumOf(values(count)));
    }
    for (int count : List.of(0, 1001)) {
      assertThat(fault(user(Map.of("enum", values(count)))).code()).isEqualTo("enum_invalid");
    }
  }

  private static List<String> values(int count) {
    return IntStream.range(0, count).mapToObj(i -> "v" + i).toList();
  }

  @Test
  void anEnumsValuesAreDifferentStringsOfUpTo255Characters() {
    assertThat(type(Map.of("enum", List.of("", "e".repeat(255))))).isInstanceOf(EnumOf.class);
    List<Object> wrong = new ArrayList<>(List.of("visa", 5L, Map.of(), true));
    wrong.add(Arrays.asList("a", null));
    wrong.add(List.of("a", 5L));
    wrong.add(List.of("a", "b", "a"));
    wrong.add(List.of("e".repeat(256)));
    wrong.add(Collections.singletonList(null));
    for (Object values : wrong) {
      Diagnostic fault = fault(user(Map.of("enum", values)));
      assertThat(fault.code()).isEqualTo("enum_invalid");
      assertThat(fault.message()).contains("\"User.x\"").contains("1000").contains("255");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "object", "type", "list", "map", "spelling"})
  void typesNestUpToTenDeep(String form) {
    // The object User is the first level and its field the second.
    assertThat(Definitions.valid(user(nested(form, 8)))).isNotNull();
    assertThat(faults(user(nested(form, 9))))
        .extracting(Diagnostic::code)
        .containsExactly("schema_too_deep");
    assertThat(faults(user(nested(form, 1000))))
        .extracting(Diagnostic::code)
        .containsExactly("schema_too_deep");
  }

  @Test
  void enumsAreNotDeeperThanOtherTypes() {
    Object type = Map.of("enum", List.of("a"));
    for (int i = 0; i < 9; i++) {
      type = Map.of("object", Map.of("x", type));
    }

    assertThat(fault(user(type)).code()).isEqualTo("schema_too_deep");
  }

  private static Object nested(String form, int times) {
    Object type = "int";
    for (int i = 0; i < times; i++) {
      type =
          switch (form) {
            case "plain" -> Map.of("x", type);
            case "object" -> Map.of("object", Map.of("x", type));
            case "type" -> Map.of("type", Map.of("x", type), "description", "level " + i);
            case "list" -> Map.of("list", type);
            case "map" -> Map.of("map", type);
            default -> "list<" + type + ">";
          };
    }
    return type;
  }
}
