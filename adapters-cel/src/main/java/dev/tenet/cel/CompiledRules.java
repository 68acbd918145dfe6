package dev.tenet.cel;

import dev.tenet.domain.change.Verdict;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.evaluation.Secrets;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A tenant's compiled rules with all that they depend on.
final class CompiledRules {

  private final RuleScope scope;
  private final List<CompiledRule> rules;
  private final IndexedPrograms programs;
  private final Map<RuleId, List<Diagnostic>> faults = new HashMap<>();

  /// Made when somebody first asks for a rule by its id.
  private volatile @Nullable Map<RuleId, CompiledRule> byId;

  private CompiledRules(
      RuleScope scope,
      List<CompiledRule> rules,
      Function<List<RuleProgram>, IndexedPrograms> indexed) {
    this.scope = scope;
    this.rules = rules;
    List<RuleProgram> enabled = new ArrayList<>(rules.size());
    for (CompiledRule compiled : rules) {
      if (!compiled.errors().isEmpty()) {
        faults.put(compiled.rule().id(), compiled.errors());
      } else if (compiled.rule().enabled()) {
        compiled.program().ifPresent(enabled::add);
      }
    }
    this.programs = indexed.apply(enabled);
  }

  /// {@return compiled rules with an index of their own}
  ///
  /// @param rules in the order of creation
  static CompiledRules of(
      RuleScope scope, List<CompiledRule> rules, IndexedPrograms.Indexing indexing) {
    return new CompiledRules(
        scope, rules, programs -> IndexedPrograms.of(programs, scope.slots(), indexing));
  }

  /// {@return other rules of the same scope; those that mean the same are not compiled again}
  ///
  /// What rules before and after a change have in common at the beginning and at the end is passed over quickly, because a
  /// large tenant changes one rule at a time.
  @SuppressWarnings("ReferenceEquality") // an equal rule is found all the same, only later
  CompiledRules revised(List<Rule> now, Function<Rule, CompiledRule> compile) {
    CompiledRule[] next = new CompiledRule[now.size()];
    int shorter = Math.min(next.length, rules.size());
    int head = 0;
    while (head < shorter && now.get(head) == rules.get(head).rule()) {
      next[head] = rules.get(head);
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && now.get(next.length - 1 - tail) == rules.get(rules.size() - 1 - tail).rule()) {
      next[next.length - 1 - tail] = rules.get(rules.size() - 1 - tail);
      tail++;
    }
    Map<RuleId, CompiledRule> between = byId(rules.subList(head, rules.size() - tail));
    for (int i = head; i < next.length - tail; i++) {
      Rule rule = now.get(i);
      CompiledRule known = between.get(rule.id());
      next[i] = known != null && known.isOf(rule) ? known.of(rule) : compile.apply(rule);
    }
    return new CompiledRules(
        scope, Arrays.asList(next), enabled -> programs.edited(enabled, scope.slots()));
  }

  private static Map<RuleId, CompiledRule> byId(List<CompiledRule> rules) {
    return rules.stream()
        .collect(Collectors.toMap(compiled -> compiled.rule().id(), compiled -> compiled));
  }

  RuleScope scope() {
    return scope;
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
    Map<RuleId, CompiledRule> known = byId;
    if (known == null) {
      known = byId(rules);
      byId = known;
    }
    return Optional.ofNullable(known.get(id))
        .filter(compiled -> compiled.rule().enabled())
        .flatMap(CompiledRule::program);
  }

  /// {@return what of them is made from sensitive fields}
  Secrets secrets() {
    DerivedFields derived = derived();
    Map<RuleId, Secrets.OfRule> secretive = new HashMap<>();
    for (RuleProgram program : programs.all()) {
      if (program.secretive()) {
        secretive.put(program.rule().id(), program.secrets(derived));
      }
    }
    return new Secrets(derived.sensitive(), secretive);
  }

  Verdict verdict() {
    return new Verdict(faults, derived().faults(), derived().inferences());
  }
}
