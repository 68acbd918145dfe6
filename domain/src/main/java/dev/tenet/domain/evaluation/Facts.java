package dev.tenet.domain.evaluation;

import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Facts whose every value has the type that the layout gives it, in the layout's slots. Immutable.
///
/// Integers, floating-point numbers (as `Double.doubleToRawLongBits`) and truth values (0 and 1) are words; everything else
/// is a reference: `String`, [Bytes], `java.time.Instant`, `java.time.Duration`, `List`, `Map<String, ?>` and, in a `dyn`
/// field only, null. What is missing is not there: its slot has no value.
public final class Facts {

  private final FactLayout layout;
  private final boolean[] present;
  private final long[] words;
  private final @Nullable Object[] references;
  private final Map<String, Object> supplied;

  Facts(
      FactLayout layout,
      boolean[] present,
      long[] words,
      @Nullable Object[] references,
      Map<String, Object> supplied) {
    this.layout = layout;
    this.present = present;
    this.words = words;
    this.references = references;
    this.supplied = supplied;
  }

  /// {@return whether a field of this type is kept as a word}
  public static boolean isWord(FieldType type) {
    return switch (type) {
      case FieldType.Scalar.INT, FieldType.Scalar.INT64 -> true;
      case FieldType.Scalar.FLOAT64, FieldType.Scalar.BOOL -> true;
      default -> false;
    };
  }

  /// {@return where everything is}
  public FactLayout layout() {
    return layout;
  }

  /// {@return by slot, whether there is a value; not to be written}
  public boolean[] present() {
    return present;
  }

  /// {@return the words by slot; not to be written}
  public long[] words() {
    return words;
  }

  /// {@return the references by slot; not to be written}
  public @Nullable Object[] references() {
    return references;
  }

  /// {@return the derived fields that the caller sent along, by name}
  public Map<String, Object> supplied() {
    return supplied;
  }

  /// {@return the value of a field that is no object, as an object, or null}
  public @Nullable Object value(FieldType type, int slot) {
    return switch (type) {
      case FieldType.Scalar.INT, FieldType.Scalar.INT64 -> words[slot];
      case FieldType.Scalar.FLOAT64 -> Double.longBitsToDouble(words[slot]);
      case FieldType.Scalar.BOOL -> words[slot] != 0;
      default -> references[slot];
    };
  }

  /// {@return the objects that are there, by name, and their fields that are there}
  public Map<String, Map<String, @Nullable Object>> objects() {
    Map<String, Map<String, @Nullable Object>> objects = new LinkedHashMap<>();
    layout
        .objects()
        .forEach(
            (name, object) -> {
              if (present[object.slot()]) {
                objects.put(name, values(object));
              }
            });
    return objects;
  }

  private Map<String, @Nullable Object> values(ObjectLayout object) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int number = 0; number < object.names().size(); number++) {
      int slot = object.slot(number);
      if (present[slot]) {
        Field field = object.field(number);
        values.put(
            field.name(),
            field.type() instanceof FieldType.ObjectOf
                ? values(object.holding(number))
                : value(field.type(), slot));
      }
    }
    return values;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Facts facts
        && objects().equals(facts.objects())
        && supplied.equals(facts.supplied);
  }

  @Override
  public int hashCode() {
    return Objects.hash(objects(), supplied);
  }
}
