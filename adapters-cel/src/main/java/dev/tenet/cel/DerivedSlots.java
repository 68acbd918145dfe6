package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.IntegerTerm;
import dev.tenet.cel.plan.RealTerm;
import dev.tenet.cel.plan.ReferenceTerm;
import dev.tenet.cel.plan.Slots;
import dev.tenet.domain.schema.FieldType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The slots of a tenant's derived fields, behind those of the facts, and what fills them.
final class DerivedSlots {

  /// Fills the slot of a field.
  private sealed interface Filling {

    record Truth(Condition condition) implements Filling {}

    record Whole(IntegerTerm term) implements Filling {}

    record Real(RealTerm term) implements Filling {}

    record Text(ReferenceTerm term) implements Filling {}

    /// By the nodes.
    record Exact() implements Filling {}
  }

  private record Slot(int slot, Filling filling, Set<String> uses) {}

  private final Map<String, Places.Place> places = new HashMap<>();
  private final SequencedMap<String, Slot> slots = new LinkedHashMap<>();
  private final DerivedFields fields;
  private final ExpressionPlanner planner;

  DerivedSlots(SchemaTypes schema, DerivedFields fields, ExpressionPlanner planner) {
    this.fields = fields;
    this.planner = planner;
    int slot = schema.layout().slots();
    for (Map.Entry<String, CompiledExpression> program : fields.programs().entrySet()) {
      Checked checked = program.getValue().checked();
      CelAbstractSyntaxTree ast = checked.ast();
      if (ast != null) {
        slots.put(
            program.getKey(),
            new Slot(slot, filling(ast, checked, schema), checked.references().derived()));
        places.put(program.getKey(), Places.derived(slot, SchemaTypes.fieldType(checked.type())));
        slot++;
      }
    }
  }

  private Filling filling(CelAbstractSyntaxTree ast, Checked checked, SchemaTypes schema) {
    ConditionPlanner typed = planner.of(ast, schema, places, checked.references().derived());
    return switch (SchemaTypes.fieldType(checked.type())) {
      case FieldType.Scalar.BOOL -> new Filling.Truth(typed.condition());
      case FieldType.Scalar.INT ->
          typed.integer().<Filling>map(Filling.Whole::new).orElseGet(Filling.Exact::new);
      case FieldType.Scalar.FLOAT64 ->
          typed.real().<Filling>map(Filling.Real::new).orElseGet(Filling.Exact::new);
      case FieldType.Scalar.STRING ->
          typed.text().<Filling>map(Filling.Text::new).orElseGet(Filling.Exact::new);
      default -> new Filling.Exact();
    };
  }

  /// {@return where the fields are, by name}
  Map<String, Places.Place> places() {
    return places;
  }

  /// {@return the fields}
  DerivedFields fields() {
    return fields;
  }

  /// {@return how many fields there are}
  int size() {
    return slots.size();
  }

  /// {@return the fields with all those they use, each after those it uses}
  List<String> closure(Set<String> used) {
    Set<String> all = new HashSet<>(used);
    slots
        .sequencedEntrySet()
        .reversed()
        .forEach(
            entry -> {
              if (all.contains(entry.getKey())) {
                all.addAll(entry.getValue().uses());
              }
            });
    return slots.keySet().stream().filter(all::contains).toList();
  }

  /// Fills the slot of a field, whose own uses are filled. A field that cannot be computed has no value.
  void fill(String name, Workspace workspace, long fuel) {
    Slot slot = slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException("no such derived field: " + name);
    }
    Slots values = workspace.slots();
    values.fuel = fuel;
    boolean filled =
        switch (slot.filling()) {
          case Filling.Truth(var condition) -> truth(condition.test(values), slot.slot(), values);
          case Filling.Whole(var term) -> word(term.value(values), slot.slot(), values);
          case Filling.Real(var term) ->
              word(Double.doubleToRawLongBits(term.value(values)), slot.slot(), values);
          case Filling.Text(var term) -> reference(term.value(values), slot.slot(), values);
          case Filling.Exact exact -> false;
        };
    if (!filled) {
      exactly(name, slot.slot(), values, workspace.run());
    }
  }

  private static boolean truth(int outcome, int slot, Slots values) {
    values.words[slot] = outcome;
    values.present[slot] = outcome != Condition.FAULT;
    return values.present[slot];
  }

  private static boolean word(long word, int slot, Slots values) {
    values.words[slot] = word;
    values.present[slot] = !values.takeFault();
    return values.present[slot];
  }

  private static boolean reference(Object value, int slot, Slots values) {
    values.references[slot] = value;
    values.present[slot] = !values.takeFault();
    return values.present[slot];
  }

  private static void exactly(String name, int slot, Slots values, DecisionRun run) {
    @Nullable Object value = run.derivedOrNull(name);
    values.present[slot] = value != null;
    switch (value) {
      case null -> {}
      case Boolean truth -> values.words[slot] = truth ? 1 : 0;
      case Long integer -> values.words[slot] = integer;
      case Double real -> values.words[slot] = Double.doubleToRawLongBits(real);
      default -> values.references[slot] = value;
    }
  }
}
