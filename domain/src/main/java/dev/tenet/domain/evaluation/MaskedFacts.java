package dev.tenet.domain.evaluation;

import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Facts as they may be written down: for each sensitive value stands `***`, from which nothing of it can be told.
///
/// @param values the objects and the derived fields that came along, by name, as JSON has them
/// @param masked the fields whose values were masked, by their paths such as `Card.Number` or `Orders[].Card`, sorted
public record MaskedFacts(Map<String, @Nullable Object> values, List<String> masked) {

  /// What stands for a sensitive value.
  public static final String MASK = "***";

  public MaskedFacts {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    masked = List.copyOf(masked);
  }

  /// {@return facts that were masked before}
  public static MaskedFacts written(Map<String, @Nullable Object> values, List<String> masked) {
    return new MaskedFacts(values, masked);
  }

  /// {@return the facts, masked}
  ///
  /// @param secrets the names of the derived fields that are made from sensitive fields
  public static MaskedFacts of(Facts facts, Set<String> secrets) {
    var masking = new Masking(facts);
    Map<String, @Nullable Object> values = masking.objects();
    facts
        .supplied()
        .forEach(
            (name, value) ->
                values.put(name, secrets.contains(name) ? masking.mask(name) : masking.of(value)));
    return new MaskedFacts(values, List.copyOf(masking.masked));
  }

  /// {@return what is left without the masked values, to be read by the layout that the facts were read by}
  ///
  /// @param secrets the names of the derived fields that are made from sensitive fields
  public Map<String, @Nullable Object> unmasked(FactLayout layout, Set<String> secrets) {
    Map<String, @Nullable Object> left = new LinkedHashMap<>();
    Map<String, FieldType.ObjectOf> objects = layout.schema().objects();
    values.forEach(
        (name, value) -> {
          FieldType.ObjectOf object = objects.get(name);
          if (object != null) {
            left.put(name, without(object, value));
          } else if (!secrets.contains(name)) {
            left.put(name, value);
          }
        });
    return left;
  }

  private static @Nullable Object without(FieldType type, @Nullable Object value) {
    return switch (type) {
      case FieldType.ObjectOf(var fields) when value instanceof Map<?, ?> map -> {
        Map<String, @Nullable Object> left = new LinkedHashMap<>();
        for (Field field : fields.values()) {
          if (!field.sensitive() && map.containsKey(field.name())) {
            left.put(field.name(), without(field.type(), map.get(field.name())));
          }
        }
        yield left;
      }
      case FieldType.ListOf(var element) when value instanceof List<?> list -> {
        List<@Nullable Object> left = new ArrayList<>(list.size());
        list.forEach(item -> left.add(without(element, item)));
        yield left;
      }
      case FieldType.MapOf(var element) when value instanceof Map<?, ?> map -> {
        Map<String, @Nullable Object> left = new LinkedHashMap<>();
        map.forEach((name, item) -> left.put((String) name, without(element, item)));
        yield left;
      }
      default -> value;
    };
  }

  /// Walks facts by their layout.
  private static final class Masking {

    private final Facts facts;
    private final Deque<String> path = new ArrayDeque<>();
    private final Set<String> masked = new TreeSet<>();

    private Masking(Facts facts) {
      this.facts = facts;
    }

    private Map<String, @Nullable Object> objects() {
      Map<String, @Nullable Object> objects = new LinkedHashMap<>();
      facts
          .layout()
          .objects()
          .forEach(
              (name, object) -> {
                if (facts.present()[object.slot()]) {
                  path.addLast(name);
                  objects.put(name, inSlots(object));
                  path.removeLast();
                }
              });
      return objects;
    }

    private Map<String, @Nullable Object> inSlots(ObjectLayout object) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (int number = 0; number < object.names().size(); number++) {
        int slot = object.slot(number);
        if (facts.present()[slot]) {
          Field field = object.field(number);
          if (field.sensitive()) {
            values.put(field.name(), mask(field.name()));
          } else {
            path.addLast(field.name());
            values.put(
                field.name(),
                field.type() instanceof FieldType.ObjectOf
                    ? inSlots(object.holding(number))
                    : of(facts.value(field.type(), slot)));
            path.removeLast();
          }
        }
      }
      return values;
    }

    private @Nullable Object of(@Nullable Object value) {
      return switch (value) {
        case FactRecord element -> inRecord(element);
        case IntegerList integers -> integers;
        case RealList reals -> reals;
        case List<?> list -> {
          List<@Nullable Object> values = new ArrayList<>(list.size());
          path.addLast("[]");
          for (Object item : list) {
            values.add(of(item));
          }
          path.removeLast();
          yield values;
        }
        case Map<?, ?> map -> {
          Map<String, @Nullable Object> values = new LinkedHashMap<>();
          path.addLast("[]");
          map.forEach((name, item) -> values.put((String) name, of(item)));
          path.removeLast();
          yield values;
        }
        case null, default -> JsonValues.of(value);
      };
    }

    private Map<String, @Nullable Object> inRecord(FactRecord element) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      ObjectLayout layout = element.layout();
      for (int number = 0; number < layout.names().size(); number++) {
        if (element.has(number)) {
          Field field = layout.field(number);
          if (field.sensitive()) {
            values.put(field.name(), mask(field.name()));
          } else {
            path.addLast(field.name());
            values.put(field.name(), of(element.value(number)));
            path.removeLast();
          }
        }
      }
      return values;
    }

    private String mask(String name) {
      var text = new StringBuilder();
      for (String step : path) {
        text.append(text.isEmpty() || step.startsWith("[") ? "" : ".").append(step);
      }
      masked.add(text.append(text.isEmpty() ? "" : ".").append(name).toString());
      return MASK;
    }
  }
}
