package dev.tenet.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.plugin.Guest;
import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import dev.tenet.application.plugin.GuestHost;
import dev.tenet.application.plugin.GuestLimits;
import dev.tenet.application.plugin.InvalidGuest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What hostile guests do is a fault of their call, again and again, while another tenant's calls are answered.
final class HostileModulesTest {

  private static final int ATTEMPTS = 5;

  /// Before anything is called, so that there is time for it.
  private static final GuestLimits IMPATIENT = GuestFixture.LIMITS.within(Duration.ofMillis(50));

  private final GuestFixture guests = new GuestFixture();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
  private volatile boolean done;
  private Thread bystander = Thread.currentThread();

  @BeforeEach
  void begin() throws InvalidGuest {
    Guest honest = guests.module(Assembler.answering());
    bystander =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (!done) {
                      assertThat(
                              GuestFixture.call(
                                  honest,
                                  GuestFixture.OTHER_TENANT,
                                  "module.function",
                                  "{}",
                                  GuestFixture.LONG,
                                  guests.host()))
                          .isEqualTo("1");
                      answered.incrementAndGet();
                    }
                  } catch (GuestFault | AssertionError e) {
                    failed.set(e);
                  }
                });
  }

  @AfterEach
  void end() throws InterruptedException {
    done = true;
    bystander.join();
    guests.close();
    assertThat(failed.get()).as("the other tenant's calls").isNull();
  }

  /// {@return the fault, the same each time, between which the other tenant is answered}
  private GuestFault fault(Guest guest, GuestHost host) {
    GuestFault last = guests.fault(guest, "module.function", "{}", host);
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      long before = answered.get();
      while (answered.get() == before && failed.get() == null) {
        Thread.onSpinWait();
      }
      GuestFault next = guests.fault(guest, "module.function", "{}", host);
      assertThat(next.code()).isEqualTo(last.code());
    }
    return last;
  }

  private GuestFault fault(Guest guest) {
    return fault(guest, guests.host());
  }

  private GuestFault fault(Assembler assembler) throws InvalidGuest {
    return fault(guests.module(assembler));
  }

  @Test
  void endlessLoop() throws Exception {
    GuestFault fault =
        fault(guests.module(Assembler.guest().call("loop br 0 end unreachable"), IMPATIENT));
    assertThat(fault.code()).isEqualTo(Code.TIMEOUT);
    assertThat(fault).hasMessage("The plugin was not done in time and was stopped.");
  }

  @Test
  void endlessLoopWhenLoaded() throws Exception {
    GuestFault fault =
        fault(
            guests.module(
                Assembler.answering().function("_initialize", "", "", "loop br 0 end"), IMPATIENT));
    assertThat(fault.code()).isEqualTo(Code.TIMEOUT);
  }

  @Test
  void endlessStart() throws Exception {
    GuestFault fault =
        fault(
            guests.module(
                Assembler.answering().function("", "", "", "loop br 0 end").start(1), IMPATIENT));
    assertThat(fault.code()).isEqualTo(Code.TIMEOUT);
  }

  @Test
  void endlessMutualCalls() throws Exception {
    // Each loop calls a function that only returns.
    GuestFault fault =
        fault(
            guests.module(
                Assembler.guest().function("", "", "", "").call("loop call 0 br 0 end unreachable"),
                IMPATIENT));
    assertThat(fault.code()).isEqualTo(Code.TIMEOUT);
  }

  @Test
  void memoryBomb() throws Exception {
    GuestFault fault =
        fault(
            Assembler.guest()
                .call(
                    "loop i32.const 64 memory.grow i32.const -1 i32.eq if unreachable end br 0 end unreachable"));
    assertThat(fault.code()).isEqualTo(Code.OUT_OF_MEMORY);
    assertThat(fault)
        .hasMessage(
            "The plugin wanted more memory than the 16384 KiB, or more elements of tables than the 10000, that it may have.");
  }

  @Test
  void memoryBombInOneStep() throws Exception {
    GuestFault fault =
        fault(
            Assembler.guest()
                .call(
                    "i32.const -1 memory.grow i32.const -1 i32.eq if unreachable end i64.const 0"));
    assertThat(fault.code()).isEqualTo(Code.OUT_OF_MEMORY);
  }

  @Test
  void memoryBombWhenLoaded() throws Exception {
    GuestFault fault =
        fault(
            Assembler.answering()
                .function(
                    "_initialize",
                    "",
                    "",
                    "i32.const 60000 memory.grow i32.const -1 i32.eq if unreachable end"));
    assertThat(fault.code()).isEqualTo(Code.OUT_OF_MEMORY);
  }

  @Test
  void tableBomb() throws Exception {
    GuestFault fault =
        fault(
            Assembler.guest()
                .table(1)
                .call(
                    "loop ref.null i32.const 1000 table.grow i32.const -1 i32.eq if unreachable end br 0 end unreachable"));
    assertThat(fault.code()).isEqualTo(Code.OUT_OF_MEMORY);
  }

  @Test
  void tableOfOneInstanceDoesNotGrowThatOfTheNext() throws Exception {
    Guest guest =
        guests.module(
            Assembler.guest()
                .table(1)
                .text(0, "{\"result\":1}")
                .call(
                    "ref.null i32.const 9000 table.grow i32.const 1 i32.eq if "
                        + Assembler.answer(0, 12)
                        + " return end unreachable"),
            new GuestLimits(1 << 20, 16, 10_000, 1024, 1024, 1, GuestFixture.LONG, true));
    for (int call = 0; call < ATTEMPTS; call++) {
      assertThat(guests.call(guest)).isEqualTo("1");
    }
  }

  @Test
  void deepRecursion() throws Exception {
    GuestFault fault = fault(Assembler.guest().call("local.get 0 local.get 1 call 0"));
    assertThat(fault.code()).isEqualTo(Code.TRAPPED);
    assertThat(fault).hasMessage("The plugin failed: it calls itself too deeply.");
  }

  @Test
  void trap() throws Exception {
    GuestFault fault = fault(Assembler.guest().call("unreachable"));
    assertThat(fault.code()).isEqualTo(Code.TRAPPED);
    assertThat(fault).hasMessage("The plugin failed: trapped on unreachable instruction.");
  }

  @Test
  void abortOfAssemblyScript() throws Exception {
    // Texts are in UTF-16, with their length before them.
    GuestFault fault =
        fault(
            Assembler.guest()
                .imports("env", "abort", "iiii", "")
                .data(0, new byte[] {4, 0, 0, 0, 'n', 0, 'o', 0})
                .data(16, new byte[] {8, 0, 0, 0, 'a', 0, '.', 0, 't', 0, 's', 0})
                .call("i32.const 4 i32.const 20 i32.const 3 i32.const 7 call 0 unreachable"));
    assertThat(fault.code()).isEqualTo(Code.TRAPPED);
    assertThat(fault).hasMessage("The plugin failed: \"no\", in \"a.ts\", line 3, column 7.");
  }

  @Test
  void divisionByZero() throws Exception {
    GuestFault fault =
        fault(Assembler.guest().call("i32.const 1 i32.const 0 i32.div_u i64.extend_i32_u"));
    assertThat(fault.code()).isEqualTo(Code.TRAPPED);
    assertThat(fault.getMessage()).contains("divide by zero");
  }

  @Test
  void addressesOutsideOfTheMemory() throws Exception {
    for (int address : new int[] {65533, 65536, -1, -4, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      GuestFault fault =
          fault(Assembler.guest().call("i32.const " + address + " i32.load i64.extend_i32_u"));
      assertThat(fault.code()).isEqualTo(Code.TRAPPED);
      assertThat(fault).hasMessage("The plugin failed: out of bounds memory access.");
    }
  }

  @Test
  void outputTooLarge() throws Exception {
    GuestFault fault =
        fault(Assembler.guest().memory(200, 200).call(Assembler.answer(0, (1 << 20) + 1L)));
    assertThat(fault.code()).isEqualTo(Code.OUTPUT_TOO_LARGE);
    assertThat(fault).hasMessage("The answer has 1048577 bytes; 1048576 are allowed.");
  }

  @Test
  void outputOfAlmostFourGigabytes() throws Exception {
    GuestFault fault = fault(Assembler.guest().call("i64.const -1"));
    assertThat(fault.code()).isEqualTo(Code.OUTPUT_TOO_LARGE);
  }

  @Test
  void answerOutsideOfTheMemory() throws Exception {
    for (long address : new long[] {65535, 65536, 0x7FFF_FFFF, 0xFFFF_FFFFL}) {
      GuestFault fault = fault(Assembler.guest().call(Assembler.answer(address, 12)));
      assertThat(fault.code()).isEqualTo(Code.INVALID_OUTPUT);
      assertThat(fault.getMessage())
          .contains(
              "it is at address %d with 12 bytes, and the memory has 65536".formatted(address));
    }
  }

  @Test
  void allocatorThatPointsOutsideOfTheMemory() throws Exception {
    Guest guest = guests.module(Assembler.guest().allocating("i32.const -16").call("unreachable"));
    GuestFault fault = fault(guest);
    assertThat(fault.code()).isEqualTo(Code.TRAPPED);
  }

  @Test
  void answersThatAreNone() throws Exception {
    for (String answer :
        new String[] {
          "",
          "{",
          "{}",
          "[]",
          "null",
          "{\"result\":}",
          "{\"result\":1",
          "{\"result\":1}}",
          "{\"result\":1,\"more\":2}",
          "{\"error\":1}",
          "{\"Result\":1}",
          "{\"result\":01}",
          "{\"result\":NaN}"
        }) {
      GuestFault fault =
          fault(Assembler.guest().text(0, answer).call(Assembler.answer(0, answer.length())));
      assertThat(fault.code()).as(answer).isEqualTo(Code.INVALID_OUTPUT);
    }
  }

  @Test
  void answerThatIsNotInUtf8() throws Exception {
    byte[] answer = "{\"result\":\"x\"}".getBytes(StandardCharsets.US_ASCII);
    answer[11] = (byte) 0xC0;
    GuestFault fault = fault(Assembler.guest().data(0, answer).call(Assembler.answer(0, 14)));
    assertThat(fault.code()).isEqualTo(Code.INVALID_OUTPUT);
    assertThat(fault).hasMessage("The plugin's answer cannot be read: it is not in UTF-8.");
  }

  @Test
  void answerThatIsNestedDeeply() throws Exception {
    String answer = "{\"result\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    GuestFault fault =
        fault(
            Assembler.guest()
                .memory(20, 20)
                .text(0, answer)
                .call(Assembler.answer(0, answer.length())));
    assertThat(fault.code()).isEqualTo(Code.INVALID_OUTPUT);
  }

  private static final String REQUEST = "{\"function\":\"a.b.c\",\"payload\":{}}";

  /// Calls the host for ever.
  private static Assembler asking() {
    return Assembler.guest()
        .imports("tenet", "host_invoke", "ii", "j")
        .text(0, REQUEST)
        .call(
            "loop i32.const 0 i32.const %d call 0 i64.const 0 i64.or drop br 0 end unreachable"
                .formatted(REQUEST.length()))
        .allocating("i32.const 4096");
  }

  @Test
  void hostCallInALoop() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    GuestFault fault =
        fault(
            guests.module(asking()),
            guests.host(
                (_, payload) -> {
                  asked.incrementAndGet();
                  return payload;
                }));
    assertThat(fault.code()).isEqualTo(Code.TOO_MANY_HOST_CALLS);
    assertThat(asked.get()).isEqualTo(ATTEMPTS * GuestFixture.LIMITS.hostCalls());
  }

  @Test
  void hostCallsThatTakeTheTime() throws Exception {
    GuestFault fault =
        fault(
            guests.module(asking(), IMPATIENT),
            guests.host(
                (_, payload) -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                  }
                  return payload;
                }));
    assertThat(fault.code()).isEqualTo(Code.TIMEOUT);
  }

  @Test
  void hostCallFromOutsideOfTheMemory() throws Exception {
    GuestFault fault =
        fault(
            Assembler.guest()
                .imports("tenet", "host_invoke", "ii", "j")
                .call("i32.const 65530 i32.const 100 call 0"));
    assertThat(fault.code()).isEqualTo(Code.TRAPPED);
  }

  @Test
  void logInALoop() throws Exception {
    GuestFault fault =
        fault(
            Assembler.guest()
                .imports("tenet", "host_log", "iii", "")
                .text(0, "hello")
                .call("loop i32.const 2 i32.const 0 i32.const 5 call 0 br 0 end unreachable"));
    assertThat(fault.code()).isEqualTo(Code.TOO_MANY_HOST_CALLS);
    assertThat(guests.logged).hasSize(ATTEMPTS * GuestFixture.LIMITS.hostCalls());
    assertThat(guests.logged.getFirst()).isEqualTo("WARNING hello");
  }

  /// Asks the host once, and answers what it is told.
  private static Assembler passingOn() {
    return Assembler.guest()
        .imports("tenet", "host_invoke", "ii", "j")
        .text(0, REQUEST)
        .call("i32.const 0 i32.const %d call 0".formatted(REQUEST.length()))
        .allocating("i32.const 4096");
  }

  @Test
  void reentrancy() throws Exception {
    Guest guest = guests.module(passingOn());
    AtomicInteger depth = new AtomicInteger();
    AtomicReference<GuestHost> host = new AtomicReference<>();
    host.set(
        guests.host(
            (_, payload) -> {
              if (depth.incrementAndGet() % 8 == 0) {
                return payload;
              }
              String again = guests.call(guest, "module.function", "{}", host.get());
              return again.getBytes(StandardCharsets.UTF_8);
            }));
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      assertThat(guests.call(guest, "module.function", "{}", host.get())).isEqualTo("{}");
      assertThat(depth.get()).isEqualTo(8 * attempt);
    }
  }

  @Test
  void reentrancyThatIsTooDeep() throws Exception {
    Guest guest = guests.module(passingOn());
    AtomicReference<GuestHost> host = new AtomicReference<>();
    host.set(
        guests.host(
            (_, _) ->
                guests
                    .call(guest, "module.function", "{}", host.get())
                    .getBytes(StandardCharsets.UTF_8)));
    GuestFault fault = fault(guest, host.get());
    assertThat(fault.code()).isEqualTo(Code.ERROR);
    assertThat(fault).hasMessage("More than 16 calls lead to one another.");
  }

  @Test
  void reentrancyWithoutEnd() throws Exception {
    Guest guest = guests.module(asking(), IMPATIENT);
    AtomicReference<GuestHost> host = new AtomicReference<>();
    host.set(
        guests.host(
            (_, _) ->
                guests
                    .call(guest, "module.function", "{}", host.get())
                    .getBytes(StandardCharsets.UTF_8)));
    GuestFault fault = fault(guest, host.get());
    assertThat(fault.code()).isIn(Code.TIMEOUT, Code.TOO_MANY_HOST_CALLS);
  }
}
