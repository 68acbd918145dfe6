package dev.tenet.domain.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuotedTest {

  @Test
  void quotes() {
    assertThat(Quoted.text("User.Age")).isEqualTo("\"User.Age\"");
    assertThat(Quoted.text("")).isEqualTo("\"\"");
    assertThat(Quoted.text("Größe 🦄")).isEqualTo("\"Größe 🦄\"");
  }

  @Test
  void escapesWhatCannotBeSeen() {
    assertThat(Quoted.text("a\nb\0\u007f")).isEqualTo("\"a\\u000ab\\u0000\\u007f\"");
    assertThat(Quoted.text("\uD800x\uDC00")).isEqualTo("\"\\ud800x\\udc00\"");
    assertThat(Quoted.text("\u202E\u2028\u2029\u200B\uFEFF"))
        .isEqualTo("\"\\u202e\\u2028\\u2029\\u200b\\ufeff\"");
  }

  @ParameterizedTest
  @CsvSource({"59,false", "60,false", "61,true", "1000000,true"})
  void cutsAfter60Characters(int length, boolean cut) {
    String quoted = Quoted.text("x".repeat(length));

    assertThat(quoted).isEqualTo("\"" + "x".repeat(Math.min(60, length)) + (cut ? "…\"" : "\""));
  }

  @Test
  void neverCutsACharacterInTwo() {
    assertThat(Quoted.text("🦄".repeat(61))).isEqualTo("\"" + "🦄".repeat(60) + "…\"");
  }
}
