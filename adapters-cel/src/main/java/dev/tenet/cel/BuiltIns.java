package dev.tenet.cel;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The functions that Tenet does itself, because cel-java's own would change a list in place, compile a regular
/// expression at each call, or take quadratic time.
final class BuiltIns {

  private BuiltIns() {}

  static List<Overload> overloads() {
    return List.of(
        SortBy.overload(),
        new Overload(
            "add_list",
            List.of(List.class, List.class),
            Costs.of("add_list"),
            (values, meter) -> AppendableList.concat((List<?>) values[0], (List<?>) values[1])),
        matches("matches"),
        matches("matches_string"),
        new Overload(
            "list_distinct",
            List.of(Collection.class),
            Costs.of("list_distinct"),
            (values, meter) -> distinct((Collection<?>) values[0], meter)),
        new Overload(
            "list_reverse",
            List.of(Collection.class),
            Costs.of("list_reverse"),
            (values, meter) -> ImmutableList.copyOf((Collection<?>) values[0]).reverse()));
  }

  private static Overload matches(String id) {
    return new Overload(
        id,
        List.of(String.class, String.class),
        Costs.of(id),
        (values, meter) ->
            Regexes.compile((String) values[1], meter).matcher((String) values[0]).find());
  }

  private static List<Object> distinct(Collection<?> list, Meter meter) {
    List<Object> distinct = new ArrayList<>();
    List<Object> aggregates = new ArrayList<>();
    Set<Object> scalars = new HashSet<>();
    for (Object element : list) {
      boolean aggregate =
          element instanceof Collection
              || element instanceof Map
              || element instanceof Struct
              || element instanceof Optional;
      if (aggregate
          ? !Equality.contains(aggregates, element, meter)
          : scalars.add(Equality.canonical(element))) {
        distinct.add(element);
        if (aggregate) {
          aggregates.add(element);
        }
      }
    }
    return distinct;
  }
}
