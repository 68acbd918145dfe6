package dev.tenet.cel.bytecode;

import dev.tenet.cel.bytecode.ShapeCode.Literals;
import dev.tenet.cel.index.Residuals;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Conditions that are evaluated shape by shape. Immutable.
final class ShapedResiduals implements Residuals {

  /// Those conditions of a block that have the same shape.
  ///
  /// @param members which ones, as bits
  /// @param first the number of the first of them among all conditions of the shape
  private record Run(ShapeCode code, Literals literals, long members, int first) {

    long holding(long wanted, Slots slots) {
      return code.holding(wanted, members, first, literals, slots);
    }
  }

  /// Up to how many shapes a condition may have code of its own: it is faster than shared code, but each class keeps the JIT
  /// busy.
  private static final int FEW_SHAPES = 16;

  private final Run[][] runs;

  /// The conditions without code.
  private final Residuals others;

  /// Which conditions of each block have no code, as bits.
  private final long[] withoutCode;

  private ShapedResiduals(Run[][] runs, Residuals others, long[] withoutCode) {
    this.runs = runs;
    this.others = others;
    this.withoutCode = withoutCode;
  }

  /// The conditions of one shape, by number.
  private static final class Group {
    final Shape shape;
    final List<Integer> numbers = new ArrayList<>();
    final List<Condition> conditions = new ArrayList<>();
    final List<Long> integers = new ArrayList<>();
    final List<Double> reals = new ArrayList<>();
    final List<Object> objects = new ArrayList<>();

    Group(Shape shape) {
      this.shape = shape;
    }

    void add(int number, Condition condition, Shape literals) {
      numbers.add(number);
      conditions.add(condition);
      integers.addAll(literals.integers());
      reals.addAll(literals.reals());
      objects.addAll(literals.objects());
    }

    CodeCompiler.Use use(int groups) {
      if (conditions.size() > 1) {
        return CodeCompiler.Use.MANY;
      }
      return groups <= FEW_SHAPES ? CodeCompiler.Use.ONLY_THIS : CodeCompiler.Use.ONE;
    }

    Literals literals() {
      return new Literals(
          integers.stream().mapToLong(i -> i).toArray(),
          reals.stream().mapToDouble(d -> d).toArray(),
          objects.toArray(),
          conditions.toArray(Condition[]::new));
    }
  }

  static Residuals of(List<? extends @Nullable Condition> conditions, CodeCompiler compiler) {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (int number = 0; number < conditions.size(); number++) {
      Condition condition = conditions.get(number);
      if (condition != null) {
        Shape shape = Shape.of(condition);
        groups
            .computeIfAbsent(shape.text(), text -> new Group(shape))
            .add(number, condition, shape);
      }
    }
    int blocks = (conditions.size() + Long.SIZE - 1) / Long.SIZE;
    List<List<Run>> runs = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      runs.add(new ArrayList<>());
    }
    long[] withoutCode = new long[blocks];
    for (Group group : groups.values()) {
      ShapeCode code =
          compiler.code(group.shape, group.conditions.getFirst(), group.use(groups.size()));
      if (code == null) {
        group.numbers.forEach(number -> withoutCode[number / Long.SIZE] |= 1L << number);
      } else {
        addRuns(group, code, runs);
      }
    }
    if (blocks == 1 && runs.getFirst().size() == 1 && withoutCode[0] == 0) {
      Run only = runs.getFirst().getFirst();
      return (block, wanted, slots) -> only.holding(wanted, slots);
    }
    return new ShapedResiduals(
        runs.stream().map(each -> each.toArray(Run[]::new)).toArray(Run[][]::new),
        Residuals.of(conditions),
        withoutCode);
  }

  private static void addRuns(Group group, ShapeCode code, List<List<Run>> runs) {
    Literals literals = group.literals();
    int first = 0;
    while (first < group.numbers.size()) {
      int block = group.numbers.get(first) / Long.SIZE;
      long members = 0;
      int next = first;
      while (next < group.numbers.size() && group.numbers.get(next) / Long.SIZE == block) {
        members |= 1L << group.numbers.get(next);
        next++;
      }
      runs.get(block).add(new Run(code, literals, members, first));
      first = next;
    }
  }

  @Override
  public long holding(int block, long wanted, Slots slots) {
    long holding = 0;
    for (Run run : runs[block]) {
      long those = wanted & run.members;
      if (those != 0) {
        holding |= run.holding(those, slots);
      }
    }
    long rest = wanted & withoutCode[block];
    return rest == 0 ? holding : holding | others.holding(block, rest, slots);
  }
}
