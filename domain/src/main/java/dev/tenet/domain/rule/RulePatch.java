package dev.tenet.domain.rule;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.expression.Expression;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;

/// What to change of a rule; what is empty stays as it is.
///
/// @param enabled whether its author wants it evaluated
/// @param active whether it is to be evaluated. As it is now it says nothing, so that a rule can be written back as it was
///     read; otherwise it says the same as `enabled`
public record RulePatch(
    Optional<String> name,
    Optional<String> description,
    Optional<Expression> expression,
    Optional<Map<String, Expression>> then,
    Optional<NavigableSet<String>> tags,
    Optional<Boolean> enabled,
    Optional<Boolean> active) {

  /// {@return whether the author of a rule wants it evaluated from here on, when the patch says so}
  ///
  /// @param activeNow whether the rule is evaluated now; empty for one that is still to be added
  public Optional<Boolean> wanted(Optional<Boolean> activeNow) {
    return enabled.or(() -> asked(activeNow));
  }

  /// {@return whether the patch asks by `active` for another rule than there is, and for which}
  public Optional<Boolean> asked(Optional<Boolean> activeNow) {
    return active.equals(activeNow) ? Optional.empty() : active;
  }

  /// {@return the fault of asking by `active` for the opposite of `enabled`}
  public Optional<Diagnostic> contradiction(Optional<Boolean> activeNow) {
    Optional<Boolean> asked = asked(activeNow);
    return asked.isEmpty() || enabled.isEmpty() || asked.equals(enabled)
        ? Optional.empty()
        : Optional.of(
            Diagnostic.error(
                "active_contradicts_enabled",
                Location.field("active"),
                "\"active\": %s contradicts \"enabled\": %s; leave \"active\" out, it follows from \"enabled\"."
                    .formatted(asked.get(), enabled.get())));
  }
}
