package dev.tenet.cel;

import dev.cel.common.ast.CelExpr;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.IntegerTerm;
import dev.tenet.cel.plan.RealTerm;
import dev.tenet.cel.plan.ReferenceTerm;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.ObjectLayout;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where the values that an expression names are when it runs: in slots, or in the elements that its loops are at.
final class Places {

  private static final int NOWHERE = -1;

  /// Where one value is.
  ///
  /// @param slot its slot, or -1 when it belongs to the element of a loop
  /// @param loop the depth of that loop, or -1
  /// @param number the number of the element's field, or -1 for the element itself
  /// @param nested where the fields are of the object that it is, or of those that it holds
  record Place(int slot, int loop, int number, FieldType type, @Nullable ObjectLayout nested) {

    private boolean isField() {
      return number != NOWHERE;
    }

    boolean isText() {
      return type == FieldType.Scalar.STRING || type instanceof FieldType.EnumOf;
    }

    boolean isList() {
      return type instanceof FieldType.ListOf;
    }

    boolean holdsTexts() {
      return type instanceof FieldType.ListOf(var element)
          && (element == FieldType.Scalar.STRING || element instanceof FieldType.EnumOf);
    }

    boolean hasSize() {
      return isList() || type instanceof FieldType.MapOf;
    }

    Condition has() {
      return slot == NOWHERE ? new Condition.ElementHas(loop, number) : new Condition.Present(slot);
    }

    Optional<Condition> truth() {
      if (type != FieldType.Scalar.BOOL || (slot == NOWHERE && !isField())) {
        return Optional.empty();
      }
      return Optional.of(
          slot == NOWHERE ? new Condition.ElementTruth(loop, number) : new Condition.Truth(slot));
    }

    Optional<IntegerTerm> integer() {
      if (type != FieldType.Scalar.INT && type != FieldType.Scalar.INT64) {
        return Optional.empty();
      }
      return Optional.of(
          slot != NOWHERE
              ? new IntegerTerm.Slot(slot)
              : isField()
                  ? new IntegerTerm.ElementField(loop, number)
                  : new IntegerTerm.Element(loop));
    }

    Optional<RealTerm> real() {
      if (type != FieldType.Scalar.FLOAT64) {
        return Optional.empty();
      }
      return Optional.of(
          slot != NOWHERE
              ? new RealTerm.Slot(slot)
              : isField() ? new RealTerm.ElementField(loop, number) : new RealTerm.Element(loop));
    }

    ReferenceTerm reference() {
      return slot != NOWHERE
          ? new ReferenceTerm.Slot(slot)
          : isField()
              ? new ReferenceTerm.ElementField(loop, number)
              : new ReferenceTerm.Element(loop);
    }

    private Place field(int field, ObjectLayout of) {
      FieldType fieldType = of.field(field).type();
      return slot == NOWHERE
          ? new Place(NOWHERE, loop, field, fieldType, of.nested(field))
          : new Place(of.slot(field), NOWHERE, NOWHERE, fieldType, of.nested(field));
    }
  }

  private record Variable(String name, Place place) {}

  private final FactLayout layout;
  private final Map<String, Place> derived;
  private final List<Variable> variables = new ArrayList<>();

  /// @param derived where the derived fields are
  Places(FactLayout layout, Map<String, Place> derived) {
    this.layout = layout;
    this.derived = derived;
  }

  /// {@return where a derived field is}
  static Place derived(int slot, FieldType type) {
    return new Place(slot, NOWHERE, NOWHERE, type, null);
  }

  /// {@return how many loops are open}
  int depth() {
    return variables.size();
  }

  boolean inLoop() {
    return !variables.isEmpty();
  }

  /// {@return what something gives inside of a loop over a list}
  <T> T within(String variable, Place list, Supplier<T> something) {
    if (!(list.type() instanceof FieldType.ListOf(var element))) {
      throw new IllegalArgumentException("no list");
    }
    variables.add(
        new Variable(variable, new Place(NOWHERE, depth(), NOWHERE, element, list.nested())));
    try {
      return something.get();
    } finally {
      variables.removeLast();
    }
  }

  /// {@return where the value is that an expression names}
  Optional<Place> find(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> named(expr.ident().name());
      case SELECT ->
          expr.select().testOnly()
              ? Optional.empty()
              : field(expr.select().operand(), expr.select().field());
      default -> Optional.empty();
    };
  }

  private Optional<Place> named(String name) {
    for (int i = variables.size() - 1; i >= 0; i--) {
      if (variables.get(i).name().equals(name)) {
        return Optional.of(variables.get(i).place());
      }
    }
    String global = name.startsWith(".") ? name.substring(1) : name;
    return layout
        .object(global)
        .map(
            object ->
                new Place(
                    object.slot(), NOWHERE, NOWHERE, new FieldType.ObjectOf(Map.of()), object))
        .or(() -> Optional.ofNullable(derived.get(global)));
  }

  /// {@return where a field is of the object that an expression names}
  Optional<Place> field(CelExpr operand, String field) {
    Place place = find(operand).orElse(null);
    if (place == null
        || !(place.type() instanceof FieldType.ObjectOf)
        || place.nested() == null
        || (place.slot() == NOWHERE && place.isField())) {
      return Optional.empty();
    }
    int number = place.nested().names().find(field);
    return number < 0 ? Optional.empty() : Optional.of(place.field(number, place.nested()));
  }
}
