package dev.tenet.benchmark.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.plugin.Guest;
import dev.tenet.application.plugin.GuestCall;
import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestHost;
import dev.tenet.application.plugin.GuestKind;
import dev.tenet.application.plugin.GuestLimits;
import dev.tenet.application.plugin.InvalidGuest;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.wasm.WasmGuestRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What calls of the sandbox take, half of them at most: the plugin of `examples/plugin-rust`, and a script that does the same.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GuestBenchmark {

  /// How long a call without end may run.
  public static final Duration TIMEOUT = Duration.ofMillis(20);

  private static final int CALLS = 100;
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final TenantId TENANT = new TenantId(new UUID(1, 1));
  private static final String ACTION = "tax.rate";
  private static final byte[] PAYLOAD = "{\"country\":\"DE\"}".getBytes(UTF_8);
  private static final String SCRIPT =
      """
      const rates = {AT: 0.2, CH: 0.081, DE: 0.19, ES: 0.21, FR: 0.2, NL: 0.21};
      export function rate({country}) {
        if (!(country in rates)) throw new Error(`There is no rate for the country "${country}".`);
        return rates[country];
      }
      """;

  private final WasmGuestRuntime runtime =
      new WasmGuestRuntime(
          WasmGuestRuntime.Settings.of(Runtime.getRuntime().availableProcessors()));
  private final GuestHost nobody = host(() -> {});
  private final byte[] code = code();
  private final Guest module = prepared(GuestKind.WASM, code, limits(LONG, false));
  private final Guest isolated = prepared(GuestKind.WASM, code, limits(LONG, true));
  private final Guest script = script(SCRIPT, LONG);
  private final Guest asking =
      script("export function rate() { return tenet.invoke('a.b.c'); }", LONG);
  private final Guest endless = script("export function rate() { for (;;) {} }", TIMEOUT);

  private static byte[] code() {
    try (InputStream file =
        Objects.requireNonNull(GuestBenchmark.class.getResourceAsStream("pricing.wasm"))) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GuestLimits limits(Duration timeout, boolean fresh) {
    GuestLimits usual = GuestLimits.USUAL;
    return new GuestLimits(
        usual.codeBytes(),
        usual.memoryPages(),
        usual.tableElements(),
        usual.inputBytes(),
        usual.outputBytes(),
        usual.hostCalls(),
        timeout,
        fresh);
  }

  private Guest script(String source, Duration timeout) {
    return prepared(GuestKind.JAVASCRIPT, source.getBytes(UTF_8), limits(timeout, false));
  }

  private Guest prepared(GuestKind kind, byte[] source, GuestLimits limits) {
    try {
      return runtime.prepare(kind, source, limits);
    } catch (InvalidGuest e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a guest asks the host for.
  private interface Task {
    void run() throws GuestFault;
  }

  private static GuestHost host(Task task) {
    return new GuestHost() {
      @Override
      public byte[] invoke(String function, byte[] payload) throws GuestFault {
        task.run();
        return payload;
      }

      @Override
      public void log(System.Logger.Level level, String text) {}
    };
  }

  private byte[] call(Guest guest, GuestHost host) throws GuestFault {
    long deadline = System.nanoTime() + LONG.toNanos();
    return guest.call(TENANT, ACTION, PAYLOAD, new GuestCall(deadline, host));
  }

  @Setup
  public void check() throws GuestFault {
    for (Guest guest : new Guest[] {module, isolated, script}) {
      String answer = new String(call(guest, nobody), UTF_8);
      if (!answer.equals("0.19")) {
        throw new IllegalStateException(answer);
      }
    }
  }

  @TearDown
  public void close() {
    runtime.close();
  }

  /// A call that another thread has to make, as that of a request is.
  @Benchmark
  public byte[] module() throws GuestFault {
    return call(module, nobody);
  }

  /// A call from a guest's own thread, as that of a plugin that calls another is.
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public byte[] moduleInPlace() throws GuestFault {
    return call(
        asking,
        host(
            () -> {
              for (int i = 0; i < CALLS; i++) {
                call(module, nobody);
              }
            }));
  }

  /// A call with an instance of its own.
  @Benchmark
  public byte[] isolated() throws GuestFault {
    return call(isolated, nobody);
  }

  @Benchmark
  public byte[] script() throws GuestFault {
    return call(script, nobody);
  }

  /// New code, until its first answer.
  @Benchmark
  public byte[] reload() throws GuestFault {
    try (Guest guest = prepared(GuestKind.WASM, code, limits(LONG, false))) {
      return call(guest, nobody);
    }
  }

  /// A call that ends because its time is over.
  @Benchmark
  public GuestFault endless() {
    try {
      throw new IllegalStateException(new String(call(endless, nobody), UTF_8));
    } catch (GuestFault e) {
      return e;
    }
  }
}
