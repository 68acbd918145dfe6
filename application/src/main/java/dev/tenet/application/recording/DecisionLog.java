package dev.tenet.application.recording;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.decision.FoundEntry;
import dev.tenet.domain.decision.LogEntry;
import dev.tenet.domain.decision.LoggedDecision;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Keeps decisions. Safe for use by many threads. All methods throw [StoreUnavailable] when the store does not answer.
public interface DecisionLog {

  /// Which entries to find.
  ///
  /// @param since the earliest moment
  /// @param until the moment before which they are
  /// @param matched a rule that matched
  /// @param revision the revision that decided
  /// @param failed whether only decisions are wanted in which a rule could not be evaluated
  record Filter(
      Optional<Instant> since,
      Optional<Instant> until,
      Optional<RuleId> matched,
      OptionalLong revision,
      boolean failed) {

    /// All entries.
    public static final Filter ALL =
        new Filter(
            Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty(), false);
  }

  /// {@return the name of the place where the tenant's decisions are written; what is written to one place does not wait
  /// for what is written to another}
  String place(TenantId tenant);

  /// Writes entries: all of them or, when it throws, none. They survive the end of this process when it returns, if
  /// anything of the store does.
  ///
  /// @param place the same for all of these tenants
  void write(String place, List<? extends LogEntry> entries);

  /// {@return a decision of the tenant, or empty when it has none of this id}
  Optional<LoggedDecision> find(TenantId tenant, DecisionId decision);

  /// {@return what is kept of the tenant, newest first}
  ///
  /// Gaps in the time asked for are always found: what is missing may be what is looked for.
  Page<FoundEntry, Age> search(TenantId tenant, Filter filter, PageRequest<Age> page);

  /// {@return the tenants of which something is kept}
  Set<TenantId> tenants();

  /// Removes what was kept of the tenant before a moment.
  void remove(TenantId tenant, Instant before);

  /// Makes room for the days to come, and lets go of all that was kept before a moment, as far as that is quick.
  ///
  /// @param now the present moment
  /// @param oldest before which nothing of any tenant is wanted any more
  void tidy(Instant now, Instant oldest);
}
