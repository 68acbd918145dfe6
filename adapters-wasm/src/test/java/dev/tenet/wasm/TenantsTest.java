package dev.tenet.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.plugin.Guest;
import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import dev.tenet.application.plugin.GuestHost;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tenants share threads and nothing else; time is each call's own.
final class TenantsTest {

  private static final String ASKING =
      "export function run(p) { return tenet.invoke('a.b.c', p); }";

  private static final Duration LONG_AGO = Duration.ofDays(-10_000);

  private final GuestFixture guests = new GuestFixture();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    guests.close();
    callers.close();
  }

  private static GuestFixture with(int threads, int tenantThreads, int tenantWaiting) {
    return new GuestFixture(
        new WasmGuestRuntime.Settings(
            threads, tenantThreads, tenantWaiting, 64L << 20, Duration.ofMinutes(1)));
  }

  /// A host at which calls stay until they are let go, or are interrupted.
  private GuestHost holding(CountDownLatch arrived, CountDownLatch letGo) {
    return guests.host(
        (_, payload) -> {
          arrived.countDown();
          try {
            letGo.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return payload;
        });
  }

  @Test
  void tenantsDoNotShareInstances() throws Exception {
    Guest guest = guests.script("let calls = 0; export function run() { return ++calls; }");
    assertThat(guests.call(guest, "run", "{}")).isEqualTo("1");
    assertThat(guests.call(guest, "run", "{}")).isEqualTo("2");
    assertThat(
            GuestFixture.call(
                guest, GuestFixture.OTHER_TENANT, "run", "{}", GuestFixture.LONG, guests.host()))
        .isEqualTo("1");
    assertThat(guests.call(guest, "run", "{}")).isEqualTo("3");
  }

  @Test
  void oneTenantTakesItsShareOnly() throws Exception {
    Guest guest = guests.script(ASKING);
    CountDownLatch arrived = new CountDownLatch(2);
    CountDownLatch letGo = new CountDownLatch(1);
    List<Future<String>> calls = new ArrayList<>();
    for (int call = 0; call < 4; call++) {
      calls.add(callers.submit(() -> guests.call(guest, "run", "{}", holding(arrived, letGo))));
    }
    arrived.await();
    while (guests.runtime.load().waiting() < 2) {
      Thread.onSpinWait();
    }
    assertThat(guests.runtime.load().running()).isEqualTo(2);
    // Two run and two wait: there is no room for a fifth, but for other tenants.
    GuestFault busy = guests.fault(guest, "run", "{}", guests.host());
    assertThat(busy.code()).isEqualTo(Code.BUSY);
    assertThat(busy)
        .hasMessage("2 calls of the tenant wait already; call again later, or fewer at a time.");
    assertThat(
            GuestFixture.call(
                guest, GuestFixture.OTHER_TENANT, "run", "7", GuestFixture.LONG, guests.host()))
        .isEqualTo("7");
    letGo.countDown();
    for (Future<String> call : calls) {
      assertThat(call.get()).isEqualTo("{}");
    }
    assertThat(guests.runtime.load().waiting()).isZero();
  }

  @Test
  void whoseTurnDoesNotComeInTimeIsBusy() throws Exception {
    Guest guest = guests.script(ASKING);
    CountDownLatch arrived = new CountDownLatch(2);
    CountDownLatch letGo = new CountDownLatch(1);
    List<Future<String>> calls = new ArrayList<>();
    for (int call = 0; call < 2; call++) {
      calls.add(callers.submit(() -> guests.call(guest, "run", "{}", holding(arrived, letGo))));
    }
    arrived.await();
    GuestFault busy =
        GuestFixture.thrown(
            () ->
                GuestFixture.call(
                    guest, GuestFixture.TENANT, "run", "{}", Duration.ofMillis(30), guests.host()));
    assertThat(busy.code()).isEqualTo(Code.BUSY);
    assertThat(guests.runtime.load().waiting()).isZero();
    letGo.countDown();
    for (Future<String> call : calls) {
      assertThat(call.get()).isEqualTo("{}");
    }
  }

  @Test
  void theCallersDeadlineCountsToo() throws Exception {
    Guest guest = guests.module(Assembler.guest().call("loop br 0 end unreachable"));
    GuestFault fault =
        GuestFixture.thrown(
            () ->
                GuestFixture.call(
                    guest,
                    GuestFixture.TENANT,
                    "module.function",
                    "{}",
                    Duration.ofMillis(30),
                    guests.host()));
    assertThat(fault.code()).isEqualTo(Code.TIMEOUT);
  }

  @Test
  void whoComesTooLateIsTold() throws Exception {
    Guest guest = guests.module(Assembler.answering());
    for (Duration late : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), LONG_AGO}) {
      GuestFault fault =
          GuestFixture.thrown(
              () ->
                  GuestFixture.call(guest, GuestFixture.TENANT, "a.b", "{}", late, guests.host()));
      assertThat(fault.code()).isEqualTo(Code.TIMEOUT);
      assertThat(fault).hasMessage("There was no time left for the call.");
    }
  }

  @Test
  void manyTenantsWithEndlessLoopsLeaveOthersATurn() throws Exception {
    Guest endless =
        guests.module(
            Assembler.guest().call("loop br 0 end unreachable"),
            GuestFixture.LIMITS.within(Duration.ofMillis(20)));
    Guest honest = guests.module(Assembler.answering());
    List<Future<Code>> calls = new ArrayList<>();
    for (int tenant = 10; tenant < 30; tenant++) {
      var id = new TenantId(new UUID(tenant, tenant));
      calls.add(
          callers.submit(
              () ->
                  GuestFixture.thrown(
                          () ->
                              GuestFixture.call(
                                  endless, id, "a.b", "{}", GuestFixture.LONG, guests.host()))
                      .code()));
    }
    for (int call = 0; call < 20; call++) {
      assertThat(guests.call(honest)).isEqualTo("1");
    }
    for (Future<Code> call : calls) {
      assertThat(call.get()).isEqualTo(Code.TIMEOUT);
    }
  }

  @Test
  void guestsRunOnThreadsOfTheirOwn() throws Exception {
    Guest guest = guests.script(ASKING);
    AtomicReference<Thread> thread = new AtomicReference<>();
    Future<String> call =
        callers.submit(
            () ->
                guests.call(
                    guest,
                    "run",
                    "{}",
                    guests.host(
                        (_, payload) -> {
                          thread.set(Thread.currentThread());
                          return payload;
                        })));
    assertThat(call.get()).isEqualTo("{}");
    assertThat(thread.get().isVirtual()).isFalse();
    assertThat(thread.get().isDaemon()).isTrue();
    assertThat(thread.get().getName()).startsWith("tenet-guest-");
  }

  @Test
  void oneThreadIsEnoughForCallsThatLeadToOthers() throws Exception {
    try (GuestFixture single = with(1, 1, 0)) {
      Guest outer = single.script(ASKING);
      Guest inner = single.module(Assembler.answering());
      GuestHost host = single.host((_, _) -> single.call(inner).getBytes(UTF_8));
      assertThat(single.call(outer, "run", "{}", host)).isEqualTo("1");
    }
  }

  @Test
  void timeOfTheInnerCallIsItsOwnAndThatOfTheOuterCountsForBoth() throws Exception {
    Guest endless =
        guests.module(
            Assembler.guest().call("loop br 0 end unreachable"),
            GuestFixture.LIMITS.within(Duration.ofMillis(20)));
    Guest patient = guests.module(Assembler.guest().call("loop br 0 end unreachable"));
    String source =
        """
        export function run(name) {
          try { return tenet.invoke(name, {}); } catch (error) { return error.code; }
        }
        """;
    GuestHost host =
        guests.host(
            (function, _) ->
                guests.call(function.equals("endless") ? endless : patient).getBytes(UTF_8));
    assertThat(guests.call(guests.script(source), "run", "\"endless\"", host))
        .isEqualTo("\"plugin_timeout\"");
    Guest outer = guests.script(source, GuestFixture.LIMITS.within(Duration.ofMillis(50)));
    assertThat(guests.fault(outer, "run", "\"patient\"", host).code()).isEqualTo(Code.TIMEOUT);
  }

  @Test
  void noInterruptIsLeftOver() throws Exception {
    try (GuestFixture single = with(1, 1, 0)) {
      // Ends just about when its time does.
      Guest close = single.script(ASKING, GuestFixture.LIMITS.within(Duration.ofMillis(3)));
      Guest next = single.script(ASKING);
      int late = 0;
      for (int call = 0; call < 300; call++) {
        long spin = 2_000_000 + 10_000L * (call % 100);
        long until = System.nanoTime() + spin;
        try {
          single.call(
              close,
              "run",
              "{}",
              single.host(
                  (_, payload) -> {
                    while (System.nanoTime() < until) {
                      Thread.onSpinWait();
                    }
                    return payload;
                  }));
        } catch (GuestFault e) {
          assertThat(e.code()).isEqualTo(Code.TIMEOUT);
          late++;
        }
        String interrupted =
            single.call(
                next,
                "run",
                "{}",
                single.host(
                    (_, _) ->
                        Boolean.toString(Thread.currentThread().isInterrupted()).getBytes(UTF_8)));
        assertThat(interrupted).isEqualTo("false");
      }
      assertThat(late).isPositive();
    }
  }

  @Test
  void whatIsClosedFinishesItsCallsAndTakesNoMore() throws Exception {
    Guest guest = guests.script(ASKING);
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    Future<String> call =
        callers.submit(() -> guests.call(guest, "run", "5", holding(arrived, letGo)));
    arrived.await();
    guest.close();
    GuestFault closed = guests.fault(guest, "run", "{}", guests.host());
    assertThat(closed.code()).isEqualTo(Code.CLOSED);
    letGo.countDown();
    assertThat(call.get()).isEqualTo("5");
    assertThat(guest.memory()).isZero();
  }

  @Test
  void closingTheRuntimeEndsWhatRuns() throws Exception {
    Guest endless = guests.module(Assembler.guest().call("loop br 0 end unreachable"));
    Future<Code> call = callers.submit(() -> guests.fault(endless).code());
    while (guests.runtime.load().running() == 0) {
      Thread.onSpinWait();
    }
    guests.close();
    assertThat(call.get()).isIn(Code.TIMEOUT, Code.CLOSED);
    assertThat(guests.fault(endless).code()).isEqualTo(Code.CLOSED);
  }

  @Test
  void payloadTooLong() throws Exception {
    Guest guest = guests.module(Assembler.answering());
    GuestFault fault = guests.fault(guest, "a.b", '"' + "x".repeat(1 << 20) + '"', guests.host());
    assertThat(fault.code()).isEqualTo(Code.INPUT_TOO_LARGE);
    assertThat(fault).hasMessage("The payload has 1048578 bytes; the plugin takes 1048576.");
  }
}
