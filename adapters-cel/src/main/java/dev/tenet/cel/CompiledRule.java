package dev.tenet.cel;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.rule.Rule;
import java.util.List;
import java.util.Optional;

/// What compiling a rule gave: a program, or the errors why there is none.
record CompiledRule(Rule rule, Optional<RuleProgram> program, List<Diagnostic> errors) {

  CompiledRule {
    errors = List.copyOf(errors);
  }

  /// {@return whether another rule has the same logic}
  boolean isOf(Rule other) {
    return other.expression().equals(rule.expression()) && other.then().equals(rule.then());
  }

  /// {@return the same for another rule of the same logic}
  CompiledRule of(Rule other) {
    return other.equals(rule)
        ? this
        : new CompiledRule(other, program.map(known -> known.of(other)), errors);
  }
}
