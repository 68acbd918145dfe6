package dev.tenet.application.access;

import dev.tenet.application.access.AccessVerdict.Effect;
import dev.tenet.application.access.AccessVerdict.Reason;
import dev.tenet.application.access.AccessVerdict.RuleSays;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.InForce;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.evaluation.FactReader.Reading;
import dev.tenet.domain.evaluation.RuleFault;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.identity.Action;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.TenantId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides who may do what. Nobody may do anything unless a role or a rule permits it.
///
/// The rules are those of the platform's own tenant, [TenantId#PLATFORM], written, tried and kept like any other rules. One
/// with the tag `deny` denies the requests for which it holds, whoever asks, but not the administrators of the platform there; one with the tag `allow` allows what no role
/// permits. Neither takes anybody out of their tenant. One that denies and cannot be evaluated, whether these facts or a change of
/// what it calls are the reason, denies.
public final class AccessRules {

  static final String ALLOW = "allow";
  static final String DENY = "deny";

  private static final Selection DECIDING =
      new Selection(List.of(), Set.of(ALLOW, DENY), true, false);
  private static final Selection EXPLAINING =
      new Selection(List.of(), Set.of(ALLOW, DENY), false, true);

  private final CurrentRuleSets ruleSets;
  private final InstantSource clock;

  /// What enabled rules say that are broken, as long as these definitions are in force.
  private record Broken(@Nullable InForce inForce, List<RuleSays> says) {}

  private volatile Broken lastBroken = new Broken(null, List.of());

  public AccessRules(CurrentRuleSets ruleSets, InstantSource clock) {
    this.ruleSets = ruleSets;
    this.clock = clock;
  }

  /// {@return whether somebody may do what they want to}
  public AccessVerdict decide(AccessRequest request) {
    return decide(request, DECIDING);
  }

  /// {@return the same with all rules and how each came to what it says}
  AccessVerdict explain(AccessRequest request) {
    return decide(request, EXPLAINING);
  }

  private AccessVerdict decide(AccessRequest request, Selection selection) {
    Set<Role> roles = request.principal().rolesFor(request.action(), request.tenant());
    Optional<TenantId> home = request.principal().tenant();
    if (home.isPresent() && !home.equals(request.tenant())) {
      return new AccessVerdict(Reason.OTHER_TENANT, roles, List.of());
    }
    List<RuleSays> rules = rules(request, selection);
    Reason reason;
    if (decides(rules, Effect.DENY) && !mends(request, roles)) {
      reason = Reason.DENIED_BY_RULE;
    } else if (!roles.isEmpty()) {
      reason = Reason.PERMITTED_BY_ROLE;
    } else {
      reason = decides(rules, Effect.ALLOW) ? Reason.ALLOWED_BY_RULE : Reason.NOT_PERMITTED;
    }
    return new AccessVerdict(reason, roles, rules);
  }

  /// Whoever administers the platform can always get at the access rules, and have them explained: one that denies too much can
  /// be mended.
  private static boolean mends(AccessRequest request, Set<Role> roles) {
    return roles.contains(Role.PLATFORM_ADMIN)
        && (request.tenant().equals(Optional.of(TenantId.PLATFORM))
            || request.action() == Action.ACCESS_EXPLAIN);
  }

  private static boolean decides(List<RuleSays> rules, Effect effect) {
    for (RuleSays rule : rules) {
      if (rule.effect() == effect && rule.decides()) {
        return true;
      }
    }
    return false;
  }

  private List<RuleSays> rules(AccessRequest request, Selection selection) {
    Optional<InForce> platform = ruleSets.of(TenantId.PLATFORM, 0);
    if (platform.isEmpty() || platform.get().state().rules().isEmpty()) {
      return List.of();
    }
    InForce inForce = platform.get();
    FactLayout layout = inForce.compilation().ruleSet().layout().orElseThrow();
    return switch (FactReader.read(layout, request.facts(), Location.root())) {
      case Reading.Valid(var facts) ->
          says(
              inForce,
              inForce
                  .compilation()
                  .ruleSet()
                  .evaluate(facts, selection, clock.instant())
                  .outcomes());
      case Reading.Invalid(var diagnostics) ->
          throw new IllegalStateException(
              "the facts of a request contradict the platform's schema: " + diagnostics);
    };
  }

  private List<RuleSays> says(InForce inForce, List<RuleOutcome> outcomes) {
    List<RuleSays> broken = broken(inForce);
    if (outcomes.isEmpty()) {
      return broken;
    }
    List<RuleSays> says = new ArrayList<>(outcomes.size() + broken.size());
    for (RuleOutcome outcome : outcomes) {
      Rule rule = inForce.state().rule(outcome.ruleId()).orElseThrow();
      says.add(new RuleSays(effect(rule), outcome));
    }
    says.addAll(broken);
    return says;
  }

  /// {@return what those rules say that the compiler refuses by now, and so leaves out}
  private List<RuleSays> broken(InForce inForce) {
    Broken known = lastBroken;
    if (known.inForce() != inForce) {
      known =
          new Broken(
              inForce,
              inForce.seen().rules().stream()
                  .filter(rule -> rule.enabled() && !rule.active())
                  .filter(rule -> !Collections.disjoint(rule.tags(), DECIDING.tags()))
                  .map(rule -> new RuleSays(effect(rule), broken(rule)))
                  .toList());
      lastBroken = known;
    }
    return known.says();
  }

  private static RuleOutcome broken(Rule rule) {
    Diagnostic why = rule.faults().getFirst();
    return new RuleOutcome(
        rule.id(), rule.name(), false, new RuleFault(why.code(), why.message()), Map.of(), null);
  }

  private static Effect effect(Rule rule) {
    return rule.tags().contains(DENY) ? Effect.DENY : Effect.ALLOW;
  }
}
