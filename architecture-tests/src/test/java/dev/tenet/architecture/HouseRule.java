package dev.tenet.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;

/// A rule of the house. It can be applied to any classes.
///
/// @param number as in `docs/architecture.md`
/// @param parts what it consists of; all of them must hold
record HouseRule(int number, String text, List<ArchRule> parts) {

  HouseRule {
    parts = List.copyOf(parts);
  }

  static HouseRule of(int number, String text, ArchRule... parts) {
    return new HouseRule(number, text, Arrays.asList(parts));
  }

  /// {@return what breaks the rule, one line each}
  List<String> violations(JavaClasses classes) {
    return parts.stream()
        .map(part -> part.allowEmptyShould(true).evaluate(classes))
        .flatMap(result -> result.getFailureReport().getDetails().stream())
        .toList();
  }

  @Override
  public String toString() {
    return number + ". " + text;
  }
}
