package dev.tenet.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.plugin.Guest;
import dev.tenet.application.plugin.GuestFault;
import dev.tenet.application.plugin.GuestFault.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Calls of well-behaved modules and scripts.
final class CallTest {

  private final GuestFixture guests = new GuestFixture();

  @AfterEach
  void close() {
    guests.close();
  }

  @Test
  void aModuleAnswers() throws Exception {
    Guest guest = guests.module(Assembler.answering());
    assertThat(guests.call(guest)).isEqualTo("1");
    assertThat(guests.call(guest)).isEqualTo("1");
    assertThat(guest.memory()).isEqualTo(65536);
  }

  @Test
  void aScriptAnswers() throws Exception {
    Guest guest =
        guests.script(
            """
            export function rate({country}) {
              return country === 'DE' ? 0.19 : 0.2;
            }
            export const tax = { sum(list) { return list.reduce((a, b) => a + b, 0); } };
            """);
    assertThat(guests.call(guest, "tax.rate", "{\"country\":\"DE\"}")).isEqualTo("0.19");
    assertThat(guests.call(guest, "rate", "{\"country\":\"FR\"}")).isEqualTo("0.2");
    assertThat(guests.call(guest, "tax.sum", "[1,2,3.5]")).isEqualTo("6.5");
    GuestFault fault = guests.fault(guest, "tax.none", "{}", guests.host());
    assertThat(fault.code()).isEqualTo(Code.ERROR);
    assertThat(fault).hasMessage("Unsupported action");
    assertThat(guest.answers("rate")).isTrue();
    assertThat(guest.answers("tax.sum")).isTrue();
    assertThat(guest.answers("tax")).isFalse();
    assertThat(guest.answers("none")).isFalse();
  }
}
