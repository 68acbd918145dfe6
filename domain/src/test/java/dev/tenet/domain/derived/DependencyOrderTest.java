package dev.tenet.domain.derived;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DependencyOrderTest {

  /// `uses("a", "b c", "b", "")`: a uses b and c, b uses nothing.
  private static Map<String, Set<String>> uses(String... pairs) {
    Map<String, Set<String>> uses = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      uses.put(pairs[i], pairs[i + 1].isEmpty() ? Set.of() : Set.of(pairs[i + 1].split(" ", -1)));
    }
    return uses;
  }

  @Test
  void keepsTheOrderGivenWhereNothingDepends() {
    assertThat(DependencyOrder.of(uses("c", "", "a", "", "b", "")).order())
        .containsExactly("c", "a", "b");
    assertThat(DependencyOrder.of(Map.of())).isEqualTo(new DependencyOrder(List.of(), List.of()));
  }

  @Test
  void putsEachAfterWhatItUses() {
    assertThat(DependencyOrder.of(uses("a", "b", "b", "c", "c", "")).order())
        .containsExactly("c", "b", "a");
    assertThat(
            DependencyOrder.of(
                uses("top", "left right", "left", "base", "right", "base", "base", "")))
        .isEqualTo(new DependencyOrder(List.of("base", "left", "right", "top"), List.of()));
  }

  @Test
  void ignoresNamesThatAreNoFields() {
    assertThat(DependencyOrder.of(uses("a", "User.Age b", "b", "Transaction")).order())
        .containsExactly("b", "a");
  }

  @Test
  void findsAFieldThatUsesItself() {
    DependencyOrder order = DependencyOrder.of(uses("a", "a", "b", ""));

    assertThat(order.cycles()).containsExactly(List.of("a", "a"));
    assertThat(order.order()).containsExactly("b");
  }

  @Test
  void findsACycleAsAClosedPath() {
    DependencyOrder order = DependencyOrder.of(uses("x", "a", "a", "b", "b", "c", "c", "a"));

    assertThat(order.cycles()).containsExactly(List.of("a", "b", "c", "a"));
    assertThat(order.order()).containsExactly("x");
  }

  @Test
  void findsSeveralCycles() {
    DependencyOrder order =
        DependencyOrder.of(
            uses("a", "b", "b", "a", "ok", "", "c", "d", "d", "c", "e", "e", "f", "ok a"));

    assertThat(order.cycles())
        .containsExactly(List.of("a", "b", "a"), List.of("c", "d", "c"), List.of("e", "e"));
    assertThat(order.order()).containsExactly("ok", "f");
  }

  @Test
  void findsCyclesThatShareAField() {
    assertThat(DependencyOrder.of(uses("a", "b", "b", "a c", "c", "b")).cycles())
        .containsExactly(List.of("a", "b", "a"), List.of("b", "c", "b"));
  }

  @Test
  void ordersAChainOf10000WhicheverEndComesFirst() {
    Map<String, Set<String>> forward = new LinkedHashMap<>();
    Map<String, Set<String>> backward = new LinkedHashMap<>();
    for (int i = 0; i < 10_000; i++) {
      forward.put("f" + i, i == 9_999 ? Set.of() : Set.of("f" + (i + 1)));
      backward.put("f" + i, i == 0 ? Set.of() : Set.of("f" + (i - 1)));
    }

    assertThat(DependencyOrder.of(forward).order())
        .hasSize(10_000)
        .startsWith("f9999")
        .endsWith("f0");
    assertThat(DependencyOrder.of(backward).order())
        .hasSize(10_000)
        .startsWith("f0")
        .endsWith("f9999");
    forward.put("f9999", Set.of("f0"));
    assertThat(DependencyOrder.of(forward).order()).isEmpty();
    assertThat(DependencyOrder.of(forward).cycles().getFirst()).hasSize(10_001);
  }

  @Test
  void holdsForGraphsAtRandom() {
    var random = new SplittableRandom(11);
    for (int round = 0; round < 2_000; round++) {
      Map<String, Set<String>> uses = graph(random);
      DependencyOrder order = DependencyOrder.of(uses);

      Set<String> inCycles = new HashSet<>();
      order.cycles().forEach(inCycles::addAll);
      assertThat(order.order()).doesNotHaveDuplicates().noneMatch(inCycles::contains);
      assertThat(order.order().size() + inCycles.size()).isEqualTo(uses.size());
      order.cycles().forEach(cycle -> assertClosed(cycle, uses));
      if (order.cycles().isEmpty()) {
        assertThat(eachAfterWhatItUses(order.order(), uses)).isTrue();
      }
    }
  }

  private static Map<String, Set<String>> graph(SplittableRandom random) {
    Map<String, Set<String>> uses = new LinkedHashMap<>();
    int fields = random.nextInt(1, 9);
    for (int i = 0; i < fields; i++) {
      Set<String> used = new LinkedHashSet<>();
      for (int j = 0; j < random.nextInt(3); j++) {
        used.add("f" + random.nextInt(fields));
      }
      uses.put("f" + i, used);
    }
    return uses;
  }

  private static void assertClosed(List<String> cycle, Map<String, Set<String>> uses) {
    assertThat(cycle.getFirst()).isEqualTo(cycle.getLast());
    for (int i = 1; i < cycle.size(); i++) {
      assertThat(requireNonNull(uses.get(cycle.get(i - 1)))).contains(cycle.get(i));
    }
  }

  private static boolean eachAfterWhatItUses(List<String> order, Map<String, Set<String>> uses) {
    Set<String> before = new HashSet<>();
    for (String name : order) {
      if (!before.containsAll(requireNonNull(uses.get(name)))) {
        return false;
      }
      before.add(name);
    }
    return true;
  }
}
