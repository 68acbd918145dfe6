package dev.tenet.wasm;

import static java.util.Objects.requireNonNull;

import dev.tenet.application.plugin.Guest;
import dev.tenet.application.plugin.GuestKind;
import dev.tenet.application.plugin.GuestLimits;
import dev.tenet.application.plugin.GuestRuntime;
import dev.tenet.application.plugin.InvalidGuest;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Runs guests on threads of its own. Close it when nobody needs it any more.
public final class WasmGuestRuntime implements GuestRuntime {

  /// How much all guests together may take.
  ///
  /// @param threads how many calls run at once, besides those that they lead to
  /// @param tenantThreads how many of them a tenant may have
  /// @param tenantWaiting how many calls of a tenant may wait for their turn
  /// @param idleBytes memory of instances that wait for another call
  /// @param idleTime how long they wait
  public record Settings(
      int threads, int tenantThreads, int tenantWaiting, long idleBytes, Duration idleTime) {

    public Settings {
      requireNonNull(idleTime);
      if (threads < 1 || tenantThreads < 1 || tenantWaiting < 0 || idleBytes < 0) {
        throw new IllegalArgumentException("a call needs a thread");
      }
    }

    /// {@return settings for a machine: four threads a processor and at least eight, a quarter of them for one tenant}
    public static Settings of(int processors) {
      int threads = Math.max(8, 4 * processors);
      return new Settings(threads, threads / 4, 64, 64L << 20, Duration.ofMinutes(1));
    }
  }

  private final IdleInstances idle;
  private final Watchdog watchdog;
  private final Turns turns;

  /// One at a time: reading takes many times the memory that the code has.
  private final ReentrantLock preparing = new ReentrantLock();

  public WasmGuestRuntime(Settings settings) {
    idle = new IdleInstances(settings.idleBytes, settings.idleTime.toNanos());
    watchdog = new Watchdog(idle);
    turns = new Turns(settings.threads, settings.tenantThreads, settings.tenantWaiting, watchdog);
    watchdog.start();
  }

  @Override
  public Guest prepare(GuestKind kind, byte[] code, GuestLimits limits) throws InvalidGuest {
    if (code.length > limits.codeBytes()) {
      throw new InvalidGuest(
          List.of(
              Diagnostic.error(
                  "plugin_too_large",
                  Location.field(kind == GuestKind.WASM ? "module" : "source"),
                  "It has %d bytes; %d are allowed.".formatted(code.length, limits.codeBytes()))));
    }
    preparing.lock();
    try {
      GuestCode prepared =
          switch (kind) {
            case WASM -> Threads.read(() -> ModuleReader.read(code, limits));
            case JAVASCRIPT -> ScriptReader.read(code, limits, turns);
          };
      return new PreparedGuest(prepared, limits, turns, idle);
    } finally {
      preparing.unlock();
    }
  }

  @Override
  public Load load() {
    return turns.load();
  }

  @Override
  public void close() {
    turns.close();
    watchdog.close();
  }
}
