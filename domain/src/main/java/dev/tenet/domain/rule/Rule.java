package dev.tenet.domain.rule;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.expression.Expression;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// A condition over a tenant's facts. Immutable: a change makes a new one.
///
/// @param name unique within the tenant
/// @param expression the condition
/// @param then the outputs by name, evaluated only when the rule matches, in the order given
/// @param tags sorted
/// @param enabled whether the author wants it evaluated
/// @param faults why it cannot be evaluated at present, though it once compiled: the schema or a function changed under it
public record Rule(
    RuleId id,
    String name,
    String description,
    Expression expression,
    Map<String, Expression> then,
    NavigableSet<String> tags,
    boolean enabled,
    List<Diagnostic> faults,
    Instant createdAt,
    Instant updatedAt) {

  public Rule {
    requireNonNull(id);
    requireNonNull(name);
    requireNonNull(description);
    requireNonNull(expression);
    then = Collections.unmodifiableMap(new LinkedHashMap<>(then));
    tags = Collections.unmodifiableNavigableSet(new TreeSet<>(tags));
    faults = List.copyOf(faults);
    requireNonNull(createdAt);
    requireNonNull(updatedAt);
  }

  /// {@return whether evaluations include it: its author wants it and nothing broke it}
  public boolean active() {
    return enabled && faults.isEmpty();
  }

  /// {@return this rule with what the patch names changed}
  public Rule revise(RulePatch patch, Instant at) {
    return new Rule(
        id,
        patch.name().orElse(name),
        patch.description().orElse(description),
        patch.expression().orElse(expression),
        patch.then().orElse(then),
        patch.tags().orElse(tags),
        patch.wanted(Optional.of(active())).orElse(enabled),
        List.of(),
        createdAt,
        at);
  }

  /// {@return this rule, unable to run for these reasons; without any it is able again}
  public Rule broken(List<Diagnostic> reasons, Instant at) {
    return new Rule(id, name, description, expression, then, tags, enabled, reasons, createdAt, at);
  }

  /// {@return whether it differs from the other in more than the moment of its last change}
  public boolean differsFrom(Rule other) {
    return !broken(faults, other.updatedAt).equals(other);
  }
}
