package dev.tenet.domain.definition;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Quoted;

/// A fault in a rule set's definition.
///
/// @param part which part has it, such as `schema`, `derived field "isAdult"` or `rule "age-gate"`
public record DefinitionFault(String part, Diagnostic diagnostic) {
  public DefinitionFault {
    requireNonNull(part);
    requireNonNull(diagnostic);
  }

  /// {@return a fault of the derived field with this name}
  public static DefinitionFault ofDerivedField(String name, Diagnostic diagnostic) {
    return new DefinitionFault("derived field " + Quoted.text(name), diagnostic);
  }

  /// {@return a fault of the rule with this name}
  public static DefinitionFault ofRule(String name, Diagnostic diagnostic) {
    return new DefinitionFault("rule " + Quoted.text(name), diagnostic);
  }

  /// {@return the fault in one line: where it is, what it is and what was probably meant}
  public String line() {
    return part + ", " + diagnostic.line();
  }
}
