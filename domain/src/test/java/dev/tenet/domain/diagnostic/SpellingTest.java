package dev.tenet.domain.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingTest {

  private static final List<String> KNOWN =
      List.of("Transaction", "User", "isCanadian", "Age", "Amount", "bool", "float64");

  @ParameterizedTest
  @CsvSource({
    "Usr,User", "user,User", "USERS,User", "Transation,Transaction", "Trnsactoin,Transaction",
    "isCandian,isCanadian", "ag,Age", "Ammount,Amount", "Bool,bool", "flot64,float64"
  })
  void findsWhatWasMeant(String word, String meant) {
    assertThat(Spelling.nearest(word, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"Merchant", "xyz", "CustomType", "Usxxr", "T"})
  void saysNothingWhenTooMuchDiffers(String word) {
    assertThat(Spelling.nearest(word, KNOWN)).isEmpty();
  }

  @Test
  void takesTheNearestAndThenTheAlphabeticallyFirst() {
    assertThat(Spelling.nearest("amount", List.of("amounts", "amount2", "amount")))
        .contains("amount");
    assertThat(Spelling.nearest("cat", List.of("rat", "bat", "hat"))).contains("bat");
    assertThat(Spelling.nearest("cat", List.of("bat", "rat", "hat"))).contains("bat");
  }

  @Test
  void takesHostileWords() {
    assertThat(Spelling.nearest("", KNOWN)).isEmpty();
    assertThat(Spelling.nearest("x".repeat(1_000_000), List.of("x".repeat(1_000_000)))).isEmpty();
    assertThat(Spelling.nearest("Usr", List.of())).isEmpty();
    assertThat(Spelling.nearest("\uD800", KNOWN)).isEmpty();
  }
}
