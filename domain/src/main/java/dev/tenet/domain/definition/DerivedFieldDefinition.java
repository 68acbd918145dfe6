package dev.tenet.domain.definition;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/// A derived field as it is written.
///
/// @param name what expressions call it; unique within the rule set
/// @param expression the text in CEL
public record DerivedFieldDefinition(String name, String expression) implements Serializable {
  public DerivedFieldDefinition {
    requireNonNull(name);
    requireNonNull(expression);
  }
}
