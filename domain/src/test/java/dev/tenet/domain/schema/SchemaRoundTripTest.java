package dev.tenet.domain.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SchemaRoundTripTest {

  @Test
  void readingADefinitionGivesTheSchemaThatWroteIt() {
    for (int seed = 0; seed < 3_000; seed++) {
      Schema schema = new RandomSchemas(new SplittableRandom(seed)).next();

      Schema read = Definitions.valid(schema.definition());

      assertThat(read).as("seed %d", seed).isEqualTo(schema);
      assertThat(order(read)).as("order of seed %d", seed).isEqualTo(order(schema));
      assertThat(read.definition()).as("seed %d", seed).isEqualTo(schema.definition());
    }
  }

  private static String order(Schema schema) {
    return schema.toString();
  }

  @Test
  void writesTheShortestForm() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("a", Map.of("type", "int", "optional", true));
    fields.put("b", Map.of("list", "string"));
    fields.put("c", Map.of("map", "int", "optional", true));
    fields.put("d", Map.of("type", "bytes", "sensitive", true));
    fields.put("e", Map.of("object", Map.of("x", "int")));
    fields.put("f", Map.of("object", Map.of("type", "int")));

    Map<String, Object> definition = Definitions.valid(Map.of("User", fields)).definition();

    assertThat(definition)
        .isEqualTo(
            Map.of(
                "User",
                Map.of(
                    "a",
                    "int?",
                    "b",
                    "list<string>",
                    "c",
                    "map<string,int>?",
                    "d",
                    Map.of("type", "bytes", "sensitive", true),
                    "e",
                    Map.of("x", "int"),
                    "f",
                    Map.of("object", Map.of("type", "int")))));
  }

  @Test
  void aSchemaDoesNotChangeWithWhatItWasMadeFrom() {
    Map<String, FieldType.ObjectOf> objects = new LinkedHashMap<>();
    Schema schema = new Schema(objects);
    objects.put("User", new FieldType.ObjectOf(Map.of()));

    assertThat(schema.objects()).isEmpty();
    assertThat(new FieldType.EnumOf(List.of("a")).values()).isUnmodifiable();
  }
}
