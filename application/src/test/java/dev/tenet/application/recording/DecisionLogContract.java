package dev.tenet.application.recording;

import static dev.tenet.application.recording.Entries.NOON;
import static dev.tenet.application.recording.Entries.decision;
import static dev.tenet.application.recording.Entries.failure;
import static dev.tenet.application.recording.Entries.gap;
import static dev.tenet.application.recording.Entries.id;
import static dev.tenet.application.recording.Entries.outcome;
import static dev.tenet.application.recording.Entries.rich;
import static dev.tenet.application.recording.Entries.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.recording.DecisionLog.Filter;
import dev.tenet.domain.decision.FoundEntry;
import dev.tenet.domain.decision.LogEntry;
import dev.tenet.domain.decision.LogGap;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every decision log must do. A log's own test extends this class.
public abstract class DecisionLogContract {

  protected static final TenantId OURS = new TenantId(new UUID(7, 1));
  protected static final TenantId THEIRS = new TenantId(new UUID(7, 2));

  private @Nullable DecisionLog opened;

  /// {@return an empty log}
  protected abstract DecisionLog open();

  @BeforeEach
  final void openLog() {
    opened = open();
  }

  private DecisionLog log() {
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    return opened;
  }

  private void write(LogEntry... entries) {
    Map<String, List<LogEntry>> byPlace = new HashMap<>();
    for (LogEntry entry : entries) {
      byPlace.computeIfAbsent(log().place(entry.tenant()), place -> new ArrayList<>()).add(entry);
    }
    byPlace.forEach((place, there) -> log().write(place, there));
  }

  private static PageRequest<Age> first(int size) {
    return new PageRequest<>(size, Optional.empty());
  }

  private List<FoundEntry> found(TenantId tenant, Filter filter) {
    return log().search(tenant, filter, first(1_000)).items();
  }

  private List<UUID> keys(Filter filter) {
    return found(OURS, filter).stream().map(FoundEntry::key).toList();
  }

  private static Filter matched(RuleId rule) {
    return new Filter(
        Optional.empty(), Optional.empty(), Optional.of(rule), OptionalLong.empty(), false);
  }

  private static Filter between(Instant since, Instant until) {
    return new Filter(
        Optional.of(since), Optional.of(until), Optional.empty(), OptionalLong.empty(), false);
  }

  @Test
  final void aDecisionIsFoundAsItWasWritten() {
    write(rich(OURS, 1), decision(OURS, 2));

    assertThat(log().find(OURS, id(1))).contains(rich(OURS, 1));
    assertThat(log().find(OURS, id(2))).contains(decision(OURS, 2));
    assertThat(log().find(OURS, id(3))).isEmpty();
  }

  @Test
  final void nothingOfAnotherTenantIsFound() {
    write(decision(OURS, 1), decision(THEIRS, 2), gap(THEIRS, 3, 5));

    assertThat(log().find(OURS, id(2))).isEmpty();
    assertThat(log().find(THEIRS, id(1))).isEmpty();
    assertThat(found(OURS, Filter.ALL)).extracting(FoundEntry::key).containsExactly(id(1).value());
    assertThat(found(THEIRS, Filter.ALL)).hasSize(2);
    assertThat(found(new TenantId(new UUID(7, 3)), Filter.ALL)).isEmpty();
    assertThat(log().tenants()).containsExactlyInAnyOrder(OURS, THEIRS);
  }

  @Test
  final void aPlaceInAnotherTenantsListShowsNothingOfIt() {
    write(decision(OURS, 1), decision(THEIRS, 2), decision(THEIRS, 3));
    Optional<Age> end = log().search(THEIRS, Filter.ALL, first(1)).end();

    assertThat(log().search(OURS, Filter.ALL, new PageRequest<>(10, end)).items())
        .isSubsetOf(found(OURS, Filter.ALL));
  }

  @Test
  final void theSummaryIsFoundNewestFirst() {
    write(decision(OURS, 1), rich(OURS, 0), decision(OURS, 2));

    assertThat(found(OURS, Filter.ALL))
        .containsExactly(
            decision(OURS, 2).summary(), decision(OURS, 1).summary(), rich(OURS, 0).summary());
  }

