package dev.tenet.domain.governance;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a tenant may use, as lists of what is allowed. A list that is not there allows everything.
///
/// @param lists none of them empty
public record Policy(SortedMap<PolicyList, List<String>> lists) {

  /// Everything is allowed.
  public static final Policy OPEN = new Policy(new TreeMap<>());

  public Policy {
    SortedMap<PolicyList, List<String>> copy = new TreeMap<>();
    lists.forEach((list, allowed) -> copy.put(list, List.copyOf(allowed)));
    copy.values().removeIf(List::isEmpty);
    lists = Collections.unmodifiableSortedMap(copy);
  }

  /// {@return whether the policy allows this}
  ///
  /// @param value what a request or an expression uses; an empty one is allowed
  public boolean allows(PolicyList list, String value) {
    List<String> allowed = lists.get(list);
    return allowed == null
        || value.isEmpty()
        || allowed.stream().anyMatch(entry -> matches(list, entry, value));
  }

  private static boolean matches(PolicyList list, String entry, String value) {
    boolean prefix = list == PolicyList.PATHS && entry.endsWith("*");
    return prefix ? value.startsWith(entry.substring(0, entry.length() - 1)) : entry.equals(value);
  }

  /// {@return this policy with other lists}
  ///
  /// @param revised an empty list allows everything; a list that is not among them stays as it is
  public Policy with(Map<PolicyList, List<String>> revised) {
    Map<PolicyList, List<String>> all = new EnumMap<>(PolicyList.class);
    all.putAll(lists);
    all.putAll(revised);
    return new Policy(new TreeMap<>(all));
  }
}
