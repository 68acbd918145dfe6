package dev.tenet.postgres;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.decision.FoundEntry;
import dev.tenet.domain.decision.LogEntry;
import dev.tenet.domain.decision.LoggedDecision;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Keeps each tenant's decisions in the database that has the tenant. What was kept before the tenant was moved stays where
/// it is, and is found there.
final class PlacedDecisionLog implements DecisionLog {

  private static final Comparator<FoundEntry> NEWEST_FIRST =
      Comparator.comparing(PostgresDecisionLog::age).reversed();

  private final Databases databases;
  private final Function<TenantId, String> place;
  private final PlacementTable placements;

  /// @param place gives the name of the database that has a tenant, or had it a short time ago
  PlacedDecisionLog(Databases databases, Function<TenantId, String> place) {
    this.databases = databases;
    this.place = place;
    this.placements = new PlacementTable(databases.main().transactions());
  }

  @Override
  public String place(TenantId tenant) {
    return place.apply(tenant);
  }

  @Override
  public void write(String place, List<? extends LogEntry> entries) {
    databases.get(place).decisionLog().write(place, entries);
  }

  @Override
  public Optional<LoggedDecision> find(TenantId tenant, DecisionId decision) {
    for (String name : placements.everywhere(tenant)) {
      Optional<LoggedDecision> found = databases.get(name).decisionLog().find(tenant, decision);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  @Override
  public Page<FoundEntry, Age> search(TenantId tenant, Filter filter, PageRequest<Age> page) {
    List<FoundEntry> first = new ArrayList<>();
    for (String name : placements.everywhere(tenant)) {
      first.addAll(databases.get(name).decisionLog().first(tenant, filter, page));
    }
    first.sort(NEWEST_FIRST);
    return Page.of(
        first.subList(0, Math.min(first.size(), page.size() + 1)), page, PostgresDecisionLog::age);
  }

  @Override
  public Set<TenantId> tenants() {
    Set<TenantId> tenants = new HashSet<>();
    inEach(log -> tenants.addAll(log.tenants()));
    return tenants;
  }

  @Override
  public void remove(TenantId tenant, Instant before) {
    inEach(log -> log.remove(tenant, before));
  }

  @Override
  public void tidy(Instant now, Instant oldest) {
    inEach(log -> log.tidy(now, oldest));
  }

  /// One that does not answer is not in the way of the others.
  private void inEach(Consumer<PostgresDecisionLog> work) {
    List<StoreUnavailable> outages = new ArrayList<>();
    for (String name : databases.names()) {
      try {
        work.accept(databases.get(name).decisionLog());
      } catch (StoreUnavailable e) {
        outages.add(e);
      }
    }
    if (!outages.isEmpty()) {
      throw outages.getFirst();
    }
  }
}
