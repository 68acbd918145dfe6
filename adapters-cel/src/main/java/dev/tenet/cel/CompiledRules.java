package dev.tenet.cel;

import dev.tenet.domain.change.Verdict;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A tenant's compiled rules with all that they depend on.
final class CompiledRules {

  private final SchemaTypes schema;
  private final List<DerivedField> fields;
  private final DerivedFields derived;
  private final Map<RuleId, CompiledRule> byId;
  private final List<RuleProgram> programs = new ArrayList<>();
  private final Map<RuleId, List<Diagnostic>> faults = new HashMap<>();

  /// @param fields the definitions that `derived` was compiled from
  /// @param rules in the order of creation
  CompiledRules(
      SchemaTypes schema,
      List<DerivedField> fields,
      DerivedFields derived,
      List<CompiledRule> rules) {
    this.schema = schema;
    this.fields = fields;
    this.derived = derived;
    this.byId = HashMap.newHashMap(rules.size());
    for (CompiledRule compiled : rules) {
      Rule rule = compiled.rule();
      byId.put(rule.id(), compiled);
      if (!compiled.errors().isEmpty()) {
        faults.put(rule.id(), compiled.errors());
      } else if (rule.enabled()) {
        compiled.program().ifPresent(programs::add);
      }
    }
  }

  /// {@return whether rules mean the same here as with that schema and those derived fields}
  boolean hasScope(SchemaTypes otherSchema, List<DerivedField> otherFields) {
    if (schema != otherSchema || fields.size() != otherFields.size()) {
      return false;
    }
    for (int i = 0; i < fields.size(); i++) {
      DerivedField field = fields.get(i);
      DerivedField other = otherFields.get(i);
      boolean same =
          field.id().equals(other.id())
              && field.name().equals(other.name())
              && field.expression().equals(other.expression());
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /// {@return what a rule of the same logic was compiled to}
  Optional<CompiledRule> find(Rule rule) {
    CompiledRule known = byId.get(rule.id());
    boolean sameLogic =
        known != null
            && (known.rule().equals(rule)
                || (known.rule().expression().equals(rule.expression())
                    && known.rule().then().equals(rule.then())));
    return known != null && sameLogic ? Optional.of(known.of(rule)) : Optional.empty();
  }

  DerivedFields derived() {
    return derived;
  }

  /// {@return the rules that decisions are made of}
  List<RuleProgram> programs() {
    return programs;
  }

  /// {@return the enabled rule with this id, unless it is faulty}
  Optional<RuleProgram> program(RuleId id) {
    return Optional.ofNullable(byId.get(id))
        .filter(compiled -> compiled.rule().enabled())
        .flatMap(CompiledRule::program);
  }

  Verdict verdict() {
    return new Verdict(faults, derived.faults(), derived.inferences());
  }
}
