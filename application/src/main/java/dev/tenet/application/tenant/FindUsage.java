package dev.tenet.application.tenant;

import dev.tenet.application.governance.QuotaLedger.Usage;
import dev.tenet.application.governance.UsageMeter;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.tenant.TenantId;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds what a tenant has used.
public final class FindUsage {

  private static final int LONGEST_REPORT = 366;
  private static final int USUAL_REPORT = 31;

  private final Definitions definitions;
  private final UsageMeter meter;

  public FindUsage(Definitions definitions, UsageMeter meter) {
    this.definitions = definitions;
    this.meter = meter;
  }

  /// {@return what the tenant has used, by the day in UTC}
  ///
  /// @param from the first day; the 31st day up to the last one when empty, and never more than 366 days before it
  /// @param to the last day; today when empty
  public ReadResult<SortedMap<LocalDate, Usage>> find(
      TenantId tenant, Optional<LocalDate> from, Optional<LocalDate> to) {
    LocalDate last = to.orElseGet(meter::today);
    LocalDate earliest = last.minusDays(LONGEST_REPORT - 1L);
    LocalDate first =
        from.filter(earliest::isBefore)
            .orElse(from.isPresent() ? earliest : last.minusDays(USUAL_REPORT - 1L));
    return definitions.readStored(tenant, store -> new TreeMap<>(meter.read(tenant, first, last)));
  }
}
