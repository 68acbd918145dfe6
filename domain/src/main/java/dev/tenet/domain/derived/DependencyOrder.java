package dev.tenet.domain.derived;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The order in which derived fields can be computed: each after those it uses.
///
/// @param order the names in none of the cycles, each after its dependencies, otherwise in the order given; what uses a
///     name in a cycle stands here, too
/// @param cycles closed paths such as `[a, b, a]`: at least one for each knot of names that use one another
public record DependencyOrder(List<String> order, List<List<String>> cycles) {

  public DependencyOrder {
    order = List.copyOf(order);
    cycles = List.copyOf(cycles);
  }

  /// {@return the order of the fields}
  ///
  /// @param uses for each field, the names of the fields it uses; other names are ignored; iterated in order
  public static DependencyOrder of(Map<String, Set<String>> uses) {
    List<String> order = new ArrayList<>();
    Set<String> done = new HashSet<>();
    List<List<String>> cycles = new ArrayList<>();
    Set<String> inCycle = new HashSet<>();
    for (String root : uses.keySet()) {
      if (!done.contains(root)) {
        visit(root, uses, done, order, cycles, inCycle);
      }
    }
    order.removeAll(inCycle);
    return new DependencyOrder(order, cycles);
  }

  private record Step(String name, List<String> uses, int next) {}

  /// Depth first with a stack of our own: chains may be longer than the thread's stack is deep.
  private static void visit(
      String root,
      Map<String, Set<String>> uses,
      Set<String> done,
      List<String> order,
      List<List<String>> cycles,
      Set<String> inCycle) {
    Deque<Step> stack = new ArrayDeque<>();
    Set<String> path = new LinkedHashSet<>();
    stack.push(new Step(root, known(root, uses), 0));
    path.add(root);
    while (!stack.isEmpty()) {
      Step step = stack.pop();
      if (step.next() == step.uses().size()) {
        path.remove(step.name());
        done.add(step.name());
        order.add(step.name());
        continue;
      }
      stack.push(new Step(step.name(), step.uses(), step.next() + 1));
      String used = step.uses().get(step.next());
      if (path.contains(used)) {
        List<String> cycle = new ArrayList<>(path);
        cycle = new ArrayList<>(cycle.subList(cycle.indexOf(used), cycle.size()));
        inCycle.addAll(cycle);
        cycle.add(used);
        cycles.add(List.copyOf(cycle));
      } else if (!done.contains(used)) {
        stack.push(new Step(used, known(used, uses), 0));
        path.add(used);
      }
    }
  }

  private static List<String> known(String name, Map<String, Set<String>> uses) {
    return uses.getOrDefault(name, Set.of()).stream().filter(uses::containsKey).sorted().toList();
  }
}
