package dev.tenet.domain.evaluation;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a set of facts may hold, and where: every object of the schema, and every field of an object that is no element of a
/// list or map, has a slot. Layouts of equal schemas have the same slots.
public final class FactLayout {

  private final Schema schema;
  private final Map<String, FieldType> derived;
  private final Map<String, ObjectLayout> objects = new LinkedHashMap<>();
  private final List<ObjectLayout> inOrder;
  private final FieldNames names;
  private final FieldNames flatNames;
  private final int[] flatFields;
  private final int slots;

  /// @param derived the types by name of the derived fields that a caller may have computed already
  public FactLayout(Schema schema, Map<String, FieldType> derived) {
    this.schema = requireNonNull(schema);
    this.derived = Map.copyOf(derived);
    var counter = new ObjectLayout.SlotCounter();
    schema
        .objects()
        .forEach(
            (name, type) -> objects.put(name, ObjectLayout.inSlots(type, counter.next(), counter)));
    this.inOrder = List.copyOf(objects.values());
    this.slots = counter.taken();
    List<String> all = new ArrayList<>(objects.keySet());
    this.derived.keySet().stream()
        .filter(name -> !objects.containsKey(name))
        .sorted()
        .forEach(all::add);
    this.names = FieldNames.of(all);
    this.flatNames = inOrder.size() == 1 ? FieldNames.of(flatNames(all)) : names;
    this.flatFields = new int[flatNames.size()];
    for (int number = 1; inOrder.size() == 1 && number < flatFields.length; number++) {
      flatFields[number] = inOrder.getFirst().names().find(flatNames.name(number));
    }
  }

  private List<String> flatNames(List<String> all) {
    Set<String> flat = new LinkedHashSet<>();
    flat.add(all.getFirst());
    FieldNames fields = inOrder.getFirst().names();
    for (int number = 0; number < fields.size(); number++) {
      flat.add(fields.name(number));
    }
    flat.addAll(all);
    return List.copyOf(flat);
  }

  /// {@return the schema that it lays out}
  public Schema schema() {
    return schema;
  }

  /// {@return the types of the derived fields by name}
  public Map<String, FieldType> derived() {
    return derived;
  }

  /// {@return how many slots there are}
  public int slots() {
    return slots;
  }

  /// {@return where the fields of an object are, by the object's name}
  public Optional<ObjectLayout> object(String name) {
    return Optional.ofNullable(objects.get(name));
  }

  /// {@return where the fields of the objects are, by their names, in the order of the schema}
  Map<String, ObjectLayout> objects() {
    return objects;
  }

  /// {@return the names of the objects in the order of the schema, and then those of the derived fields}
  FieldNames names() {
    return names;
  }

  /// {@return the name of the only object, those of its fields, and those of the derived fields}
  FieldNames flatNames() {
    return flatNames;
  }

  /// {@return which field of the only object a flat name is, by its number; or -1}
  int flatField(int number) {
    return flatFields[number];
  }

  /// {@return the object with that number among the names}
  ObjectLayout object(int number) {
    return inOrder.get(number);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof FactLayout layout
            && layout.schema.equals(schema)
            && layout.derived.equals(derived));
  }

  @Override
  public int hashCode() {
    return Objects.hash(schema, derived);
  }
}
