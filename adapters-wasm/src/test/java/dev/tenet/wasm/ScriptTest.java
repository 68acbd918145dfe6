package dev.tenet.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenet.application.plugin.Guest;
import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import dev.tenet.application.plugin.GuestKind;
import dev.tenet.application.plugin.GuestLimits;
import dev.tenet.application.plugin.InvalidGuest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What scripts can do, what they cannot, and what they are told.
final class ScriptTest {

  private final GuestFixture guests = new GuestFixture();

  @AfterEach
  void close() {
    guests.close();
  }

  private String result(String expression) throws Exception {
    try (Guest guest = guests.script("export function run(p) { return " + expression + "; }")) {
      return guests.call(guest, "run", "{\"x\":[1,\"ä\"]}");
    }
  }

  private GuestFault fault(String body) throws Exception {
    try (Guest guest = guests.script("export function run(p) { " + body + " }")) {
      return guests.fault(guest, "run", "{}", guests.host());
    }
  }

  private InvalidGuest refused(String source) {
    InvalidGuest invalid = catchThrowableOfType(InvalidGuest.class, () -> guests.script(source));
    assertThat(invalid).as(source).isNotNull();
    return invalid;
  }

  @Test
  void valuesGoInAndOut() throws Exception {
    assertThat(result("p")).isEqualTo("{\"x\":[1,\"ä\"]}");
    assertThat(result("p.x[1] + '\\u{1F600}\\n'")).isEqualTo("\"ä😀\\n\"");
    assertThat(result("undefined")).isEqualTo("null");
    assertThat(result("[NaN, -0, 1e21, true, null]")).isEqualTo("[null,0,1e+21,true,null]");
  }

  @Test
  void thereIsNeitherClockNorChance() throws Exception {
    for (String clock : new String[] {"Date.now()", "new Date()", "Date()"}) {
      assertThat(fault("return " + clock + ";"))
          .hasMessage("There is no clock: take the time from the payload.");
    }
    assertThat(fault("return Math.random();"))
        .hasMessage("There is no chance: take it from the payload.");
    assertThat(result("new Date('2026-02-03T04:05:06Z').getTime()")).isEqualTo("1770091506000");
    assertThat(result("Date.UTC(2026, 0, 1)")).isEqualTo("1767225600000");
    assertThat(result("new Date(0) instanceof Date")).isEqualTo("true");
    assertThat(
            result(
                "['java_invoke', 'Javy', 'plugin', 'performance', 'fetch', 'require', 'process', 'std', 'os']"
                    + ".filter(name => name in globalThis)"))
        .isEqualTo("[]");
  }

  @Test
  void itAsksTheHost() throws Exception {
    Guest guest =
        guests.script(
            """
            export function ask({name}) {
              tenet.log('asking', name, {of: [1, null]});
              console.error('careful');
              try {
                return {answer: tenet.invoke(name, {n: 1}), empty: tenet.invoke(name)};
              } catch (error) {
                return [error.code, error.message];
              }
            }
            """);
    assertThat(guests.call(guest, "ask", "{\"name\":\"a.b.c\"}"))
        .isEqualTo("{\"answer\":{\"n\":1},\"empty\":null}");
    assertThat(guests.logged)
        .containsExactly("INFO asking a.b.c {\"of\":[1,null]}", "ERROR careful");
    String denied =
        guests.call(
            guest,
            "ask",
            "{\"name\":\"a.b.c\"}",
            guests.host(
                (function, _) -> {
                  throw new GuestFault(Code.DENIED, "You may not call \"" + function + "\".");
                }));
    assertThat(denied).isEqualTo("[\"plugin_denied\",\"You may not call \\\"a.b.c\\\".\"]");
  }

  @Test
  void errorsSayWhere() throws Exception {
    assertThat(fault("throw new Error('no such country');")).hasMessage("no such country");
    assertThat(fault("throw 'a text';")).hasMessage("a text");
    assertThat(fault("\n\n return p.a.b;"))
        .hasMessage(
            "TypeError: cannot read property 'b' of undefined (in run, at or below line 1)");
    assertThat(fault("return () => 1;"))
        .hasMessage("run returns a function, which JSON does not have.");
    assertThat(fault("return (async () => 1)();"))
        .hasMessage("run returns a promise: write it without async.");
    assertThat(fault("const loop = {}; loop.loop = loop; return loop;").getMessage())
        .contains("circular");
  }

