package dev.tenet.policies.validator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValidatorPolicyTest {

  @Test
  void saysWhatIsMissing() {
    assertThat(new ValidatorPolicy().execute(Map.of("message", "hello")))
        .containsEntry("status", "FAILED")
        .containsEntry("valid_fields", List.of("message"))
        .containsEntry("missing_fields", List.of("data"))
        .containsEntry("message", "Missing: data.");
    assertThat(new ValidatorPolicy().execute(Map.of("message", "hello", "data", Map.of())))
        .containsEntry("status", "PASSED");
  }
}
