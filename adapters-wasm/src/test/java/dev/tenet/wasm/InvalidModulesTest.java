package dev.tenet.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenet.application.plugin.GuestKind;
import dev.tenet.application.plugin.InvalidGuest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is no guest is refused before it runs, with the place and the remedy.
final class InvalidModulesTest {

  private final GuestFixture guests = new GuestFixture();

  @AfterEach
  void close() {
    guests.close();
  }

  private InvalidGuest refused(byte[] code) {
    InvalidGuest invalid =
        catchThrowableOfType(
            InvalidGuest.class,
            () -> guests.runtime.prepare(GuestKind.WASM, code, GuestFixture.LIMITS));
    assertThat(invalid).isNotNull();
    return invalid;
  }

  private InvalidGuest refused(Assembler assembler) {
    return refused(assembler.assemble());
  }

  @Test
  void textAndOtherFiles() {
    assertThat(refused("(module)".getBytes(UTF_8)))
        .hasMessage(
            "module: This is a module in its text format; translate it with wat2wasm first.");
    assertThat(refused(new byte[0]))
        .hasMessageContaining("This is no WebAssembly module in its binary format");
    assertThat(refused(new byte[] {0, 'a', 's', 'm', 13, 0, 1, 0}))
        .hasMessage("module: This is a component; a core module is needed.");
  }

  @Test
  void tooLong() {
    assertThat(refused(new byte[GuestFixture.LIMITS.codeBytes() + 1]).diagnostics())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.code()).isEqualTo("plugin_too_large");
              assertThat(d.line()).endsWith("bytes; 1048576 are allowed.");
            });
  }

  @Test
  void cutOff() {
    byte[] module = Assembler.answering().assemble();
    assertThat(refused(Arrays.copyOf(module, module.length - 1)))
        .hasMessage("module: It ends in the middle of a section; was it cut off?");
    int accepted = 0;
    for (int length = 0; length < module.length; length++) {
      accepted += isGuest(Arrays.copyOf(module, length)) ? 1 : 0;
    }
    // What is cut off before the data is a guest whose memory is empty.
    assertThat(accepted).isEqualTo(1);
  }

  private boolean isGuest(byte[] code) {
    try {
      guests.runtime.prepare(GuestKind.WASM, code, GuestFixture.LIMITS).close();
      return true;
    } catch (InvalidGuest e) {
      assertThat(e.diagnostics()).isNotEmpty();
      return false;
    }
  }

  @Test
  void damaged() {
    byte[] module = Assembler.answering().assemble();
    SplittableRandom random = new SplittableRandom(6);
    for (int attempt = 0; attempt < 2000; attempt++) {
      byte[] damaged = module.clone();
      for (int change = 0; change <= attempt % 3; change++) {
        damaged[8 + random.nextInt(damaged.length - 8)] = (byte) random.nextInt();
      }
      boolean _ = isGuest(damaged);
    }
  }

  @Test
  void memoryOfSixtyThousandPages() {
    assertThat(refused(Assembler.answering().memory(60_000, 65_536)))
        .hasMessage("memory: It begins with 60000 pages of 64 KiB; 256 are allowed.");
  }

  @Test
  void hugeTable() {
    assertThat(refused(Assembler.answering().table(9_999_999)))
        .hasMessage("table: Tables begin with 9999999 elements; 10000 are allowed.");
  }

  @Test
  void missingExports() {
    assertThat(refused(Assembler.guest()))
        .hasMessage(
            "export tenet_call: The function (I32,I32) -> (I64) is needed, and is not there.");
    assertThat(refused(Assembler.guest().function("tenet_call", "i", "i", "local.get 0")))
        .hasMessage(
            "export tenet_call: The function (I32,I32) -> (I64) is needed, and is (I32) -> (I32).");
    assertThat(refused(Assembler.answering().function("_initialize", "i", "", "")).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo("plugin_export_mismatch"));
  }

  @Test
  void unknownImports() {
    assertThat(
            refused(
                Assembler.guest()
                    .imports("wasi_snapshot_preview1", "fd_write", "iiii", "i")
                    .imports("env", "seed", "", "j")
                    .imports("tenet", "host_invoke", "i", "j")
                    .imports("other", "thing", "", "")
                    .call(Assembler.answer(0, 12))))
        .hasMessage(
            "import wasi_snapshot_preview1.fd_write: There is no system below; compile for wasm32-unknown-unknown, without files, clock and chance.; "
                + "import env.seed: There is no chance; do not use Math.random.; "
                + "import tenet.host_invoke: It is (I32,I32) -> (I64).; "
                + "import other.thing: There is no such thing; a module may import env.abort, tenet.host_invoke, tenet.host_log.");
  }

  @Test
  void manyLocals() {
    Assembler assembler = Assembler.answering();
    for (int function = 0; function < 30; function++) {
      assembler.function("", "", "", 50_000, "");
    }
    assertThat(refused(assembler))
        .hasMessage(
            "code section: Its functions have 1500000 local variables; 1000000 are allowed.");
  }

  @Test
  void manyElements() {
    ByteArrayOutputStream elements = new ByteArrayOutputStream();
    elements.writeBytes(new byte[] {1, 0, 0x41, 0, 0x0B});
    Assembler.unsigned(elements, 1_000_000);
    elements.writeBytes(new byte[1_000_000]);
    assertThat(refused(Assembler.answering().section(9, elements.toByteArray())).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.line()).startsWith("element section: It has 10000"));
  }

  @Test
  void structuresOfTheGarbageCollector() {
    // A type section of its own: an array of 64 bits, and the functions that a guest exports.
    byte[] module = {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 4, 1, 0x5E, 0x7E, 1};
    assertThat(refused(module).diagnostics())
        .anySatisfy(d -> assertThat(d.code()).isEqualTo("plugin_type_unsupported"));
  }

  @Test
  void manyTypesOfManyFunctions() {
    Assembler assembler = Assembler.answering();
    for (int function = 0; function < 2_000; function++) {
      assembler.function("", "", "", "");
    }
    assertThat(refused(assembler))
        .hasMessage(
            "type section: It has the same types again and again, and 2002 functions; name each type once.");
  }

  @Test
  void manyOperandsAtManyBlocks() {
    String operands = "i32.const 1 ".repeat(20_000);
    for (String body :
        List.of(
            operands + "block ".repeat(20_000) + "end ".repeat(20_000),
            operands + "block end ".repeat(20_000),
            "block " + operands + "i32.const 0 br_if 0 ".repeat(20_000) + "unreachable end ")) {
      assertThat(refused(Assembler.guest().call(body + "unreachable")).diagnostics())
          .singleElement()
          .satisfies(d -> assertThat(d.line()).startsWith("code section: It has blocks, branches"));
    }
  }

  @Test
  void deepNesting() {
    String body = "block ".repeat(200_000) + "end ".repeat(200_000) + Assembler.answer(0, 12);
    boolean _ = isGuest(Assembler.guest().call(body).assemble());
  }
}
