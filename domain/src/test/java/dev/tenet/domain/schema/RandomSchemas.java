package dev.tenet.domain.schema;

import dev.tenet.domain.schema.FieldType.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Makes schemas at random, the same for the same seed. Names are often those that could be taken for a long form.
final class RandomSchemas {

  private static final List<String> NAMES =
      List.of(
          "type",
          "enum",
          "list",
          "map",
          "object",
          "description",
          "optional",
          "sensitive",
          "a",
          "Age",
          "_",
          "x1");
  private static final List<String> DESCRIPTIONS = List.of("", "", "", "in years", "型", "\"\n");

  private final RandomGenerator random;

  RandomSchemas(RandomGenerator random) {
    this.random = random;
  }

  Schema next() {
    Map<String, FieldType.ObjectOf> objects = new LinkedHashMap<>();
    int count = random.nextInt(1, 4);
    for (int i = 0; i < count; i++) {
      objects.put(pick(NAMES), object(1));
    }
    return new Schema(objects);
  }

  private FieldType.ObjectOf object(int depth) {
    Map<String, Field> fields = new LinkedHashMap<>();
    int count = random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      String name = pick(NAMES);
      boolean deepest = depth + 1 == SchemaReader.DEEPEST;
      fields.put(
          name,
          new Field(
              name,
              deepest ? leaf() : type(depth + 1),
              random.nextInt(3) == 0,
              pick(DESCRIPTIONS),
              random.nextInt(5) == 0));
    }
    return new FieldType.ObjectOf(fields);
  }

  private FieldType type(int depth) {
    if (depth == SchemaReader.DEEPEST) {
      return leaf();
    }
    return switch (random.nextInt(8)) {
      case 0, 1 -> new FieldType.ListOf(type(depth + 1));
      case 2, 3 -> new FieldType.MapOf(type(depth + 1));
      case 4, 5 -> object(depth);
      default -> leaf();
    };
  }

  private FieldType leaf() {
    return switch (random.nextInt(4)) {
      case 0 -> new FieldType.Dyn();
      case 1 ->
          new FieldType.EnumOf(
              IntStream.range(0, random.nextInt(1, 4)).mapToObj(i -> "v" + i).toList());
      default -> pick(List.of(Scalar.values()));
    };
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