  @Test
  final void pagesGoOnWhereTheLastOneEndedAlsoAmongThoseOfTheSameMoment() {
    List<LogEntry> entries = new ArrayList<>();
    IntStream.range(0, 25)
        .forEach(
            number ->
                entries.add(
                    decision(OURS, number, NOON.plusSeconds(number / 10), 1, outcome(1, true))));
    log().write(log().place(OURS), entries);
    List<FoundEntry> all = new ArrayList<>();
    Optional<Age> after = Optional.empty();
    do {
      Page<FoundEntry, Age> page = log().search(OURS, Filter.ALL, new PageRequest<>(4, after));
      all.addAll(page.items());
      after = page.end();
    } while (after.isPresent());

    assertThat(all).isEqualTo(found(OURS, Filter.ALL)).hasSize(25);
  }

  @Test
  final void whatIsLookedForIsFound() {
    write(
        decision(OURS, 1, NOON, 4, outcome(1, true), outcome(2, false)),
        decision(OURS, 2, NOON.plusSeconds(10), 5, outcome(1, false), outcome(2, true)),
        decision(OURS, 3, NOON.plusSeconds(20), 5, failure(1), outcome(2, true)));
    UUID one = id(1).value();
    UUID two = id(2).value();
    UUID three = id(3).value();

    assertThat(keys(matched(rule(1)))).containsExactly(one);
    assertThat(keys(matched(rule(2)))).containsExactly(three, two);
    assertThat(keys(matched(rule(3)))).isEmpty();
    assertThat(keys(between(NOON, NOON.plusSeconds(20)))).containsExactly(two, one);
    assertThat(keys(between(NOON.plusNanos(1_000), NOON.plusSeconds(21))))
        .containsExactly(three, two);
    assertThat(
            keys(
                new Filter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.of(5),
                    false)))
        .containsExactly(three, two);
    assertThat(
            keys(
                new Filter(
                    Optional.of(NOON),
                    Optional.empty(),
                    Optional.of(rule(2)),
                    OptionalLong.of(5),
                    true)))
        .containsExactly(three);
  }

  @Test
  final void gapsAreFoundWhateverIsLookedFor() {
    LogGap gap = gap(OURS, 5, 12);
    write(decision(OURS, 1), gap);

    assertThat(found(OURS, matched(rule(99)))).containsExactly(gap);
    assertThat(found(OURS, between(NOON, NOON.plusSeconds(2))))
        .containsExactly(decision(OURS, 1).summary());
    assertThat(found(OURS, Filter.ALL)).containsExactly(gap, decision(OURS, 1).summary());
  }

  @Test
  final void whatIsOldIsRemovedOfOneTenantOnly() {
    Instant yesterday = NOON.minus(Duration.ofDays(1));
    write(
        decision(OURS, 1, yesterday, 1, outcome(1, true)),
        decision(OURS, 2),
        decision(OURS, 3),
        decision(THEIRS, 4, yesterday, 1, outcome(1, true)));

    log().remove(OURS, NOON.plusSeconds(3));

    assertThat(keys(Filter.ALL)).containsExactly(id(3).value());
    assertThat(found(THEIRS, Filter.ALL)).hasSize(1);
    log().remove(THEIRS, NOON);
    assertThat(log().tenants()).containsExactly(OURS);
  }

  @Test
  final void tidyingKeepsWhatIsWanted() {
    Instant longAgo = NOON.minus(Duration.ofDays(40));
    write(
        decision(OURS, 1, longAgo, 1, outcome(1, true)),
        decision(THEIRS, 2, longAgo, 1, outcome(1, true)),
        decision(OURS, 3));

    log().tidy(NOON, longAgo.minusSeconds(1));
    assertThat(keys(Filter.ALL)).hasSize(2);
    log().tidy(NOON, NOON.minus(Duration.ofDays(30)));

    assertThat(keys(Filter.ALL)).containsExactly(id(3).value());
    assertThat(found(THEIRS, Filter.ALL)).isEmpty();
    write(decision(OURS, 4, longAgo, 1, outcome(1, true)));
    assertThat(keys(Filter.ALL)).containsExactly(id(3).value(), id(4).value());
  }
}
