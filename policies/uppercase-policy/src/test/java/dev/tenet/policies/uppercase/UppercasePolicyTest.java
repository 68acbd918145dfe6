package dev.tenet.policies.uppercase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UppercasePolicyTest {

  @Test
  void textsAreInUpperCaseAndTheRestStays() {
    Map<String, Object> input =
        Map.of("name", "ada", "tags", List.of("a", "b"), "mixed", List.of("a", 1L), "age", 7L);

    Map<String, Object> result = new UppercasePolicy().execute(input);

    assertThat(result)
        .containsEntry("policy", "uppercase_policy")
        .containsEntry("action", "uppercase transformation")
        .containsEntry("input", input)
        .containsEntry(
            "output",
            Map.of("name", "ADA", "tags", List.of("A", "B"), "mixed", List.of("a", 1L), "age", 7L));
  }
}
