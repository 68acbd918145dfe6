package dev.tenet.inmemory;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.domain.decision.FoundEntry;
import dev.tenet.domain.decision.LogEntry;
import dev.tenet.domain.decision.LogGap;
import dev.tenet.domain.decision.LoggedDecision;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Keeps the last decisions of all tenants in memory: when there are too many, the oldest go.
public final class InMemoryDecisionLog implements DecisionLog {

  private static final int MOST = 10_000;
  private static final long MEMORY = 64L << 20;

  private final int most;
  private final long memory;

  /// In the order of writing; guarded by itself, as is the weight.
  private final Deque<LogEntry> entries = new ArrayDeque<>();

  private long weight;

  public InMemoryDecisionLog() {
    this(MOST, MEMORY);
  }

  /// @param most how many entries are kept at most
  /// @param memory about how many bytes they may take
  InMemoryDecisionLog(int most, long memory) {
    this.most = most;
    this.memory = memory;
  }

  @Override
  public String place(TenantId tenant) {
    return "memory";
  }

  @Override
  public void write(String place, List<? extends LogEntry> more) {
    synchronized (entries) {
      for (LogEntry entry : more) {
        entries.addLast(entry);
        weight += entry.weight();
        while (entries.size() > most || (weight > memory && entries.size() > 1)) {
          weight -= entries.removeFirst().weight();
        }
      }
    }
  }

  private List<LogEntry> of(TenantId tenant) {
    synchronized (entries) {
      return entries.stream().filter(entry -> entry.tenant().equals(tenant)).toList();
    }
  }

  @Override
  public Optional<LoggedDecision> find(TenantId tenant, DecisionId decision) {
    return of(tenant).stream()
        .filter(LoggedDecision.class::isInstance)
        .map(LoggedDecision.class::cast)
        .filter(entry -> entry.summary().id().equals(decision))
        .findFirst();
  }

  @Override
  public Page<FoundEntry, Age> search(TenantId tenant, Filter filter, PageRequest<Age> page) {
    List<FoundEntry> found =
        of(tenant).stream()
            .filter(entry -> filter.since().map(since -> !entry.at().isBefore(since)).orElse(true))
            .filter(entry -> filter.until().map(entry.at()::isBefore).orElse(true))
            .filter(entry -> entry instanceof LogGap || matches((LoggedDecision) entry, filter))
            .map(InMemoryDecisionLog::found)
            .toList();
    return Page.newestFirst(found, page, entry -> new Age(entry.at(), entry.key()));
  }

  private static boolean matches(LoggedDecision decision, Filter filter) {
    return filter
            .matched()
            .map(
                rule ->
                    decision.outcomes().stream()
                        .filter(RuleOutcome::matched)
                        .anyMatch(outcome -> outcome.ruleId().equals(rule)))
            .orElse(true)
        && (filter.revision().isEmpty()
            || filter.revision().getAsLong() == decision.summary().revision())
        && (!filter.failed() || decision.summary().failed() > 0);
  }

  private static FoundEntry found(LogEntry entry) {
    return switch (entry) {
      case LogGap gap -> gap;
      case LoggedDecision decision -> decision.summary();
    };
  }

  @Override
  public Set<TenantId> tenants() {
    synchronized (entries) {
      return entries.stream().map(LogEntry::tenant).collect(Collectors.toSet());
    }
  }

  @Override
  public void remove(TenantId tenant, Instant before) {
    removeIf(entry -> entry.tenant().equals(tenant) && entry.at().isBefore(before));
  }

  @Override
  public void tidy(Instant now, Instant oldest) {
    removeIf(entry -> entry.at().isBefore(oldest));
  }

  private void removeIf(Predicate<LogEntry> old) {
    synchronized (entries) {
      entries.removeIf(old);
      weight = entries.stream().mapToLong(LogEntry::weight).sum();
    }
  }
}
