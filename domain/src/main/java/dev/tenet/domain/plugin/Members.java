package dev.tenet.domain.plugin;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The members of an object in a manifest. One of the wrong type is a fault, and reads as if it were missing.
///
/// @param all as plain JSON values
/// @param place what stands before the names of members in faults: nothing, or a path that ends with a dot
/// @param faults those that are found are added
record Members(Map<String, ?> all, String place, List<Diagnostic> faults) {

  private static final int MOST_ENTRIES = 100;
  private static final int LONGEST_TEXT = 4_000;

  static Members of(Map<?, ?> object, String place, List<Diagnostic> faults) {
    return new Members(strings(object), place, faults);
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  static Map<String, ?> strings(Map<?, ?> map) {
    return (Map<String, ?>) map;
  }

  /// Every other member is a fault.
  void requireKnown(Set<String> known) {
    for (String name : all.keySet()) {
      if (!known.contains(name)) {
        faults.add(
            Diagnostic.error(
                "manifest_member_unknown",
                Location.field(place + name),
                "A manifest has no %s here; it may have %s."
                    .formatted(Quoted.text(name), String.join(", ", new TreeSet<>(known))),
                Spelling.nearest(name, known).orElse(null)));
      }
    }
  }

  /// {@return the truth, or false}
  boolean flag(String name) {
    Object value = all.get(name);
    if (value != null && !(value instanceof Boolean)) {
      invalid(name, "\"%s\" must be true or false.".formatted(name));
    }
    return Boolean.TRUE.equals(value);
  }

  /// {@return the whole number from 1 to `most`, or the usual one}
  long number(String name, long most, long usual) {
    Object value = all.get(name);
    if (value == null) {
      return usual;
    }
    if (value instanceof Long number && number >= 1 && number <= most) {
      return number;
    }
    invalid(name, "\"%s\" must be a whole number from 1 to %d.".formatted(name, most));
    return usual;
  }

  /// {@return the text, or an empty one}
  String text(String name) {
    Object value = all.get(name);
    if (value instanceof String text && text.length() <= LONGEST_TEXT) {
      return text;
    }
    if (value != null) {
      invalid(
          name, "\"%s\" must be a text of at most %d characters.".formatted(name, LONGEST_TEXT));
    }
    return "";
  }

  /// {@return the list of texts, or an empty one}
  List<String> texts(String name) {
    Object value = all.get(name);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    boolean valid = value instanceof List<?> list && list.size() <= MOST_ENTRIES;
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof String text && text.length() <= LONGEST_TEXT) {
          texts.add(text);
        } else {
          valid = false;
        }
      }
    }
    if (!valid) {
      invalid(name, "\"%s\" must be a list of at most %d texts.".formatted(name, MOST_ENTRIES));
    }
    return texts;
  }

  /// {@return the object, or an empty one}
  Map<String, ?> object(String name) {
    Object value = all.get(name);
    if (value instanceof Map<?, ?> object) {
      return strings(object);
    }
    if (value != null) {
      invalid(name, "\"%s\" must be an object.".formatted(name));
    }
    return Map.of();
  }

  private void invalid(String name, String message) {
    faults.add(Diagnostic.error("manifest_member_invalid", Location.field(place + name), message));
  }
}
