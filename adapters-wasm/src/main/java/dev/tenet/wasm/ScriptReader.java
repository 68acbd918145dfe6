package dev.tenet.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestLimits;
import dev.tenet.application.plugin.InvalidGuest;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.tenant.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks and loads a script. What it does then is the same for all tenants: it sees neither a tenant nor the host.
final class ScriptReader {

  /// For checking, and for all that the script does when it is loaded.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// An engine needs some room to do anything.
  private static final int ROOM = 8;

  private static final String PRELUDE = prelude();

  /// A module that imports itself gets what it exports.
  private static final String LOAD =
      "\n;import*as __tenet_exports from'function.mjs';__tenet.load(__tenet_exports);";

  private static final String SERVE = "__tenet.serve();";

  private ScriptReader() {}

  static ScriptCode read(byte[] code, GuestLimits limits, Turns turns) throws InvalidGuest {
    int needed = QuickJs.firstPages() + ROOM;
    if (limits.memoryPages() < needed) {
      throw new InvalidGuest(
          List.of(
              Diagnostic.error(
                  "plugin_too_large",
                  Location.field("memory"),
                  "A script needs at least %d pages of 64 KiB; %d are allowed."
                      .formatted(needed, limits.memoryPages()))));
    }
    String source = text(code);
    try {
      long until = Ticks.now() + PATIENCE.toNanos();
      return turns.run(
          TenantId.PLATFORM,
          until,
          () ->
              ((GuestThread) Thread.currentThread())
                  .within(Ticks.now() + PATIENCE.toNanos(), () -> load(source, limits)));
    } catch (Refused e) {
      throw new InvalidGuest(List.of(e.diagnostic));
    } catch (GuestFault e) {
      throw new InvalidGuest(
          List.of(
              Diagnostic.error(
                  "plugin_not_loaded",
                  Location.field("source"),
                  "It could not be loaded: %s".formatted(e.getMessage()))));
    }
  }

  /// Brings a diagnostic out of a turn.
  private static final class Refused extends RuntimeException {
    private final transient Diagnostic diagnostic;

    Refused(Diagnostic diagnostic) {
      super(diagnostic.line(), null, false, false);
      this.diagnostic = diagnostic;
    }
  }

  private static ScriptCode load(String source, GuestLimits limits) throws GuestFault {
    HostCalls nobody = new HostCalls(HostCalls.NOBODY, limits);
    Set<String> exports = new HashSet<>();
    QuickJs.Host host =
        (operation, argument) -> {
          if (operation.equals("exports")) {
            new String(argument, UTF_8).lines().forEach(exports::add);
          }
          return ScriptInstance.ask(nobody, operation, argument);
        };
    try {
      QuickJs compiler = QuickJs.start(host, limits.memoryPages());
      Optional<QuickJs.Fault> fault = compiler.check(source.getBytes(UTF_8));
      if (fault.isPresent()) {
        throw new Refused(diagnostic("script_syntax", fault.get(), source));
      }
      byte[] module = compiler.compile(PRELUDE + source + LOAD);
      byte[] serve = compiler.compile(SERVE);
      QuickJs engine = QuickJs.start(host, limits.memoryPages());
      run(engine, module, source);
      QuickJs.Loaded served = engine.load(serve);
      return new ScriptCode(engine.snapshot(), served, exports, limits);
    } catch (Refused e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw Traps.fault(e, limits);
    }
  }

  private static void run(QuickJs engine, byte[] module, String source) {
    try {
      engine.run(engine.load(module));
    } catch (RuntimeException e) {
      Optional<QuickJs.Fault> complaint = engine.complaint();
      if (complaint.isEmpty()) {
        throw e;
      }
      throw new Refused(diagnostic("script_failed", behindPrelude(complaint.get()), source));
    }
  }

  /// The engine gives the place of the last thing that has one; in the first line that may be anywhere, the prelude included.
  private static QuickJs.Fault behindPrelude(QuickJs.Fault fault) {
    return fault.line() == 1 ? new QuickJs.Fault(fault.message(), 0, 0) : fault;
  }

  private static Diagnostic diagnostic(String code, QuickJs.Fault fault, String source) {
    String message = "%s.".formatted(fault.message());
    if (fault.line() == 0) {
      return Diagnostic.error(code, Location.field("source"), message);
    }
    List<String> lines = source.lines().toList();
    int line = Math.clamp(fault.line(), 1, Math.max(1, lines.size()));
    int column = fault.line() == line ? fault.column() : 1;
    int offset = lines.stream().limit(line - 1L).mapToInt(text -> text.length() + 1).sum();
    return Diagnostic.error(
        code, new Location.Span("script", offset + column - 1, 1, line, column), message);
  }

  private static String text(byte[] code) throws InvalidGuest {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(code)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidGuest(
          List.of(
              Diagnostic.error("script_syntax", Location.field("source"), "It is not in UTF-8.")));
    }
  }

  /// The prelude in one line.
  private static String prelude() {
    try (InputStream file =
        Objects.requireNonNull(ScriptReader.class.getResourceAsStream("prelude.js"))) {
      return new String(file.readAllBytes(), UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.startsWith("//"))
          .collect(Collectors.joining(" "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
