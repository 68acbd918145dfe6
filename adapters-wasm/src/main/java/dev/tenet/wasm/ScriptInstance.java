package dev.tenet.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import dev.tenet.application.plugin.GuestLimits;
import org.jspecify.annotations.Nullable;

/// A script in an engine of its own.
final class ScriptInstance implements GuestInstance {

  /// Each call leaves about a kilobyte behind in the engine.
  private static final int MOST_CALLS = 1000;

  private static final byte[] NOTHING = "null".getBytes(UTF_8);

  private final GuestLimits limits;
  private final QuickJs engine;
  private final QuickJs.Loaded serve;
  private final int mostPages;
  private HostCalls host;
  private byte[] request = NOTHING;
  private byte @Nullable [] answer;
  private int calls;

  ScriptInstance(ScriptCode code, HostCalls host) {
    this.host = host;
    limits = code.limits();
    serve = code.serve();
    engine = QuickJs.resume(this::call, limits.memoryPages(), code.snapshot());
    mostPages = (engine.pages() + limits.memoryPages()) / 2;
  }

  private byte[] call(String operation, byte[] argument) {
    return switch (operation) {
      case "request" -> request;
      case "answer" -> {
        answer = argument;
        yield NOTHING;
      }
      case "trap" -> throw new GuestAbort(new String(argument, UTF_8));
      default -> ask(host, operation, argument);
    };
  }

  /// What a script may ask the host, while it is called and while it is loaded.
  static byte[] ask(HostCalls host, String operation, byte[] argument) {
    if (operation.equals("invoke")) {
      return host.invoke(argument);
    }
    if (operation.equals("log") && argument.length > 0) {
      host.log(argument[0] - '0', new String(argument, 1, argument.length - 1, UTF_8));
    }
    return NOTHING;
  }

  @Override
  public byte[] answer(byte[] asked, HostCalls asking) throws GuestFault {
    host = asking;
    request = asked;
    answer = null;
    calls++;
    try {
      engine.run(serve);
    } catch (HostCalls.Ended e) {
      throw e;
    } catch (RuntimeException e) {
      throw engine.wasRefused() ? new MemoryRefused(e) : e;
    }
    byte[] answered = answer;
    if (answered == null) {
      throw new GuestFault(Code.INVALID_OUTPUT, "The script did not answer.");
    }
    if (answered.length > limits.outputBytes()) {
      throw HostCalls.tooLong("answer", answered.length, limits);
    }
    return answered;
  }

  @Override
  public boolean isSpent() {
    return calls >= MOST_CALLS || engine.pages() > mostPages || engine.wasRefused();
  }

  @Override
  public long memory() {
    return (long) engine.pages() * GuestMemory.PAGE_SIZE;
  }
}
