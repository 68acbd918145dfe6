package dev.tenet.domain.schema;

import static java.util.Objects.requireNonNull;

/// A field of an object.
///
/// @param optional whether facts may leave it out or say null, which are then the same
/// @param sensitive whether its value must never show in logs, traces and errors
public record Field(
    String name, FieldType type, boolean optional, String description, boolean sensitive) {
  public Field {
    requireNonNull(name);
    requireNonNull(type);
    requireNonNull(description);
  }
}
