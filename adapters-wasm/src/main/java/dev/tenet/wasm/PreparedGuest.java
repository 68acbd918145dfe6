package dev.tenet.wasm;

import dev.tenet.application.plugin.Guest;
import dev.tenet.application.plugin.GuestCall;
import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import dev.tenet.application.plugin.GuestLimits;
import dev.tenet.domain.tenant.TenantId;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Code that was prepared, on its way to the instances of each tenant.
final class PreparedGuest implements Guest {

  private final GuestLimits limits;
  private final Turns turns;
  private final IdleInstances idle;
  private final AtomicLong busyBytes = new AtomicLong();

  /// None once it is closed.
  private volatile @Nullable GuestCode code;

  PreparedGuest(GuestCode code, GuestLimits limits, Turns turns, IdleInstances idle) {
    this.code = code;
    this.limits = limits;
    this.turns = turns;
    this.idle = idle;
  }

  @Override
  public byte[] call(TenantId tenant, String action, byte[] payload, GuestCall call)
      throws GuestFault {
    GuestCode runs = code;
    if (runs == null) {
      throw new GuestFault(Code.CLOSED, "The plugin was replaced or removed.");
    }
    if (payload.length > limits.inputBytes()) {
      throw new GuestFault(
          Code.INPUT_TOO_LARGE,
          "The payload has %d bytes; the plugin takes %d."
              .formatted(payload.length, limits.inputBytes()));
    }
    byte[] request = Envelope.request(action, payload);
    long until = Ticks.at(call.deadline(), Long.MAX_VALUE >> 1);
    if (until <= Ticks.now()) {
      throw new GuestFault(Code.TIMEOUT, "There was no time left for the call.");
    }
    HostCalls host = new HostCalls(call.host(), limits);
    byte[] answer;
    if (Thread.currentThread() instanceof GuestThread thread) {
      answer = within(thread, until, () -> answer(runs, tenant, request, host));
    } else {
      answer =
          turns.run(
              tenant,
              until,
              () ->
                  within(
                      (GuestThread) Thread.currentThread(),
                      until,
                      () -> answer(runs, tenant, request, host)));
    }
    return Envelope.result(action, answer);
  }

  private byte[] within(GuestThread thread, long until, GuestThread.Work<byte[]> work)
      throws GuestFault {
    return thread.within(Math.min(until, Ticks.now() + limits.timeout().toNanos()), work);
  }

  private byte[] answer(GuestCode runs, TenantId tenant, byte[] request, HostCalls host)
      throws GuestFault {
    GuestInstance instance = limits.fresh() ? null : idle.take(this, tenant);
    long bytes = 0;
    boolean whole = false;
    try {
      if (instance == null) {
        instance = runs.instantiate(new HostCalls(HostCalls.NOBODY, limits));
      }
      bytes = instance.memory();
      busyBytes.addAndGet(bytes);
      byte[] answer = instance.answer(request, host);
      whole = true;
      return answer;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      throw Traps.fault(e, limits);
    } finally {
      busyBytes.addAndGet(-bytes);
      if (instance != null && whole && !limits.fresh() && !instance.isSpent()) {
        idle.put(this, tenant, instance);
      }
    }
  }

  @Override
  public boolean answers(String action) {
    GuestCode asked = code;
    return asked == null || asked.answers(action);
  }

  boolean isClosed() {
    return code == null;
  }

  @Override
  public long memory() {
    return busyBytes.get() + idle.memory(this);
  }

  @Override
  public void close() {
    code = null;
    idle.drop(this);
  }
}
