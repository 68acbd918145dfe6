package dev.tenet.http.access;

import dev.tenet.application.access.AccessVerdict;
import dev.tenet.domain.evaluation.RuleFault;
import dev.tenet.domain.identity.Role;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether somebody may do something, and why.
///
/// @param reason what decided, such as `permitted_by_role`
/// @param roles those of the roles given that permit it
/// @param rules what each access rule says
public record AccessJson(
    boolean allowed, String reason, List<String> roles, List<RuleSaysJson> rules) {

  /// What one access rule says.
  ///
  /// @param effect `allow` or `deny`
  public record RuleSaysJson(
      String ruleId, String ruleName, String effect, boolean matched, @Nullable String error) {}

  static AccessJson of(AccessVerdict verdict) {
    return new AccessJson(
        verdict.allowed(),
        spelling(verdict.reason()),
        verdict.roles().stream().map(Role::key).sorted().toList(),
        verdict.rules().stream()
            .map(
                rule -> {
                  RuleFault fault = rule.outcome().fault();
                  return new RuleSaysJson(
                      rule.outcome().ruleId().toString(),
                      rule.outcome().ruleName(),
                      spelling(rule.effect()),
                      rule.outcome().matched(),
                      fault == null ? null : fault.message());
                })
            .toList());
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
