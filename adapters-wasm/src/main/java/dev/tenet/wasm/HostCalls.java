package dev.tenet.wasm;

import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import dev.tenet.application.plugin.GuestHost;
import dev.tenet.application.plugin.GuestLimits;
import dev.tenet.domain.diagnostic.Quoted;

/// What one call asks the host, within its limits.
final class HostCalls {

  /// Ends a call from within a function of the host; the engine lets it through.
  static final class Ended extends RuntimeException {
    private final transient GuestFault fault;

    Ended(GuestFault fault) {
      super(fault.getMessage(), null, false, false);
      this.fault = fault;
    }

    GuestFault fault() {
      return fault;
    }
  }

  private static final int LONGEST_LINE = 2000;
  private static final System.Logger.Level[] LEVELS = {
    System.Logger.Level.DEBUG,
    System.Logger.Level.INFO,
    System.Logger.Level.WARNING,
    System.Logger.Level.ERROR
  };

  /// For code that runs before there is a call.
  static final GuestHost NOBODY =
      new GuestHost() {
        @Override
        public byte[] invoke(String function, byte[] payload) throws GuestFault {
          throw new GuestFault(
              Code.DENIED,
              "The host can be asked during a call only, not while the code is loaded.");
        }

        @Override
        public void log(System.Logger.Level level, String text) {}
      };

  private final GuestHost host;
  private final GuestLimits limits;
  private int calls;

  HostCalls(GuestHost host, GuestLimits limits) {
    this.host = host;
    this.limits = limits;
  }

  /// {@return the answer to a request, which says what went wrong when there is no result}
  ///
  /// @param request a document with `function` and `payload`
  byte[] invoke(byte[] request) {
    count();
    if (request.length > limits.outputBytes()) {
      throw new Ended(tooLong("request of a host call", request.length, limits));
    }
    try {
      Envelope.HostRequest asked = Envelope.hostRequest(request);
      byte[] result = host.invoke(asked.function(), asked.payload());
      if (result.length > limits.inputBytes()) {
        throw new GuestFault(
            Code.INPUT_TOO_LARGE,
            "The answer of %s has %d bytes; the plugin takes %d."
                .formatted(Quoted.text(asked.function()), result.length, limits.inputBytes()));
      }
      return Envelope.result(result);
    } catch (GuestFault fault) {
      return Envelope.error(fault);
    }
  }

  /// Takes a line of the log.
  ///
  /// @param level 0 for debug, 1 for info, 2 for warning, 3 for error
  void log(int level, String text) {
    count();
    boolean known = level >= 0 && level < LEVELS.length;
    host.log(
        known ? LEVELS[level] : System.Logger.Level.INFO,
        text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) : text);
  }

  private void count() {
    if (++calls > limits.hostCalls()) {
      throw new Ended(
          new GuestFault(
              Code.TOO_MANY_HOST_CALLS,
              "The plugin called the host more than %d times in one call."
                  .formatted(limits.hostCalls())));
    }
  }

  static GuestFault tooLong(String what, long length, GuestLimits limits) {
    return new GuestFault(
        Code.OUTPUT_TOO_LARGE,
        "The %s has %d bytes; %d are allowed.".formatted(what, length, limits.outputBytes()));
  }
}
