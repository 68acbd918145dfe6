package dev.tenet.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CataloguesTest {

  private static final Catalogues CATALOGUES = Catalogues.present();

  private static boolean german(String acceptLanguage) {
    return CATALOGUES.translation("tenant_not_found", acceptLanguage).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "de",
        "DE",
        "de-AT",
        "de-Latn-CH-1996",
        "en;q=0.5, de;q=0.9",
        "en;q=0.5,\tde ; q=0.9",
        "de, en",
        "fr, de;q=0.1",
        "fr;q=1.0, de;q=0.001, en;q=0",
        "*;q=0.5, de;q=0.6",
        "en;q=0, *",
        "de, *;q=0",
        "!!!, de",
        "de, \u00ff\u0000, en",
        "de;q=0.9, en;q=2"
      })
  void germanIsPreferred(String acceptLanguage) {
    assertThat(german(acceptLanguage)).isTrue();
    assertThat(CATALOGUES.translation("tenant_not_found", acceptLanguage).orElseThrow())
        .returns("de", Translation::language)
        .returns("Mandant nicht gefunden", Translation::title);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "en",
        "en-GB",
        "en, de",
        "de;q=0.5, en;q=0.9",
        "de;q=0.5, *",
        "*",
        "de;q=0",
        "de;q=0, *",
        "*;q=0",
        "fr",
        "dex",
        "d",
        "tlh-Latn, x-klingon",
        "de;q=1.5",
        "de;q=-1",
        "de;q=abc",
        "de_AT",
        ",,,;;;",
        "accept-language: de",
        "../de",
        "de%00"
      })
  void englishStays(String acceptLanguage) {
    assertThat(german(acceptLanguage)).isFalse();
  }

  @Test
  void aCodeWithoutAnEntryStaysEnglish() {
    assertThat(CATALOGUES.translation("of_an_extension", "de")).isEmpty();
  }

  @Test
  void lengthAndNumberAreBounded() {
    assertThat(german("de" + " ".repeat(AcceptedLanguages.LONGEST_HEADER - 2))).isTrue();
    assertThat(german("de" + " ".repeat(AcceptedLanguages.LONGEST_HEADER - 1))).isFalse();
    assertThat(german("fr,".repeat(AcceptedLanguages.MOST_RANGES - 1) + "de")).isTrue();
    assertThat(german("fr,".repeat(AcceptedLanguages.MOST_RANGES) + "de")).isFalse();
  }

  @Test
  void nothingFails() {
    String characters = "aAdDeEnN019*-_;,=q. \t\u00e4\"";
    var random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      var header = new StringBuilder();
      for (int length = random.nextInt(60); length > 0; length--) {
        header.append(characters.charAt(random.nextInt(characters.length())));
      }
      assertThat(CATALOGUES.translation("internal_error", header.toString())).isNotNull();
    }
  }
}