  @Test
  void syntaxErrorsSayWhere() {
    assertThat(refused("let a = 1;\nlet b = ;\n"))
        .hasMessage("script, line 2, column 1: unexpected token in expression: ';'.");
    assertThat(refused("export function rate(p) {\n  return p.x +* 2;\n}"))
        .hasMessage("script, line 2, column 16: unexpected token in expression: '*'.");
    assertThat(refused("export function rate(p) {").diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.location().describe()).startsWith("script, line 1"));
    assertThat(refused("import x from 'fs';").diagnostics()).isNotEmpty();
    assertThat(refused("\n\nnull.x;\n"))
        .hasMessage("script, line 3, column 1: cannot read property 'x' of null.");
    assertThat(refused("tenet.invoke('a.b.c');").getMessage())
        .contains("The host can be asked during a call only, not while the code is loaded.");
    assertThat(
            catchThrowableOfType(
                InvalidGuest.class,
                () ->
                    guests.runtime.prepare(
                        GuestKind.JAVASCRIPT, new byte[] {(byte) 0xFF}, GuestFixture.LIMITS)))
        .hasMessage("source: It is not in UTF-8.");
  }

  @Test
  void endlessLoops() throws Exception {
    assertThat(refused("while (true) {}"))
        .hasMessage(
            "source: It could not be loaded: The plugin was not done in time and was stopped.");
    Guest guest =
        guests.script(
            "export function run() { while (true) {} } export function one() { return 1; }",
            GuestFixture.LIMITS.within(Duration.ofMillis(50)));
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(guests.fault(guest, "run", "{}", guests.host()).code()).isEqualTo(Code.TIMEOUT);
    }
  }

  @Test
  void memoryAndStackBombs() throws Exception {
    assertThat(
            fault("const all = []; while (true) all.push('x'.repeat(100000) + all.length);").code())
        .isEqualTo(Code.OUT_OF_MEMORY);
    assertThat(fault("return new Uint8Array(100000000);").code()).isEqualTo(Code.OUT_OF_MEMORY);
    GuestFault deep = fault("const f = n => 1 + f(n + 1); return f(0);");
    assertThat(deep.code()).isEqualTo(Code.TRAPPED);
    assertThat(fault("return 'x'.repeat(2000000);").code()).isEqualTo(Code.OUTPUT_TOO_LARGE);
    assertThat(fault("const s = '['.repeat(5000); return JSON.parse(s);").code())
        .isIn(Code.ERROR, Code.TRAPPED);
  }

  @Test
  void whatAScriptBreaksIsItsOwn() throws Exception {
    assertThat(result("(JSON.stringify = () => 'x', JSON.parse = null, String = null, 1)"))
        .isEqualTo("1");
    assertThat(fault("globalThis.__tenet = {serve() {}};").code()).isEqualTo(Code.ERROR);
    assertThat(fault("Object.defineProperty(Object.prototype, 'toJSON', {value: () => 7});").code())
        .isEqualTo(Code.INVALID_OUTPUT);
  }

  @Test
  void aSmallMemoryIsNotEnough() {
    GuestLimits small = new GuestLimits(1024, 16, 10, 1024, 1024, 1, GuestFixture.LONG, false);
    assertThat(
            catchThrowableOfType(
                InvalidGuest.class,
                () -> guests.runtime.prepare(GuestKind.JAVASCRIPT, "1".getBytes(UTF_8), small)))
        .hasMessage("memory: A script needs at least 28 pages of 64 KiB; 16 are allowed.");
  }

  @Test
  void engineThatIsWornOutIsReplaced() throws Exception {
    Guest guest = guests.script("let calls = 0; export function run() { return ++calls; }");
    int most = 0;
    boolean replaced = false;
    for (int call = 0; call < 2500; call++) {
      int calls = Integer.parseInt(guests.call(guest, "run", "{}"));
      replaced |= calls < most;
      most = Math.max(most, calls);
    }
    assertThat(replaced).isTrue();
    assertThat(most).isLessThanOrEqualTo(1000);
    assertThat(guest.memory()).isLessThan(16 << 20);
  }

  /// So that thousands of them fit into memory.
  @Test
  void aLoadedScriptTakesLittle() throws Exception {
    byte[] source = "export function run(p) { return p; }".getBytes(UTF_8);
    Watchdog watchdog = new Watchdog(new IdleInstances(0, 0));
    Turns turns = new Turns(1, 1, 1, watchdog);
    watchdog.start();
    try {
      ScriptCode code = ScriptReader.read(source, GuestFixture.LIMITS, turns);
      assertThat(code.snapshot().memory().size()).isBetween(1, 200_000);
    } finally {
      turns.close();
      watchdog.close();
    }
  }

  @Test
  void freshMeansFresh() throws Exception {
    GuestLimits usual = GuestFixture.LIMITS;
    GuestLimits fresh =
        new GuestLimits(
            usual.codeBytes(),
            usual.memoryPages(),
            usual.tableElements(),
            usual.inputBytes(),
            usual.outputBytes(),
            usual.hostCalls(),
            usual.timeout(),
            true);
    Guest guest = guests.script("let calls = 0; export function run() { return ++calls; }", fresh);
    for (int call = 0; call < 3; call++) {
      assertThat(guests.call(guest, "run", "{}")).isEqualTo("1");
    }
    assertThat(guest.memory()).isZero();
  }
}
