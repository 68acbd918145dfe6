package dev.tenet.application.governance;

import static dev.tenet.domain.governance.QuotaLimit.PLUGIN_CALLS_PER_DAY;
import static dev.tenet.domain.governance.QuotaLimit.REQUESTS_PER_DAY;
import static dev.tenet.domain.governance.QuotaLimit.REQUESTS_PER_HOUR;
import static dev.tenet.domain.governance.QuotaLimit.REQUESTS_PER_MINUTE;
import static dev.tenet.domain.governance.QuotaLimit.REQUESTS_PER_MONTH;
import static dev.tenet.domain.governance.QuotaLimit.TOKENS_PER_DAY;
import static dev.tenet.domain.governance.QuotaLimit.TOKENS_PER_MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.change.AtOnce;
import dev.tenet.application.governance.QuotaLedger.Return;
import dev.tenet.application.governance.QuotaLedger.Usage;
import dev.tenet.domain.governance.Quota;
import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every ledger promises, see [QuotaLedger], and what [Quotas] over it promise. A ledger's own test extends this class.
public abstract class QuotasContract {

  private static final TenantId TENANT = new TenantId(new UUID(3, 1));
  private static final TenantId OTHER = new TenantId(new UUID(3, 2));
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private QuotaLedger ledger = new NoLedger();
  private Quotas quotas = new Quotas(ledger, now::get);

  /// {@return a ledger in which nothing is noted}
  protected abstract QuotaLedger open();

  @BeforeEach
  final void openLedger() {
    ledger = open();
    quotas = new Quotas(ledger, now::get);
  }

  private static Quota quota(Object... limits) {
    Quota quota = Quota.UNLIMITED;
    for (int i = 0; i < limits.length; i += 2) {
      quota = quota.with(Map.of((QuotaLimit) limits[i], ((Integer) limits[i + 1]).longValue()));
    }
    return quota;
  }

  private static Quota sliding(Object... limits) {
    return quota(limits).with(Quota.Kind.SLIDING);
  }

  private void at(String time) {
    now.set(Instant.parse("2026-03-01T" + time + "Z"));
  }

  private void after(int seconds) {
    now.set(NOON.plusSeconds(seconds));
  }

  private QuotaVerdict request(Quota quota) {
    return quotas.consume(TENANT, quota, 1, 0);
  }

  private QuotaVerdict tokens(Quota quota, long tokens) {
    return quotas.consume(TENANT, quota, 1, tokens);
  }

  @Test
  void withoutLimitsEverythingIsAllowedAndNothingRemainsToBeSaid() {
    assertThat(quotas.consume(TENANT, Quota.UNLIMITED, 1_000_000, 1_000_000))
        .isEqualTo(QuotaVerdict.FREE);
  }

  @Test
  void aFixedWindowBeginsWithTheMinute() {
    Quota two = quota(REQUESTS_PER_MINUTE, 2);
    at("12:00:30");
    assertThat(request(two).remainingRequests()).isEqualTo(1);
    assertThat(request(two).remainingRequests()).isZero();
    assertThat(request(two).allowed()).isFalse();
    at("12:01:00");
    QuotaVerdict verdict = request(two);
    assertThat(verdict.allowed()).isTrue();
    assertThat(verdict.remainingRequests()).isEqualTo(1);
  }

  @Test
  void aDenialSaysWhenTheWindowEnds() {
    Quota one = quota(REQUESTS_PER_MINUTE, 1);
    at("12:00:20.5");
    request(one);
    QuotaVerdict verdict = request(one);
    assertThat(verdict.exceeded()).contains(REQUESTS_PER_MINUTE);
    assertThat(verdict.retryAfter()).isEqualTo(Duration.ofMillis(39_500));
  }

  @Test
  void callsOfPluginsAndRequestsDoNotConcernOneAnother() {
    Quota both = quota(REQUESTS_PER_DAY, 2, PLUGIN_CALLS_PER_DAY, 1);
    assertThat(quotas.consumePluginCall(TENANT, both).allowed()).isTrue();
    QuotaVerdict second = quotas.consumePluginCall(TENANT, both);
    assertThat(second.exceeded()).contains(PLUGIN_CALLS_PER_DAY);
    assertThat(request(both).remainingRequests()).isEqualTo(1);
    assertThat(request(both).allowed()).isTrue();
    assertThat(request(both).exceeded()).contains(REQUESTS_PER_DAY);
    Quota lowered = quota(REQUESTS_PER_DAY, 1, PLUGIN_CALLS_PER_DAY, 2);
    assertThat(quotas.consumePluginCall(TENANT, lowered).allowed()).isTrue();
    assertThat(quotas.consumePluginCall(TENANT, quota(REQUESTS_PER_DAY, 1)))
        .isEqualTo(QuotaVerdict.FREE);
  }

