package dev.tenet.spi;

import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.Identifier;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The policies that are compiled in, as functions of all tenants' expressions. What `tenet policies link` generates extends it.
public abstract class PolicyRegistry implements FunctionProvider {

  private static final Logger LOG = System.getLogger(PolicyRegistry.class.getName());

  /// In the units of the rule cost limit, besides the size of the input.
  private static final long COST = 10;

  private final List<Policy> policies;

  /// @param policies those that are linked
  /// @throws IllegalStateException naming a policy that cannot work, or whose name is none or taken
  protected PolicyRegistry(List<Policy> policies) {
    List<Policy> sorted = new ArrayList<>(policies);
    sorted.sort(Comparator.comparing(Policy::name));
    for (int i = 0; i < sorted.size(); i++) {
      check(sorted.get(i), i == 0 ? "" : sorted.get(i - 1).name());
    }
    this.policies = List.copyOf(sorted);
  }

  private static void check(Policy policy, String before) {
    String name = policy.name();
    Identifier.fault(name, "policy's name", Location.field("name"))
        .ifPresent(
            fault -> {
              throw new IllegalStateException(
                  "%s: %s".formatted(policy.getClass().getName(), fault.message()));
            });
    if (name.equals(before)) {
      throw new IllegalStateException("two policies are named " + name);
    }
    try {
      policy.validate();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "the policy %s cannot work: %s".formatted(name, e.getMessage()), e);
    }
  }

  /// {@return the policies by their names, sorted}
  public final List<Policy> policies() {
    return policies;
  }

  /// {@return what each policy makes of the input, by the policies' names, sorted; a policy that fails is logged and left out, and
  /// the others go on}
  public final Map<String, Map<String, Object>> executeAll(Map<String, ?> input) {
    Map<String, Map<String, Object>> results = new LinkedHashMap<>();
    for (Policy policy : policies) {
      try {
        results.put(policy.name(), policy.execute(input));
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, () -> "the policy %s failed".formatted(policy.name()), e);
      }
    }
    return Collections.unmodifiableMap(results);
  }

  /// {@return the policy of this name}
  public final Optional<Policy> policy(String name) {
    return policies.stream().filter(policy -> policy.name().equals(name)).findFirst();
  }

  @Override
  public final String name() {
    return "policies";
  }

  @Override
  public final List<Function> functions() {
    return policies.stream().map(PolicyRegistry::function).toList();
  }

  private static Function function(Policy policy) {
    return new Function(
        "policy." + policy.name(),
        List.of(new FieldType.Dyn()),
        new FieldType.MapOf(new FieldType.Dyn()),
        COST,
        arguments -> policy.execute(object(arguments.getFirst())));
  }

  @SuppressWarnings("unchecked") // plain objects have string keys
  private static Map<String, ?> object(Object input) {
    if (input instanceof Map<?, ?> map) {
      return (Map<String, ?>) map;
    }
    throw new IllegalArgumentException("the input must be an object.");
  }
}
