package dev.tenet.domain.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTest {

  @Test
  void escapesWhatMustNotBeShownAsItIs() {
    assertThat(Printable.escaped("Größe 🦄\u00a0x")).isEqualTo("Größe 🦄\u00a0x");
    assertThat(Printable.escaped("a\u202eb\u001b[2J\u200b"))
        .isEqualTo("a\\u202eb\\u001b[2J\\u200b");
    assertThat(Printable.escaped("\ud800")).isEqualTo("\\ud800");
  }

  @Test
  void blankIsWhatUnicodeCallsWhiteSpace() {
    assertThat(Printable.isBlank("")).isTrue();
    assertThat(Printable.isBlank(" \t\u00a0\u2003\u202f\u3000\u2028")).isTrue();
    assertThat(Printable.isBlank(" x")).isFalse();
  }
}
