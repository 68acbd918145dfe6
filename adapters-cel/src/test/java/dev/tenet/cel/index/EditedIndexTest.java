package dev.tenet.cel.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Relation;
import dev.tenet.cel.plan.Slots;
import dev.tenet.cel.plan.TimeLimit;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.schema.SchemaReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// An index decides what its conditions decide one by one, however many there are and however often it was edited.
class EditedIndexTest {

  private static final long FUEL = 1_000;
  private static final ResidualCompiler NEVER = (conditions, ready) -> {};
  private static final List<Relation> RELATIONS = List.of(Relation.values());
  private static final FactLayout LAYOUT = layout();

  private final Random random = new Random(20_261_121);

  private static FactLayout layout() {
    return switch (SchemaReader.read(
        Map.of("A", Map.of("i", "int", "d", "float64", "b", "bool", "s", "string")))) {
      case SchemaReader.Reading.Valid(Schema schema) -> new FactLayout(schema, Map.of());
      case SchemaReader.Reading.Invalid(var faults) -> throw new AssertionError(faults.toString());
    };
  }

  @Test
  void decidesAsTheConditionsDoOneByOne() {
    for (int size : List.of(0, 1, 5, 63, 64, 65, 500, 3_000)) {
      List<Condition> conditions = conditions(size);
      agree(conditions, EditedIndex.of(conditions, FUEL, NEVER));
    }
  }

  @Test
  void decidesTheSameAfterEdits() {
    List<Condition> conditions = conditions(300);
    EditedIndex index = EditedIndex.of(conditions, FUEL, NEVER);
    for (int edit = 0; edit < 60; edit++) {
      conditions = new ArrayList<>(conditions);
      switch (random.nextInt(4)) {
        case 0 -> conditions.remove(random.nextInt(conditions.size()));
        case 1 -> conditions.set(random.nextInt(conditions.size()), condition(2));
        case 2 -> conditions.addAll(random.nextInt(conditions.size()), conditions(3));
        default -> conditions.add(conditions.remove(random.nextInt(conditions.size())));
      }
      index = index.edited(conditions);
      agree(conditions, index);
    }
    assertThat(index.isWorn()).isTrue();
  }

  @Test
  void anIndexIsWornAfterManyEditsOnly() {
    List<Condition> conditions = conditions(320);
    EditedIndex index = EditedIndex.of(conditions, FUEL, NEVER);
    for (int edit = 0; edit < 20; edit++) {
      conditions = new ArrayList<>(conditions);
      conditions.add(condition(1));
      index = index.edited(conditions);
    }
    assertThat(index.isWorn()).isFalse();
    conditions = new ArrayList<>(conditions);
    conditions.addAll(conditions(10));
    assertThat(index.edited(conditions).isWorn()).isTrue();
  }

  private void agree(List<Condition> conditions, EditedIndex index) {
    Verdicts verdicts = new Verdicts(conditions.size());
    for (int i = 0; i < 30; i++) {
      Slots slots = slots();
      index.decide(slots, verdicts);
      for (int number = 0; number < conditions.size(); number++) {
        int expected = conditions.get(number).test(slots);
        int decided =
            Bits.has(verdicts.holding, number)
                ? Condition.TRUE
                : Bits.has(verdicts.faulty, number) ? Condition.FAULT : Condition.FALSE;
        assertThat(decided).as("%s", conditions.get(number)).isEqualTo(expected);
      }
    }
  }

  private List<Condition> conditions(int size) {
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      conditions.add(condition(3));
    }
    return conditions;
  }

  private Condition condition(int depth) {
    if (depth > 0 && random.nextInt(3) > 0) {
      return switch (random.nextInt(4)) {
        case 0 -> new Condition.Not(condition(depth - 1));
        case 1 -> new Condition.Or(List.of(condition(depth - 1), condition(depth - 1)));
        default -> new Condition.And(List.of(condition(depth - 1), condition(depth - 1)));
      };
    }
    Relation relation = RELATIONS.get(random.nextInt(RELATIONS.size()));
    return switch (random.nextInt(6)) {
      case 0 -> new Condition.IntegerSlot(slot("i"), relation, random.nextInt(10));
      case 1 -> new Condition.RealSlot(slot("d"), relation, random.nextInt(10) / 2.0);
      case 2 -> new Condition.Truth(slot("b"));
      case 3 -> new Condition.Present(slot(List.of("i", "d", "b", "s").get(random.nextInt(4))));
      case 4 -> new Condition.TextSlot(slot("s"), Set.of(text(), text() + "!"));
      default ->
          new Condition.IntegerSlot(
              slot("i"), relation, random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE);
    };
  }

  private String text() {
    return String.valueOf((char) ('a' + random.nextInt(5)));
  }

  private static int slot(String field) {
    var object = LAYOUT.object("A").orElseThrow();
    return object.slot(object.names().find(field));
  }

  private Slots slots() {
    Map<String, Object> object = new HashMap<>();
    if (random.nextInt(5) > 0) {
      object.put("i", random.nextInt(8) == 0 ? Long.MAX_VALUE : random.nextInt(10));
    }
    if (random.nextInt(5) > 0) {
      object.put("d", random.nextInt(10) / 2.0);
    }
    if (random.nextInt(5) > 0) {
      object.put("b", random.nextBoolean());
    }
    if (random.nextInt(5) > 0) {
      object.put("s", text());
    }
    return switch (FactReader.read(LAYOUT, Map.of("A", object), Location.root())) {
      case FactReader.Reading.Valid(var facts) ->
          Slots.of(facts, 0, expression -> Condition.FAULT, TimeLimit.of(Duration.ofDays(1)));
      case FactReader.Reading.Invalid(var faults) -> throw new AssertionError(faults.toString());
    };
  }
}
