package dev.tenet.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which policies may be together, and what becomes of one that fails.
class PolicyRegistryTest {

  private record Echo(String name, boolean works) implements Policy {
    @Override
    public Map<String, Object> execute(Map<String, ?> input) {
      if (input.isEmpty()) {
        throw new IllegalArgumentException("there is nothing.");
      }
      return Map.of("by", name);
    }

    @Override
    public void validate() {
      if (!works) {
        throw new IllegalStateException("no key");
      }
    }
  }

  private record Broken(String name) implements Policy {
    @Override
    public Map<String, Object> execute(Map<String, ?> input) {
      throw new IllegalStateException("broken");
    }
  }

  private static final class Registry extends PolicyRegistry {
    Registry(Policy... policies) {
      super(List.of(policies));
    }
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthers() {
    var registry = new Registry(new Echo("b", true), new Broken("c"), new Echo("a", true));

    assertThat(registry.executeAll(Map.of("x", 1L))).containsOnlyKeys("a", "b");
    assertThat(registry.policies()).extracting(Policy::name).containsExactly("a", "b", "c");
  }

  @Test
  void eachIsAFunction() {
    Function function = new Registry(new Echo("a", true)).functions().getFirst();

    assertThat(function.name()).isEqualTo("policy.a");
    assertThat(function.body().call(List.of(Map.of("x", 1L)))).isEqualTo(Map.of("by", "a"));
    assertThatThrownBy(() -> function.body().call(List.of("text")))
        .hasMessage("the input must be an object.");
  }

  @Test
  void whatCannotWorkIsNamed() {
    assertThatThrownBy(() -> new Registry(new Echo("a", true), new Echo("a", true)))
        .hasMessage("two policies are named a");
    assertThatThrownBy(() -> new Registry(new Echo("a", false)))
        .hasMessage("the policy a cannot work: no key");
    assertThatThrownBy(() -> new Registry(new Echo("a-b", true)))
        .hasMessageContaining("is not a valid identifier");
  }
}
