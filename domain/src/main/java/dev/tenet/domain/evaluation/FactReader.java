package dev.tenet.domain.evaluation;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location.Pointer;
import dev.tenet.domain.evaluation.FactSource.Kind;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads facts from JSON into the slots of a layout, coerces them to the types of the schema and reports every value that
/// contradicts its type, with its JSON pointer.
///
/// What is missing is no fault here: only a rule that reads it fails. What the schema does not know is ignored. A
/// schema with one object also takes that object's fields directly ("flat" facts).
///
/// @param <X> what reading the JSON may fail with
public final class FactReader<X extends Exception> {

  /// What reading facts gives.
  public sealed interface Reading {
    /// The facts agree with the layout.
    record Valid(Facts facts) implements Reading {}

    /// Some values contradict their types: all of them, up to 100.
    record Invalid(List<Diagnostic> diagnostics) implements Reading {
      public Invalid {
        diagnostics = List.copyOf(diagnostics);
      }
    }
  }

  private final FactLayout layout;
  private final FactSource<X> source;
  private final FactFaults faults;
  private final FactValueReader<X> values;
  private final boolean[] present;
  private final long[] words;
  private final @Nullable Object[] references;
  private final Map<String, Object> supplied = new LinkedHashMap<>();

  private FactReader(FactLayout layout, FactSource<X> source, Pointer at) {
    this.layout = layout;
    this.source = source;
    this.faults = new FactFaults(at);
    this.values = new FactValueReader<>(source, faults);
    this.present = new boolean[layout.slots()];
    this.words = new long[layout.slots()];
    this.references = new @Nullable Object[layout.slots()];
  }

  /// {@return the facts, or what contradicts the layout}
  ///
  /// @param raw a JSON object as plain values: `Map`, `List`, `String`, `Long`, `Double`, `Boolean` or null;
  ///     programs may give an `Integer`, too
  /// @param at where the facts stand in their document
  public static Reading read(FactLayout layout, Map<String, ?> raw, Pointer at) {
    return read(layout, PlainFacts.of(raw), at);
  }

  /// {@return the facts, or what contradicts the layout}
  ///
  /// @param source stands before a JSON object
  /// @param at where the facts stand in their document
  public static <X extends Exception> Reading read(
      FactLayout layout, FactSource<X> source, Pointer at) throws X {
    return new FactReader<>(layout, source, at).read();
  }

  private Reading read() throws X {
    if (layout.objects().size() == 1) {
      readFlatOrNested(layout.object(0));
    } else {
      readObjects();
    }
    return faults.count() == 0
        ? new Reading.Valid(
            new Facts(
                layout,
                present,
                words,
                references,
                supplied.isEmpty() ? Map.of() : Collections.unmodifiableMap(supplied)))
        : new Reading.Invalid(faults.found());
  }

  private void readObjects() throws X {
    FieldNames names = layout.names();
    source.object();
    for (int number = source.member(names);
        number != FactSource.END;
        number = source.member(names)) {
      if (number < 0) {
        source.skip();
      } else {
        readRoot(names, number);
      }
    }
  }

  private void readRoot(FieldNames names, int number) throws X {
    String name = names.name(number);
    faults.enter(name);
    if (number < layout.objects().size()) {
      readObject(layout.object(number));
    } else {
      readSupplied(name);
    }
    faults.leave();
  }

  /// Fields that stand where objects are expected count until the object itself comes.
  private void readFlatOrNested(ObjectLayout object) throws X {
    FieldNames names = layout.flatNames();
    List<Diagnostic> ofFlat = new ArrayList<>();
    boolean nested = false;
    source.object();
    for (int number = source.member(names);
        number != FactSource.END;
        number = source.member(names)) {
      if (number == 0) {
        nested = true;
        Arrays.fill(present, false);
        Arrays.fill(references, null);
        readRoot(names, number);
      } else if (number < 0) {
        source.skip();
      } else if (!nested && layout.flatField(number) >= 0) {
        int before = faults.count();
        readField(object, layout.flatField(number));
        ofFlat.addAll(faults.takeBack(before));
      } else if (layout.derived().containsKey(names.name(number))) {
        faults.enter(names.name(number));
        readSupplied(names.name(number));
        faults.leave();
      } else {
        source.skip();
      }
    }
    if (!nested) {
      faults.add(ofFlat);
      present[object.slot()] = hasAny(object);
    }
  }

  private boolean hasAny(ObjectLayout object) {
    for (int number = 0; number < object.names().size(); number++) {
      if (present[object.slot(number)]) {
        return true;
      }
    }
    return false;
  }

  private void readSupplied(String name) throws X {
    FieldType type = layout.derived().get(name);
    if (type == null || source.kind() == Kind.NULL) {
      source.skip();
    } else {
      values.read(type, null).ifPresent(value -> supplied.put(name, value));
    }
  }

  private void readObject(ObjectLayout object) throws X {
    if (source.kind() != Kind.OBJECT) {
      values.mismatch("an object");
      return;
    }
    present[object.slot()] = true;
    source.object();
    FieldNames names = object.names();
    for (int number = source.member(names);
        number != FactSource.END;
        number = source.member(names)) {
      if (number < 0) {
        source.skip();
      } else {
        readField(object, number);
      }
    }
  }

  private void readField(ObjectLayout object, int number) throws X {
    Field field = object.field(number);
    int slot = object.slot(number);
    faults.enter(field);
    if (source.kind() == Kind.NULL) {
      present[slot] = values.isNull(field);
    } else {
      switch (field.type()) {
        case FieldType.Scalar.INT, FieldType.Scalar.INT64 -> readInteger(slot);
        case FieldType.Scalar.FLOAT64 -> readReal(slot);
        case FieldType.Scalar.BOOL -> readTruth(slot);
        case FieldType.ObjectOf nested -> readObject(object.holding(number));
        default -> {
          Object value = values.read(field.type(), object.nested(number)).orElse(null);
          references[slot] = value;
          present[slot] = value != null;
        }
      }
    }
    faults.leave();
  }

  private void readInteger(int slot) throws X {
    if (source.kind() == Kind.INTEGER) {
      words[slot] = source.integer();
      present[slot] = true;
    } else {
      values
          .integer()
          .ifPresent(
              value -> {
                words[slot] = value;
                present[slot] = true;
              });
    }
  }

  private void readReal(int slot) throws X {
    if (FactValueReader.isNumber(source.kind())) {
      double value = source.real();
      words[slot] = Double.doubleToRawLongBits(value);
      present[slot] = values.isFinite(value);
    } else {
      values.mismatch("a number");
    }
  }

  private void readTruth(int slot) throws X {
    if (source.kind() == Kind.TRUTH) {
      words[slot] = source.truth() ? 1 : 0;
      present[slot] = true;
    } else {
      values.mismatch("true or false");
    }
  }
}
