package dev.tenet.policies.validator;

import dev.tenet.spi.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Says whether an object has what every message has. That it has not is a result like any other.
public final class ValidatorPolicy implements Policy {

  private static final List<String> REQUIRED = List.of("message", "data");

  @Override
  public String name() {
    return "validator_policy";
  }

  @Override
  public Map<String, Object> execute(Map<String, ?> input) {
    Predicate<String> there = field -> input.get(field) != null;
    List<String> valid = REQUIRED.stream().filter(there).toList();
    List<String> missing = REQUIRED.stream().filter(there.negate()).toList();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("status", missing.isEmpty() ? "PASSED" : "FAILED");
    result.put("required_fields", REQUIRED);
    result.put("valid_fields", valid);
    result.put("missing_fields", missing);
    result.put(
        "message",
        missing.isEmpty()
            ? "All required fields are present."
            : "Missing: " + String.join(", ", missing) + ".");
    return result;
  }
}
