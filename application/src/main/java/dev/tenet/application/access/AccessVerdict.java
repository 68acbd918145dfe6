package dev.tenet.application.access;

import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.identity.Role;
import java.util.List;
import java.util.Set;

/// Whether somebody may do what they want to, and why.
///
/// @param reason what decided
/// @param roles those of their roles that permit it
/// @param rules what the access rules say that allow or deny, in the order of their creation, but those that are broken last
public record AccessVerdict(Reason reason, Set<Role> roles, List<RuleSays> rules) {

  /// What decided.
  public enum Reason {
    /// A role permits it, and no rule denies it.
    PERMITTED_BY_ROLE(true),
    /// No role permits it; a rule allows it.
    ALLOWED_BY_RULE(true),
    /// A rule denies it, or could not be evaluated.
    DENIED_BY_RULE(false),
    /// Neither a role nor a rule permits it.
    NOT_PERMITTED(false),
    /// They may do something in one tenant only, and this is another, or the platform.
    OTHER_TENANT(false);

    private final boolean allowed;

    Reason(boolean allowed) {
      this.allowed = allowed;
    }
  }

  /// What an access rule does to a request for which it holds.
  public enum Effect {
    ALLOW,
    DENY
  }

  /// What one rule says.
  public record RuleSays(Effect effect, RuleOutcome outcome) {

    /// {@return whether the rule decides: a rule that denies and cannot be evaluated denies}
    boolean decides() {
      return outcome.matched() || (effect == Effect.DENY && outcome.fault() != null);
    }
  }

  public AccessVerdict {
    roles = Set.copyOf(roles);
    rules = List.copyOf(rules);
  }

  /// {@return whether they may}
  public boolean allowed() {
    return reason.allowed;
  }
}
