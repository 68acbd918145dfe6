package dev.tenet.domain.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentifierTest {

  static final List<String> RESERVED =
      List.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private static Optional<Diagnostic> fault(String name) {
    return Identifier.fault(name, "field name", Location.field("User." + name));
  }

  private static Optional<String> code(String name) {
    return fault(name).map(Diagnostic::code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "A9", "_1", "account_balance", "True", "IN", "inn", "now"})
  void takesIdentifiers(String name) {
    assertThat(fault(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1", "9a", "a b", " a", "a ", "a-b", "a.b", "a\n", "\na", "ä", "aé", "Ａ", "а", "a\0", "🦄",
        "\uD83E", "a'b", "a\"b", "a;--", "$a", "@", "[", "`", "{", "/", ":"
      })
  void refusesOtherCharacters(String name) {
    assertThat(code(name)).contains("identifier_invalid");
    assertThat(fault(name).orElseThrow().message())
        .startsWith("The field name ")
        .contains("for example \"account_balance\"");
  }

  @ParameterizedTest
  @FieldSource("RESERVED")
  void refusesReservedWords(String word) {
    assertThat(code(word)).contains("identifier_reserved");
    assertThat(fault(word).orElseThrow().message())
        .contains("\"" + word + "\"")
        .contains("reserved")
        .contains("\"" + word + "_\"");
  }

  @Test
  void knows21ReservedWords() {
    assertThat(Identifier.RESERVED).containsExactlyInAnyOrderElementsOf(RESERVED).hasSize(21);
  }

  @Test
  void takes1To100Characters() {
    assertThat(code("")).contains("identifier_empty");
    assertThat(code("x")).isEmpty();
    assertThat(code("x".repeat(99))).isEmpty();
    assertThat(code("x".repeat(100))).isEmpty();
    assertThat(code("x".repeat(101))).contains("identifier_too_long");
    assertThat(fault("x".repeat(101)).orElseThrow().message())
        .contains("101 characters")
        .contains("100 ");
    assertThat(code("x".repeat(1_000_000))).contains("identifier_too_long");
  }
}
