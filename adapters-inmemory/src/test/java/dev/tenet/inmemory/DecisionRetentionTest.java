package dev.tenet.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.recording.DecisionLog.Filter;
import dev.tenet.application.recording.DecisionRetention;
import dev.tenet.application.recording.Entries;
import dev.tenet.domain.audit.ChangeAudit;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.decision.FoundEntry;
import dev.tenet.domain.governance.DecisionLogging;
import dev.tenet.domain.governance.TenantSettings;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What goes when.
final class DecisionRetentionTest {

  private static final TenantId DELETED = new TenantId(new UUID(7, 99));

  private final InMemoryTenantStore tenants = new InMemoryTenantStore();
  private final InMemoryDecisionLog log = new InMemoryDecisionLog();

  private TenantId tenant(int number, DecisionLogging.Mode mode, int days) {
    var id = new TenantId(new UUID(7, number));
    var settings =
        TenantSettings.DEFAULT.withDecisionLog(
            new DecisionLogging(mode, 1, DecisionLogging.Delivery.DURABLE, days));
    var tenant = new Tenant(id, "acme", settings, Entries.NOON, Entries.NOON);
    var entry =
        new JournalEntry(1, Entries.NOON, "test", null, List.of(new Change.TenantCreated(tenant)));
    tenants.create(
        TenantState.created(tenant), entry, ChangeAudit.of(id, Optional.empty(), entry, null));
    return id;
  }

  private void write(TenantId tenant, int... daysAgo) {
    for (int days : daysAgo) {
      log.write(
          "",
          List.of(
              Entries.decision(
                  tenant,
                  days,
                  Entries.NOON.minus(Duration.ofDays(days)),
                  1,
                  Entries.outcome(1, true))));
    }
  }

  private List<Long> left(TenantId tenant) {
    return log.search(tenant, Filter.ALL, new PageRequest<>(100, Optional.empty())).items().stream()
        .map(FoundEntry::at)
        .map(at -> Duration.between(at, Entries.NOON).toDays())
        .toList();
  }

  @Test
  void eachTenantsDecisionsGoWhenTheTenantWants() {
    TenantId week = tenant(1, DecisionLogging.Mode.ALL, 7);
    TenantId month = tenant(2, DecisionLogging.Mode.OFF, 30);
    write(week, 40, 8, 7, 6, 0);
    write(month, 40, 31, 29, 0);
    write(DELETED, 8, 1, 0);

    new DecisionRetention(log, tenants, () -> Entries.NOON.plusSeconds(1)).run();

    assertThat(left(week)).containsExactly(0L, 6L);
    assertThat(left(month)).containsExactly(0L, 29L);
    assertThat(left(DELETED)).isEmpty();
  }

  @Test
  void withoutTenantsThereIsNothingToDo() {
    new DecisionRetention(log, tenants, () -> Entries.NOON).run();

    assertThat(log.tenants()).isEmpty();
  }
}
