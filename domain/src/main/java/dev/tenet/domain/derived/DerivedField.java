package dev.tenet.domain.derived;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.expression.Expression;
import java.time.Instant;
import java.util.List;

/// A field computed from facts and other derived fields; rules use it by its name.
///
/// @param name unique within the tenant, and no object of the schema
/// @param type inferred from the expression, as CEL spells it, such as `bool` or `list(int)`
/// @param dependencies the fields and derived fields that the expression reads, such as `User.Citizenship`, sorted
/// @param faults why it cannot be computed at present, though it once compiled
public record DerivedField(
    DerivedFieldId id,
    String name,
    Expression expression,
    String description,
    String type,
    List<String> dependencies,
    List<Diagnostic> faults,
    Instant createdAt,
    Instant updatedAt) {

  public DerivedField {
    requireNonNull(id);
    requireNonNull(name);
    requireNonNull(expression);
    requireNonNull(description);
    requireNonNull(type);
    dependencies = List.copyOf(dependencies);
    faults = List.copyOf(faults);
    requireNonNull(createdAt);
    requireNonNull(updatedAt);
  }

  /// {@return this field with what the patch names changed; its type and dependencies are inferred anew}
  public DerivedField revise(DerivedFieldPatch patch, Instant at) {
    return new DerivedField(
        id,
        patch.name().orElse(name),
        patch.expression().orElse(expression),
        patch.description().orElse(description),
        type,
        dependencies,
        List.of(),
        createdAt,
        at);
  }

  /// {@return this field as the compiler understood it}
  public DerivedField inferred(String inferredType, List<String> inferredDependencies) {
    return new DerivedField(
        id,
        name,
        expression,
        description,
        inferredType,
        inferredDependencies,
        faults,
        createdAt,
        updatedAt);
  }

  /// {@return this field, unable to be computed for these reasons; without any it is able again}
  public DerivedField broken(List<Diagnostic> reasons, Instant at) {
    return new DerivedField(
        id, name, expression, description, type, dependencies, reasons, createdAt, at);
  }

  /// {@return whether it differs from the other in more than the moment of its last change}
  public boolean differsFrom(DerivedField other) {
    return !broken(faults, other.updatedAt).equals(other);
  }
}
