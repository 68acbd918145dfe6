package dev.tenet.benchmark.rules;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One rule in the languages of all contestants.
///
/// @param terms all of them must hold
/// @param java the same condition as a person would write it in a program
public record GeneratedRule(String name, List<Term> terms, Predicate<Sample> java) {
  public GeneratedRule {
    terms = List.copyOf(terms);
  }

  /// {@return the condition in CEL}
  public String cel() {
    return terms.stream().map(Term::cel).collect(Collectors.joining(" && "));
  }

  /// {@return the condition for Aviator}
  public String aviator() {
    return terms.stream().map(Term::aviator).collect(Collectors.joining(" && "));
  }

  /// {@return the rule for Drools; it adds its name to the global `matches`}
  public String drools() {
    return """
        rule "%s"
        when
          $u: User(%s)
          $t: Transaction(%s)
        then
          matches.add("%s");
        end
        """
        .formatted(name, drools(Term.Subject.USER), drools(Term.Subject.TRANSACTION), name);
  }

  private String drools(Term.Subject subject) {
    return terms.stream()
        .filter(term -> term.subject() == subject)
        .map(Term::drools)
        .collect(Collectors.joining(", "));
  }
}
