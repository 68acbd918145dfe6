package dev.tenet.application.decision;

import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.InForce;
import dev.tenet.application.evaluation.PastRuleSets;
import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.domain.decision.LoggedDecision;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.RuleFault;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Secrets;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides again what was decided: of the same facts, with the definitions of then, and the same `now`.
///
/// Masked facts are gone for good. What rules say that read them cannot be known, and is not guessed.
public final class ReplayDecision {

  /// What replaying gives.
  public sealed interface Result {
    /// It was decided again.
    ///
    /// @param decision as it was kept
    /// @param presentRevision the tenant's revision now
    record Replayed(LoggedDecision decision, long presentRevision, List<Difference> differences)
        implements Result {
      public Replayed {
        differences = List.copyOf(differences);
      }

      /// {@return whether all is the same, something is not, or that cannot be known}
      public Verdict verdict() {
        return differences.stream()
            .map(Difference::verdict)
            .max(Enum::compareTo)
            .orElse(Verdict.IDENTICAL);
      }
    }

    /// There is no such tenant or decision.
    ///
    /// @param what is missing
    record NotFound(String what) implements Result {}

    /// The tenant does not have the revision that decided: it was deleted and created again.
    record RevisionNotFound(long revision) implements Result {}
  }

  /// What comparing gives, the worst last.
  public enum Verdict {
    IDENTICAL,
    UNDETERMINED,
    DIFFERENT
  }

  /// A rule of which it cannot be said that its outcome is the same.
  ///
  /// @param verdict never `IDENTICAL`
  /// @param logged null when there was none
  /// @param replayed null when there is none, or none that means anything
  /// @param maskedFields those that the rule reads and that are masked, by their paths
  public record Difference(
      RuleId rule,
      String ruleName,
      Verdict verdict,
      @Nullable RuleOutcome logged,
      @Nullable RuleOutcome replayed,
      List<String> maskedFields) {
    public Difference {
      maskedFields = List.copyOf(maskedFields);
    }
  }

  /// Faults that say nothing of the definitions, but that the functions they call cannot be called just now.
  private static final Set<String> NOT_NOW =
      Set.of("plugin_quota_exceeded", "plugin_busy", "plugin_closed", "plugin_unavailable");

  private final DecisionLog log;
  private final CurrentRuleSets ruleSets;
  private final PastRuleSets past;

  public ReplayDecision(DecisionLog log, CurrentRuleSets ruleSets, PastRuleSets past) {
    this.log = log;
    this.ruleSets = ruleSets;
    this.past = past;
  }

  /// Decides again. Nobody is told of it, and it is not kept.
  ///
  /// @throws dev.tenet.application.store.StoreUnavailable when the store does not answer
  public Result replay(TenantId tenant, DecisionId id) {
    Optional<InForce> present = ruleSets.present(tenant);
    if (present.isEmpty()) {
      return new Result.NotFound("tenant");
    }
    Optional<LoggedDecision> found = log.find(tenant, id);
    if (found.isEmpty()) {
      return new Result.NotFound("decision");
    }
    LoggedDecision decision = found.get();
    long revision = decision.summary().revision();
    return past.at(present.get(), revision)
        .map(then -> then.compilation().ruleSet())
        .<Result>flatMap(
            ruleSet ->
                ruleSet
                    .layout()
                    .map(
                        layout ->
                            new Result.Replayed(
                                decision,
                                present.get().revision(),
                                differences(decision, ruleSet, layout))))
        .orElseGet(() -> new Result.RevisionNotFound(revision));
  }

  private static List<Difference> differences(
      LoggedDecision decision, RuleSet ruleSet, FactLayout layout) {
    Secrets secrets = ruleSet.secrets();
    Optional<Facts> facts = facts(decision, layout, secrets);
    if (facts.isEmpty()) {
      return decision.outcomes().stream()
          .map(logged -> difference(logged.ruleId(), Verdict.DIFFERENT, logged, null, List.of()))
          .toList();
    }
    RuleSet.Evaluation again =
        ruleSet.evaluate(facts.get(), decision.selection().complete(), decision.at());
    Map<RuleId, RuleOutcome> logged = new LinkedHashMap<>();
    decision.outcomes().forEach(outcome -> logged.put(outcome.ruleId(), outcome));
    List<Difference> differences = new ArrayList<>();
    for (RuleOutcome replayed : secrets.mask(again.outcomes())) {
      RuleOutcome before = logged.remove(replayed.ruleId());
      List<String> masked = secrets.read(replayed.ruleId(), decision.facts().masked());
      if (!masked.isEmpty()) {
        differences.add(
            difference(replayed.ruleId(), Verdict.UNDETERMINED, before, replayed, masked));
      } else if (!isSame(before, replayed, decision.selection().matchedOnly())) {
        boolean notNow =
            NOT_NOW.contains(code(replayed.fault()))
                || (before != null && NOT_NOW.contains(code(before.fault())));
        Verdict verdict = notNow ? Verdict.UNDETERMINED : Verdict.DIFFERENT;
        differences.add(difference(replayed.ruleId(), verdict, before, replayed, List.of()));
      }
    }
    logged
        .values()
        .forEach(
            before ->
                differences.add(
                    difference(before.ruleId(), Verdict.DIFFERENT, before, null, List.of())));
    return differences;
  }

  /// {@return the facts without what is masked, or empty when they are not what was written}
  private static Optional<Facts> facts(
      LoggedDecision decision, FactLayout layout, Secrets secrets) {
    Map<String, @Nullable Object> known =
        decision.facts().unmasked(layout, secrets.derivedFields());
    return switch (FactReader.read(layout, known, Location.root())) {
      case FactReader.Reading.Valid(var facts) -> Optional.of(facts);
      case FactReader.Reading.Invalid invalid -> Optional.empty();
    };
  }

  /// An outcome that is not there did not match, when only those were wanted that did.
  private static boolean isSame(
      @Nullable RuleOutcome logged, RuleOutcome replayed, boolean matchedOnly) {
    if (logged == null) {
      return matchedOnly && !replayed.matched() && replayed.fault() == null;
    }
    return logged.matched() == replayed.matched()
        && code(logged.fault()).equals(code(replayed.fault()))
        && logged.outputs().equals(replayed.outputs());
  }

  private static String code(@Nullable RuleFault fault) {
    return fault == null ? "" : fault.code();
  }

  private static Difference difference(
      RuleId rule,
      Verdict verdict,
      @Nullable RuleOutcome logged,
      @Nullable RuleOutcome replayed,
      List<String> masked) {
    RuleOutcome named = logged != null ? logged : replayed;
    return new Difference(
        rule,
        named == null ? "" : named.ruleName(),
        verdict,
        logged,
        verdict == Verdict.UNDETERMINED ? null : replayed,
        masked);
  }
}
