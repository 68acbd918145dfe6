package dev.tenet.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.plugin.Guest;
import dev.tenet.application.plugin.GuestFault;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Guests come and go, under load, and leave nothing behind.
final class ReplacementTest {

  private static final ClassLoadingMXBean CLASSES = ManagementFactory.getClassLoadingMXBean();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void fiftyReplacements() throws Exception {
    replace(50);
  }

  @Test
  @Tag("slow")
  void aThousandReplacements() throws Exception {
    replace(1000);
  }

  private static void replace(int times) throws Exception {
    long before;
    try (GuestFixture guests = new GuestFixture()) {
      useOne(guests, 0);
      before = classes(Integer.MAX_VALUE);
      AtomicReference<Guest> current = new AtomicReference<>(guests.module(answering(0)));
      AtomicInteger answered = new AtomicInteger();
      Thread caller = Thread.ofVirtual().start(() -> callAll(guests, current, answered, times));
      for (int version = 1; version <= times; version++) {
        Guest old = current.getAndSet(guests.module(answering(version)));
        old.close();
        try (Guest script = guests.script("export const run = () => " + version + ";")) {
          assertThat(guests.call(script, "run", "{}")).isEqualTo(String.valueOf(version));
        }
      }
      caller.join(PATIENCE);
      assertThat(caller.isAlive()).isFalse();
      assertThat(answered.get()).isPositive();
      current.get().close();
      // Some that the engine and this test use for the first time, and not three for each
      // replacement.
      assertThat(classes(before + 200)).isLessThan(before + 200);
    }
    assertThat(guestThreads()).isZero();
  }

  private static void useOne(GuestFixture guests, int version) throws Exception {
    try (Guest guest = guests.module(answering(version));
        Guest script = guests.script("export const run = () => 1;")) {
      assertThat(guests.call(guest)).isEqualTo(String.valueOf(version));
      assertThat(guests.call(script, "run", "{}")).isEqualTo("1");
    }
  }

  private static Assembler answering(int version) {
    String answer = "{\"result\":" + version + "}";
    return Assembler.guest().text(0, answer).call(Assembler.answer(0, answer.length()));
  }

  /// Calls whichever is there until the last one answers. A call that came too late for one is made again.
  private static void callAll(
      GuestFixture guests, AtomicReference<Guest> current, AtomicInteger answered, int last) {
    int seen = 0;
    while (seen < last) {
      try {
        int version = Integer.parseInt(guests.call(current.get()));
        assertThat(version).isGreaterThanOrEqualTo(seen);
        seen = version;
        answered.incrementAndGet();
      } catch (GuestFault e) {
        assertThat(e.code()).isEqualTo(GuestFault.Code.CLOSED);
      }
    }
  }

  /// {@return how many classes are loaded, as soon as they are fewer than that, or at last}
  private static long classes(long enough) {
    long until = System.nanoTime() + (enough == Integer.MAX_VALUE ? 0 : PATIENCE.toNanos());
    long loaded;
    do {
      System.gc();
      loaded = CLASSES.getLoadedClassCount();
    } while (loaded >= enough && System.nanoTime() < until);
    return loaded;
  }

  private static long guestThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("tenet-guest"))
        .count();
  }
}
