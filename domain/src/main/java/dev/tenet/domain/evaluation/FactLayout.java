package dev.tenet.domain.evaluation;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.Schema;
import java.util.Map;

/// What a set of facts may hold: the schema's objects, and derived fields that a caller may have computed already.
///
/// @param derived the types of the derived fields by name
public record FactLayout(Schema schema, Map<String, FieldType> derived) {
  public FactLayout {
    requireNonNull(schema);
    derived = Map.copyOf(derived);
  }
}
