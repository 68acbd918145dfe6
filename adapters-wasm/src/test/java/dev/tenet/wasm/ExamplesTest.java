package dev.tenet.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.plugin.Guest;
import dev.tenet.application.plugin.GuestFault.Code;
import dev.tenet.application.plugin.GuestKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import run.endive.wasm.Parser;

/// The examples' artefacts do what their manifest says.
final class ExamplesTest {

  private static final Path EXAMPLES =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("examples");

  private final GuestFixture guests = new GuestFixture();

  @AfterEach
  void close() {
    guests.close();
  }

  private Guest example(String folder) throws Exception {
    return guests.runtime.prepare(GuestKind.WASM, artefact(folder), GuestFixture.LIMITS);
  }

  private static byte[] artefact(String folder) throws IOException {
    return Files.readAllBytes(EXAMPLES.resolve(folder).resolve("pricing.wasm"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plugin-rust", "plugin-assemblyscript"})
  void answers(String folder) throws Exception {
    Guest guest = example(folder);
    for (int call = 0; call < 100; call++) {
      assertThat(guests.call(guest, "tax.rate", "{\"country\":\"DE\"}")).isEqualTo("0.19");
    }
    assertThat(
            guests.call(
                guest,
                "tax.invoice",
                """
                {"country": "DE", "items": [
                  {"price": 10.5, "quantity": 2}, {"price": 0.99, "quantity": 3}
                ]}
                """))
        .matches("\\{\"net\":23.97,\"tax\":4.55,\"gross\":28.52}");
    assertThat(guests.logged).isEmpty();
    assertThat(guests.call(guest, "tax.invoice", "{\"country\": \"FR\", \"items\": []}"))
        .matches("\\{\"net\":0(\\.0)?,\"tax\":0(\\.0)?,\"gross\":0(\\.0)?}");
    assertThat(guests.logged).containsExactly("DEBUG an invoice without tax");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plugin-rust", "plugin-assemblyscript"})
  void saysWhatIsWrong(String folder) throws Exception {
    Guest guest = example(folder);
    assertThat(guests.fault(guest, "tax.none", "{}", guests.host()))
        .hasMessage("Unsupported action");
    assertThat(guests.fault(guest, "tax.rate", "{}", guests.host()))
        .hasMessage("country must be a text.");
    assertThat(
            guests.fault(
                guest, "tax.rate", "{\"country\":\"\\u00e4\\\"\\ud83d\\ude00\"}", guests.host()))
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(Code.ERROR))
        .hasMessageContaining("ä")
        .hasMessageContaining("😀");
    assertThat(guests.fault(guest, "tax.rate", "[".repeat(150) + "]".repeat(150), guests.host()))
        .hasMessageContaining("there should be no more nesting");
  }

  /// A thousandth of what is allowed, so that modules may be much larger.
  @ParameterizedTest
  @ValueSource(strings = {"plugin-rust", "plugin-assemblyscript"})
  void costsLittleToCompile(String folder) throws Exception {
    assertThat(CompilingCost.of(Parser.parse(artefact(folder)))).isBetween(1L, 20_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plugin-rust", "plugin-assemblyscript"})
  void keepsItsMemory(String folder) throws Exception {
    Guest guest = example(folder);
    guests.call(guest, "tax.rate", "{\"country\":\"DE\"}");
    long memory = guest.memory();
    for (int call = 0; call < 20_000; call++) {
      guests.call(guest, "tax.rate", "{\"country\":\"NL\"}");
    }
    assertThat(guest.memory()).isEqualTo(memory);
    assertThat(memory).isLessThanOrEqualTo(8 * 65536);
  }
}
