package dev.tenet.domain.evaluation;

import dev.tenet.domain.rule.RuleId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which rules to evaluate, and how much to say about them.
///
/// @param rules the rules in the order wanted, each once; empty for all active rules
/// @param tags only rules that have one of these tags; empty for all
/// @param matchedOnly whether outcomes that did not match are left out; faults stay
/// @param trace whether each outcome explains itself
public record Selection(List<RuleId> rules, Set<String> tags, boolean matchedOnly, boolean trace) {

  /// All active rules, with all outcomes and without traces.
  public static final Selection ALL = new Selection(List.of(), Set.of(), false, false);

  public Selection {
    rules = rules.isEmpty() ? List.of() : List.copyOf(new LinkedHashSet<>(rules));
    tags = Set.copyOf(tags);
  }

  /// {@return the same rules without traces}
  public Selection withoutTrace() {
    return trace ? new Selection(rules, tags, matchedOnly, false) : this;
  }

  /// {@return the same rules with all outcomes and without traces}
  public Selection complete() {
    return new Selection(rules, tags, false, false);
  }
}
