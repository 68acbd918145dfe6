package dev.tenet.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenet.application.plugin.Guest;
import dev.tenet.application.plugin.GuestCall;
import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestHost;
import dev.tenet.application.plugin.GuestKind;
import dev.tenet.application.plugin.GuestLimits;
import dev.tenet.application.plugin.InvalidGuest;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// A runtime with two tenants, and what tests do with it.
final class GuestFixture implements AutoCloseable {

  static final TenantId TENANT = new TenantId(new UUID(1, 1));
  static final TenantId OTHER_TENANT = new TenantId(new UUID(2, 2));

  /// Long enough for a busy machine; nothing waits for its end but what is meant to.
  static final Duration LONG = Duration.ofSeconds(20);

  static final GuestLimits LIMITS = GuestLimits.USUAL.within(LONG);

  private static final WasmGuestRuntime.Settings SETTINGS =
      new WasmGuestRuntime.Settings(4, 2, 2, 64L << 20, Duration.ofMinutes(1));

  final WasmGuestRuntime runtime;
  final List<String> logged = new CopyOnWriteArrayList<>();

  GuestFixture() {
    this(SETTINGS);
  }

  GuestFixture(WasmGuestRuntime.Settings settings) {
    runtime = new WasmGuestRuntime(settings);
  }

  Guest module(Assembler assembler) throws InvalidGuest {
    return module(assembler, LIMITS);
  }

  Guest module(Assembler assembler, GuestLimits limits) throws InvalidGuest {
    return runtime.prepare(GuestKind.WASM, assembler.assemble(), limits);
  }

  Guest script(String source) throws InvalidGuest {
    return script(source, LIMITS);
  }

  Guest script(String source, GuestLimits limits) throws InvalidGuest {
    return runtime.prepare(GuestKind.JAVASCRIPT, source.getBytes(UTF_8), limits);
  }

  /// A host that answers each call with its payload.
  GuestHost host() {
    return host((_, payload) -> payload);
  }

  interface Invocation {
    byte[] invoke(String function, byte[] payload) throws GuestFault;
  }

  GuestHost host(Invocation invocation) {
    return new GuestHost() {
      @Override
      public byte[] invoke(String function, byte[] payload) throws GuestFault {
        return invocation.invoke(function, payload);
      }

      @Override
      public void log(System.Logger.Level level, String text) {
        logged.add(level + " " + text);
      }
    };
  }

  String call(Guest guest) throws GuestFault {
    return call(guest, "module.function", "{}");
  }

  String call(Guest guest, String action, String payload) throws GuestFault {
    return call(guest, action, payload, host());
  }

  String call(Guest guest, String action, String payload, GuestHost host) throws GuestFault {
    return call(guest, TENANT, action, payload, LONG, host);
  }

  static String call(
      Guest guest,
      TenantId tenant,
      String action,
      String payload,
      Duration patience,
      GuestHost host)
      throws GuestFault {
    long deadline = System.nanoTime() + patience.toNanos();
    return new String(
        guest.call(tenant, action, payload.getBytes(UTF_8), new GuestCall(deadline, host)), UTF_8);
  }

  GuestFault fault(Guest guest) {
    return fault(guest, "module.function", "{}", host());
  }

  GuestFault fault(Guest guest, String action, String payload, GuestHost host) {
    return thrown(() -> call(guest, action, payload, host));
  }

  static GuestFault thrown(Attempt call) {
    GuestFault fault = catchThrowableOfType(GuestFault.class, call::run);
    assertThat(fault).as("the fault of the call").isNotNull();
    return fault;
  }

  /// What is expected to fail.
  interface Attempt {
    void run() throws GuestFault;
  }

  @Override
  public void close() {
    runtime.close();
  }
}