  @Test
  void lessThanOneRequestCountsAsOne() {
    Quota two = quota(REQUESTS_PER_MINUTE, 2);
    assertThat(quotas.consume(TENANT, two, 0, 0).remainingRequests()).isEqualTo(1);
    assertThat(quotas.consume(TENANT, two, -5, 0).remainingRequests()).isZero();
  }

  @Test
  void tokensAreNeverGivenBack() {
    assertThatThrownBy(() -> tokens(quota(TOKENS_PER_MINUTE, 2), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDeniedRequestConsumesNothingAndSaysWhatRemains() {
    Quota limited = quota(REQUESTS_PER_MINUTE, 5, TOKENS_PER_MINUTE, 10);
    assertThat(tokens(limited, 8).allowed()).isTrue();
    QuotaVerdict denied = tokens(limited, 3);
    assertThat(denied.exceeded()).contains(TOKENS_PER_MINUTE);
    assertThat(denied.remainingRequests()).isEqualTo(4);
    assertThat(denied.remainingTokens()).isEqualTo(2);
    assertThat(tokens(limited, 2).allowed()).isTrue();
  }

  @Test
  void anUnlimitedUnitRemainsUnlimited() {
    assertThat(request(quota(REQUESTS_PER_MINUTE, 2)).remainingTokens())
        .isEqualTo(QuotaVerdict.UNLIMITED);
    assertThat(tokens(quota(TOKENS_PER_MINUTE, 2), 1).remainingRequests())
        .isEqualTo(QuotaVerdict.UNLIMITED);
  }

  @Test
  void aLimitThatIsLoweredLeavesNothingAndNotLess() {
    for (int i = 0; i < 5; i++) {
      request(quota(REQUESTS_PER_MINUTE, 5));
    }
    QuotaVerdict verdict = request(quota(REQUESTS_PER_MINUTE, 2));
    assertThat(verdict.allowed()).isFalse();
    assertThat(verdict.remainingRequests()).isZero();
  }

  /// So many that the node has taken 63 and holds 31 of them.
  private static int leaseAhead(Quotas node, Quota quota) {
    int requests = 32;
    for (int i = 0; i < requests; i++) {
      assertThat(node.consume(TENANT, quota, 1, 0).allowed()).isTrue();
    }
    return requests;
  }

  private static long allowed(Quotas node, Quota quota, int requests) {
    return Stream.generate(() -> node.consume(TENANT, quota, 1, 0))
        .limit(requests)
        .filter(QuotaVerdict::allowed)
        .count();
  }

  @Test
  void aLimitThatIsLoweredLetsNothingThroughThatWasTakenInAdvance() {
    int used = leaseAhead(quotas, quota(REQUESTS_PER_MINUTE, 1_000));
    assertThat(allowed(quotas, quota(REQUESTS_PER_MINUTE, 40), 50)).isEqualTo(40 - used);
  }

  @Test
  void aLimitThatIsLoweredHoldsForAllNodesTogether() {
    Quota before = quota(REQUESTS_PER_MINUTE, 1_000);
    Quota lowered = quota(REQUESTS_PER_MINUTE, 70);
    Quotas elsewhere = new Quotas(ledger, now::get);
    int used = leaseAhead(quotas, before) + leaseAhead(elsewhere, before);
    long allowed = allowed(quotas, lowered, 50) + allowed(elsewhere, lowered, 50);
    after(1);
    allowed += allowed(quotas, lowered, 50) + allowed(elsewhere, lowered, 50);
    assertThat(allowed).isEqualTo(70 - used);
  }

  @Test
  void aLimitThatIsTakenAwayLeavesNothingInTheHandsOfOneNode() {
    Quota hour = quota(REQUESTS_PER_HOUR, 1_000);
    int used = leaseAhead(quotas, hour);
    request(quota(REQUESTS_PER_MINUTE, 5));
    assertThat(new Quotas(ledger, now::get).consume(TENANT, hour, 1, 0).remainingRequests())
        .isEqualTo(1_000 - used - 1);
  }

  @Test
  void theLedgerIsAskedNowAndThenOnly() {
    var asked = new AtomicInteger();
    Quotas node = new Quotas(new CountingLedger(ledger, asked), now::get);
    assertThat(allowed(node, quota(REQUESTS_PER_DAY, 1_000_000), 10_000)).isEqualTo(10_000);
    assertThat(asked).hasValueLessThan(20);
  }

  @Test
  void whatIsGivenBackCanBeUsedAgain() {
    Quota two = quota(REQUESTS_PER_MINUTE, 2, TOKENS_PER_MINUTE, 10);
    tokens(two, 4);
    quotas.giveBack(TENANT, tokens(two, 6), 1, 6);
    QuotaVerdict verdict = tokens(two, 6);
    assertThat(verdict.allowed()).isTrue();
    assertThat(verdict.remainingTokens()).isZero();
    assertThat(request(two).allowed()).isFalse();
  }

  @Test
  void whatIsGivenBackWhenTheWindowHasEndedDoesNotCountInTheNext() {
    Quota both = quota(REQUESTS_PER_MINUTE, 2, REQUESTS_PER_DAY, 100);
    at("12:00:59.999");
    QuotaVerdict late = request(both);
    at("12:01:00");
    assertThat(request(both).allowed()).isTrue();
    quotas.giveBack(TENANT, late, 1, 0);
    assertThat(request(both).allowed()).isTrue();
    assertThat(request(both).allowed()).isFalse();
    assertThat(request(quota(REQUESTS_PER_DAY, 100)).remainingRequests()).isEqualTo(97);
  }

  @Test
  void whatIsGivenBackOfASlidingWindowOthersCanUse() {
    Quota one = sliding(REQUESTS_PER_MINUTE, 1);
    QuotaVerdict verdict = request(one);
    after(1);
    quotas.giveBack(TENANT, verdict, 1, 0);
    assertThat(new Quotas(ledger, now::get).consume(TENANT, one, 1, 0).allowed()).isTrue();
    assertThat(request(one).allowed()).isFalse();
  }

  @Test
  void nothingIsGivenBackThatWasResetMeanwhile() {
    Quota two = quota(REQUESTS_PER_MINUTE, 2);
    QuotaVerdict before = request(two);
    quotas.reset(TENANT);
    quotas.giveBack(TENANT, before, 1, 0);
    assertThat(allowed(quotas, two, 5)).isEqualTo(2);
    ledger.giveBack(TENANT, List.of(new Return(REQUESTS_PER_HOUR, NOON, 7)));
    assertThat(request(quota(REQUESTS_PER_HOUR, 7)).remainingRequests()).isEqualTo(6);
  }

  @Test
  void aLimitThatIsRaisedHelpsAtOnce() {
    request(quota(REQUESTS_PER_MINUTE, 1));
    assertThat(request(quota(REQUESTS_PER_MINUTE, 1)).allowed()).isFalse();
    assertThat(request(quota(REQUESTS_PER_MINUTE, 2)).allowed()).isTrue();
  }

  @Test
  void aDenialInALongerWindowTakesNothingFromAShorterOne() {
    Quota limited = quota(REQUESTS_PER_MINUTE, 10, REQUESTS_PER_HOUR, 2);
    request(limited);
    request(limited);
    QuotaVerdict denied = request(limited);
    assertThat(denied.exceeded()).contains(REQUESTS_PER_HOUR);
    assertThat(denied.retryAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(request(quota(REQUESTS_PER_MINUTE, 10)).remainingRequests()).isEqualTo(7);
  }

  @Test
  void longerWindowsEndWithTheHourTheDayAndTheMonth() {
    now.set(Instant.parse("2026-02-27T23:30:00Z"));
    Quota day = quota(TOKENS_PER_DAY, 5);
    assertThat(tokens(day, 5).allowed()).isTrue();
    assertThat(tokens(day, 1).retryAfter()).isEqualTo(Duration.ofMinutes(30));
    Quota month = quota(REQUESTS_PER_MONTH, 1);
    request(month);
    assertThat(request(month).retryAfter()).isEqualTo(Duration.ofMinutes(24 * 60 + 30));
    now.set(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(request(month).allowed()).isTrue();
  }

  @Test
  void aSlidingWindowIsTheMinuteBeforeEachRequest() {
    Quota two = sliding(REQUESTS_PER_MINUTE, 2);
    after(0);
    assertThat(request(two).allowed()).isTrue();
    after(30);
    assertThat(request(two).allowed()).isTrue();
    after(40);
    assertThat(request(two).allowed()).isFalse();
    after(61);
    assertThat(request(two).allowed()).isTrue();
  }

  @Test
  void aSlidingWindowSaysWhenTheOldestRequestLeavesIt() {
    Quota two = sliding(REQUESTS_PER_MINUTE, 2);
    after(0);
    request(two);
    after(10);
    request(two);
    after(20);
    assertThat(request(two).retryAfter()).isEqualTo(Duration.ofSeconds(40));
    after(60);
    assertThat(request(two).allowed()).isTrue();
  }

  @Test
  void aSlidingWindowCountsTokens() {
    Quota ten = sliding(TOKENS_PER_MINUTE, 10);
    assertThat(tokens(ten, 5).remainingTokens()).isEqualTo(5);
    QuotaVerdict denied = tokens(ten, 6);
    assertThat(denied.allowed()).isFalse();
    assertThat(denied.remainingTokens()).isEqualTo(5);
    after(30);
    assertThat(tokens(ten, 0).remainingTokens()).isEqualTo(5);
  }

  @Test
  void aSlidingMinuteGoesWithFixedLongerWindows() {
    Quota both = sliding(REQUESTS_PER_MINUTE, 2, REQUESTS_PER_HOUR, 3);
    request(both);
    request(both);
    after(61);
    assertThat(request(both).allowed()).isTrue();
    assertThat(request(both).exceeded()).contains(REQUESTS_PER_HOUR);
  }

  @Test
  void manyAtOnceGetExactlyTheLimit() {
    Quota hundred = quota(REQUESTS_PER_MINUTE, 100);
    assertThat(allowed(AtOnce.run(150, number -> request(hundred)))).isEqualTo(100);
  }

  @Test
  void manyAtOnceGetExactlyTheSlidingLimit() {
    Quota hundred = sliding(REQUESTS_PER_MINUTE, 100);
    assertThat(allowed(AtOnce.run(150, number -> request(hundred)))).isEqualTo(100);
  }

  /// What one node has taken in advance no other can use, so that a little may be left.
  @Test
  void manyAtThreeNodesNeverGetMoreThanTheLimit() {
    Quota limited = quota(REQUESTS_PER_MINUTE, 300, TOKENS_PER_MINUTE, 1_000);
    List<Quotas> nodes = Stream.generate(() -> new Quotas(ledger, now::get)).limit(3).toList();
    List<Integer> allowed =
        AtOnce.run(
            60,
            number -> {
              Quotas node = nodes.get(number % nodes.size());
              int mine = 0;
              for (int i = 0; i < 10; i++) {
                mine += node.consume(TENANT, limited, 1, 2).allowed() ? 1 : 0;
              }
              return mine;
            });
    assertThat(allowed.stream().mapToInt(Integer::intValue).sum()).isBetween(240, 300);
  }

  @Test
  void tenantsDoNotShare() {
    Quota one = quota(REQUESTS_PER_MINUTE, 1);
    request(one);
    assertThat(quotas.consume(OTHER, one, 1, 0).allowed()).isTrue();
    assertThat(request(one).allowed()).isFalse();
  }

  @Test
  void aResetLetsAllLimitsBeginAnew() {
    Quota limited = quota(REQUESTS_PER_MINUTE, 1, TOKENS_PER_DAY, 3);
    tokens(limited, 3);
    assertThat(tokens(limited, 1).allowed()).isFalse();
    quotas.reset(TENANT);
    assertThat(tokens(limited, 3).allowed()).isTrue();
  }

  @Test
  void aResetReachesOtherNodesWithinASecond() {
    Quota one = quota(REQUESTS_PER_HOUR, 1);
    Quotas elsewhere = new Quotas(ledger, now::get);
    request(one);
    assertThat(elsewhere.consume(TENANT, one, 1, 0).allowed()).isFalse();
    quotas.reset(TENANT);
    after(1);
    assertThat(elsewhere.consume(TENANT, one, 1, 0).allowed()).isTrue();
  }

  @Test
  void whatWasUsedAddsUpByTheDay() {
    LocalDate day = LocalDate.of(2026, 3, 1);
    ledger.use(day, Map.of(TENANT, new Usage(1, 2, 3), OTHER, new Usage(7, 7, 7)));
    ledger.use(day, Map.of(TENANT, new Usage(10, 20, 30)));
    ledger.use(day.plusDays(1), Map.of(TENANT, new Usage(5, 5, 5)));
    assertThat(ledger.used(TENANT, day, day)).isEqualTo(Map.of(day, new Usage(11, 22, 33)));
    assertThat(ledger.used(TENANT, day, day.plusDays(9))).hasSize(2);
    assertThat(ledger.used(TENANT, day.plusDays(1), day)).isEmpty();
    assertThat(ledger.used(new TenantId(new UUID(3, 3)), day, day)).isEmpty();
  }

  private static long allowed(List<QuotaVerdict> verdicts) {
    return verdicts.stream().filter(QuotaVerdict::allowed).count();
  }
}
