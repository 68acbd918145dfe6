package dev.tenet.cel;

import dev.cel.common.types.CelType;
import dev.tenet.domain.change.Verdict;
import dev.tenet.domain.derived.DependencyOrder;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A tenant's derived fields, compiled in the order in which they depend on one another.
final class DerivedFields {

  private static final int LONGEST_CYCLE_SHOWN = 10;

  private final SchemaTypes schema;
  private final AllowedCalls allowed;
  private final ExpressionCompiler compiler;
  private final Map<String, DerivedField> fields = new LinkedHashMap<>();
  private final Map<String, CompiledExpression> programs = new LinkedHashMap<>();
  private final Map<String, CelType> types = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private final Map<String, Set<String>> sensitive = new HashMap<>();
  private final Map<DerivedFieldId, List<Diagnostic>> faults = new HashMap<>();
  private final Map<DerivedFieldId, Verdict.Inference> inferences = new HashMap<>();

  private DerivedFields(SchemaTypes schema, AllowedCalls allowed, ExpressionCompiler compiler) {
    this.schema = schema;
    this.allowed = allowed;
    this.compiler = compiler;
  }

  static DerivedFields compile(
      List<DerivedField> definitions,
      SchemaTypes schema,
      AllowedCalls allowed,
      ExpressionCompiler compiler) {
    DerivedFields derived = new DerivedFields(schema, allowed, compiler);
    definitions.forEach(field -> derived.fields.put(field.name(), field));
    derived.compile();
    return derived;
  }

  private void compile() {
    Map<String, Set<String>> uses = new LinkedHashMap<>();
    fields.forEach((name, field) -> uses.put(name, uses(field)));
    DependencyOrder order = DependencyOrder.of(uses);
    broken.addAll(fields.keySet());
    order.cycles().forEach(this::refuseCycle);
    for (String name : order.order()) {
      DerivedField field = fields.get(name);
      if (field != null) {
        compile(field, name);
      }
    }
  }

  /// A cycle is one of uses, whether or not the expressions are otherwise sound.
  private Set<String> uses(DerivedField field) {
    Set<String> used = new LinkedHashSet<>();
    for (String identifier : compiler.freeIdentifiers(field.expression().text())) {
      if (fields.containsKey(identifier) && !schema.hasObject(identifier)) {
        used.add(identifier);
      }
    }
    return used;
  }

  private void refuseCycle(List<String> cycle) {
    String path =
        cycle.size() <= LONGEST_CYCLE_SHOWN
            ? String.join(" -> ", cycle)
            : String.join(" -> ", cycle.subList(0, LONGEST_CYCLE_SHOWN - 2))
                + " -> … -> "
                + cycle.getLast();
    for (String name : new LinkedHashSet<>(cycle)) {
      DerivedField field = fields.get(name);
      if (field != null) {
        faults
            .computeIfAbsent(field.id(), id -> new ArrayList<>())
            .add(
                Diagnostic.error(
                    "derived_field_cycle",
                    source(field).whole(),
                    "Derived fields form a cycle: %s.".formatted(path)));
      }
    }
  }

  private void compile(DerivedField field, String name) {
    if (schema.hasObject(name)) {
      faults.put(
          field.id(),
          List.of(
              Diagnostic.error(
                  "derived_field_shadowed",
                  source(field).whole(),
                  "The schema has an object called \"%s\"; give the derived field another name."
                      .formatted(name))));
      return;
    }
    CompiledExpression program = compiler.compile(scope(), source(field));
    Checked checked = program.checked();
    List<Diagnostic> refused = allowed.faults(checked);
    if (checked.isFaulty() || !refused.isEmpty()) {
      faults.put(field.id(), checked.isFaulty() ? checked.errors() : refused);
      return;
    }
    broken.remove(name);
    types.put(name, checked.type());
    programs.put(name, program);
    inferences.put(
        field.id(),
        new Verdict.Inference(TypeNames.of(checked.type()), checked.references().names()));
    if (isSensitive(checked.references())) {
      sensitive.put(name, secrets(checked.references()));
    }
  }

  private static SourceText source(DerivedField field) {
    return new SourceText(field.expression().text(), "expression");
  }

  /// {@return what expressions may name}
  ExpressionChecker.Scope scope() {
    return new ExpressionChecker.Scope(schema, types, broken);
  }

  boolean isSensitive(References references) {
    return references.sensitive() || references.derived().stream().anyMatch(sensitive::containsKey);
  }

  /// {@return the sensitive fields that are read, also by derived fields, and these}
  Set<String> secrets(References references) {
    Set<String> secrets = new HashSet<>(references.secrets());
    for (String used : references.derived()) {
      Set<String> theirs = sensitive.get(used);
      if (theirs != null) {
        secrets.add(used);
        secrets.addAll(theirs);
      }
    }
    return secrets;
  }

  /// {@return the names of the derived fields that are made from sensitive fields}
  Set<String> sensitive() {
    return sensitive.keySet();
  }

  /// {@return the fields that can be computed, each after those it uses}
  Map<String, CompiledExpression> programs() {
    return programs;
  }

  Map<DerivedFieldId, List<Diagnostic>> faults() {
    return faults;
  }

  Map<DerivedFieldId, Verdict.Inference> inferences() {
    return inferences;
  }

  /// {@return the types that supplied values must have}
  Map<String, FieldType> layout() {
    Map<String, FieldType> layout = new HashMap<>();
    types.forEach((name, type) -> layout.put(name, SchemaTypes.fieldType(type)));
    return layout;
  }
}
