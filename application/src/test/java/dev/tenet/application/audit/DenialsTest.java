package dev.tenet.application.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.audit.Denials.Denial;
import dev.tenet.application.change.AtOnce;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.audit.AuditChain.Verification;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.AuditHead;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DenialsTest {

  private static final Instant AT = Instant.parse("2026-01-31T08:30:00Z");
  private static final TenantId ACME = new TenantId(new UUID(1, 1));
  private static final TenantId OTHER = new TenantId(new UUID(1, 2));
  private static final Duration SHORT = Duration.ofMillis(1);

  /// So long that only the first batch is written before the end.
  private static final Duration LONG = Duration.ofHours(1);

  /// Keeps what is appended, and fails or waits when it is told to.
  private static final class ScriptedLog implements AuditLog {
    final BlockingQueue<AuditEvent> events = new LinkedBlockingQueue<>();
    final List<TenantId> tenants = new ArrayList<>();
    final Set<TenantId> away = ConcurrentHashMap.newKeySet();
    final Set<TenantId> refused = ConcurrentHashMap.newKeySet();
    final AtomicInteger attempts = new AtomicInteger();
    volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public synchronized void append(TenantId tenant, List<AuditEvent> batch) {
      attempts.incrementAndGet();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (away.contains(tenant)) {
        throw new StoreUnavailable("away");
      }
      if (refused.contains(tenant)) {
        throw new IllegalStateException("refused");
      }
      tenants.add(tenant);
      events.addAll(batch);
    }

    AuditEvent next() {
      try {
        AuditEvent event = events.poll(30, TimeUnit.SECONDS);
        if (event == null) {
          throw new AssertionError("nothing was appended");
        }
        return event;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Page<AuditRecord, Long> list(
        TenantId tenant, AuditFilter filter, PageRequest<Long> page) {
      return new Page<>(List.of(), Optional.empty());
    }

    @Override
    public boolean started(TenantId tenant) {
      return false;
    }

    @Override
    public Verification verify(TenantId tenant) {
      return new Verification.Proved(AuditHead.EMPTY);
    }
  }

  private final ScriptedLog log = new ScriptedLog();

  private static Denial denial(String actor, int second) {
    return denial(actor, second, Optional.empty());
  }

  private static Denial denial(String actor, int second, Optional<TenantId> named) {
    return new Denial(
        AT.plusSeconds(second),
        actor,
        "definitions:write",
        "forbidden",
        named,
        "request " + second);
  }

  @Test
  void aDenialIsRecorded() {
    try (var denials = new Denials(log, new Denials.Settings(10, SHORT))) {
      denials.denied(ACME, denial("mallory", 1));
      AuditEvent event = log.next();
      assertThat(event.at()).isEqualTo(AT.plusSeconds(1));
      assertThat(event.actor()).isEqualTo("mallory");
      assertThat(event.action()).isEqualTo("definitions:write");
      assertThat(event.resource()).isEqualTo("tenant/" + ACME);
      assertThat(event.outcome()).isEqualTo(Outcome.DENIED);
      assertThat(event.requestId()).isEqualTo("request 1");
      assertThat(event.detail().members()).isEqualTo(Map.of("code", "forbidden"));

      denials.denied(TenantId.PLATFORM, denial("anonymous", 2));
      assertThat(log.next().resource()).isEqualTo("platform");
    }
  }

  @Test
  void whatTheyNamedIsToldUpToALimit() {
    try (var denials = new Denials(log, new Denials.Settings(10, LONG))) {
      denials.denied(ACME, denial("mallory", 1, Optional.of(OTHER)));
      for (int i = 0; i < 100; i++) {
        denials.denied(ACME, denial("eve", 1, Optional.of(OTHER)));
        denials.denied(ACME, denial("eve", 1, Optional.of(new TenantId(new UUID(9, i)))));
      }
    }
    assertThat(log.events).extracting(AuditEvent::resource).containsOnly("tenant/" + OTHER);
    List<AuditEvent> events = List.copyOf(log.events);
    assertThat(events.getFirst().detail().members()).containsOnlyKeys("code");
    assertThat(events.getLast().detail().members().get("resources"))
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .hasSize(10)
        .startsWith("tenant/" + OTHER);
  }

  @Test
  void equalDenialsAreOneRecordWithTheirNumber() {
    try (var denials = new Denials(log, new Denials.Settings(10, LONG))) {
      AtOnce.run(
          8,
          i -> {
            for (int n = 0; n < 1000; n++) {
              denials.denied(ACME, denial("mallory", n));
              denials.denied(OTHER, denial("mallory", n));
            }
            return i;
          });
      denials.denied(ACME, denial("eve", 5));
    }
    assertThat(log.tenants).containsExactlyInAnyOrder(ACME, OTHER);
    assertThat(log.events)
        .filteredOn(event -> event.actor().equals("mallory"))
        .hasSize(2)
        .allSatisfy(
            event ->
                assertThat(event.detail().members())
                    .containsEntry("count", 8000L)
                    .containsEntry("lastAt", AT.plusSeconds(999).toString()));
    assertThat(log.events)
        .filteredOn(event -> event.actor().equals("eve"))
        .singleElement()
        .satisfies(event -> assertThat(event.detail().members()).containsOnlyKeys("code"));
  }

  @Test
  void whatDoesNotFitIsCounted() {
    try (var denials = new Denials(log, new Denials.Settings(5, LONG))) {
      for (int i = 0; i < 10_000; i++) {
        denials.denied(ACME, denial("actor " + i, i));
      }
    }
    assertThat(log.events).hasSize(6);
    assertThat(log.events)
        .filteredOn(event -> event.action().equals(Denials.GAP))
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.resource()).isEqualTo("platform");
              assertThat(gap.at()).isEqualTo(AT.plusSeconds(5));
              assertThat(gap.detail().members())
                  .isEqualTo(Map.of("count", 9_995L, "lastAt", AT.plusSeconds(9_999).toString()));
            });
  }

  @Test
  void nobodyWaitsForALogThatDoesNotAnswer() {
    log.gate = new CountDownLatch(1);
    try (var denials = new Denials(log, new Denials.Settings(3, SHORT))) {
      denials.denied(ACME, denial("first", 0));
      while (log.attempts.get() == 0) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 10_000; i++) {
        denials.denied(ACME, denial("actor " + i, i));
      }
      assertThat(log.events).isEmpty();
      log.gate.countDown();
    }
    assertThat(log.events)
        .extracting(AuditEvent::actor)
        .containsExactly("first", "actor 0", "actor 1", "actor 2", "tenet");
  }

  @Test
  void whatALogThatIsAwayDidNotTakeIsTakenLater() {
    log.away.add(ACME);
    try (var denials = new Denials(log, new Denials.Settings(10, SHORT))) {
      denials.denied(ACME, denial("mallory", 1));
      while (log.attempts.get() < 3) {
        Thread.onSpinWait();
      }
      denials.denied(OTHER, denial("eve", 2));
      assertThat(log.next().actor()).isEqualTo("eve");
      log.away.clear();
      assertThat(log.next().actor()).isEqualTo("mallory");
    }
    assertThat(log.events).isEmpty();
  }

  @Test
  void whatTheLogRefusesIsCounted() {
    log.refused.add(ACME);
    try (var denials = new Denials(log, new Denials.Settings(10, SHORT))) {
      denials.denied(ACME, denial("mallory", 1));
      AuditEvent gap = log.next();
      assertThat(gap.action()).isEqualTo(Denials.GAP);
      assertThat(gap.detail().members()).containsEntry("count", 1L);
    }
  }

  @Test
  void closingEndsAlsoWhenTheLogIsAway() {
    log.away.add(ACME);
    var denials = new Denials(log, new Denials.Settings(10, LONG));
    denials.denied(ACME, denial("mallory", 1));
    denials.close();
    denials.close();
    denials.denied(ACME, denial("mallory", 1));
    assertThat(log.events).isEmpty();
    assertThat(log.attempts).hasValue(1);
  }
}
