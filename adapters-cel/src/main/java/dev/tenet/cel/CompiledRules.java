package dev.tenet.cel;

import dev.tenet.domain.change.Verdict;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tenant's compiled rules with all that they depend on.
final class CompiledRules {

  private final RuleScope scope;
  private final Map<RuleId, CompiledRule> byId;
  private final IndexedPrograms programs;
  private final Map<RuleId, List<Diagnostic>> faults = new HashMap<>();

  /// @param rules in the order of creation
  /// @param similar rules of the same scope, whose index serves these, too; or null
  CompiledRules(
      RuleScope scope,
      List<CompiledRule> rules,
      IndexedPrograms.Indexing indexing,
      @Nullable CompiledRules similar) {
    this.scope = scope;
    this.byId = HashMap.newHashMap(rules.size());
    List<RuleProgram> enabled = new ArrayList<>(rules.size());
    for (CompiledRule compiled : rules) {
      Rule rule = compiled.rule();
      byId.put(rule.id(), compiled);
      if (!compiled.errors().isEmpty()) {
        faults.put(rule.id(), compiled.errors());
      } else if (rule.enabled()) {
        compiled.program().ifPresent(enabled::add);
      }
    }
    this.programs =
        similar == null
            ? IndexedPrograms.of(enabled, scope.slots(), indexing)
            : similar.programs.edited(enabled, scope.slots());
  }

  RuleScope scope() {
    return scope;
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
    return scope.derived();
  }

  /// {@return the rules that decisions are made of}
  IndexedPrograms programs() {
    return programs;
  }

  /// {@return the enabled rule with this id, unless it is faulty}
  Optional<RuleProgram> program(RuleId id) {
    return Optional.ofNullable(byId.get(id))
        .filter(compiled -> compiled.rule().enabled())
        .flatMap(CompiledRule::program);
  }

  Verdict verdict() {
    return new Verdict(faults, derived().faults(), derived().inferences());
  }
}
