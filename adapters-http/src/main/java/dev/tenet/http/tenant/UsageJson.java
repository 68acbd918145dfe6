package dev.tenet.http.tenant;

import dev.tenet.application.governance.QuotaLedger.Usage;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;

/// What a tenant has used, by the day in UTC and all together.
public record UsageJson(List<DayJson> days, SumJson total) {

  /// What was used on one day.
  ///
  /// @param denied how many requests were denied by the quota or the limit of the rate
  public record DayJson(String day, long requests, long tokens, long denied) {}

  /// What was used all together.
  public record SumJson(long requests, long tokens, long denied) {}

  static UsageJson of(SortedMap<LocalDate, Usage> days) {
    Usage total = days.values().stream().reduce(new Usage(0, 0, 0), Usage::plus);
    return new UsageJson(
        days.entrySet().stream()
            .map(
                day ->
                    new DayJson(
                        day.getKey().toString(),
                        day.getValue().requests(),
                        day.getValue().tokens(),
                        day.getValue().denied()))
            .toList(),
        new SumJson(total.requests(), total.tokens(), total.denied()));
  }
}
