package dev.tenet.cel;

import static dev.tenet.cel.Meter.TEXT_PER_UNIT;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.tenet.application.evaluation.RuleCompiler.CostEstimate;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Quoted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Estimates the work of an expression from its shape, by what [Costs] and the nodes charge. Literals count with their
/// size.
///
/// The typical work is that of all parts, with lists and texts of ordinary size. The least work is what every evaluation
/// that gives a value does at least, in every executor: lists and texts of the facts are empty, loops that may stop do so
/// at once, of two alternatives the cheaper one runs, and conditions outside of loops have budgets of their own.
final class CostEstimator {

  private static final long ELEMENTS = 20;
  private static final long CHARACTERS = 64;
  private static final long PATTERN = 20;

  private static final Set<String> SEARCHES =
      Set.of("contains", "replace", "split", "indexOf", "lastIndexOf");

  private static final Set<String> FREE =
      Set.of(
          "!_",
          "@not_strictly_false",
          "_[_]",
          "_[?_]",
          "type",
          "size",
          "dyn",
          "optional.of",
          "value",
          "hasValue",
          "first",
          "last");
  private static final Set<String> KEEPS_SIZE =
      Set.of("reverse", "sort", "@sortByAssociatedKeys", "dyn");

  private final CelAbstractSyntaxTree ast;
  private final FunctionTable functions;
  private final ExpressionText texts;
  private final boolean least;
  private final Map<String, Long> variables = new HashMap<>();
  private int loops;

  private CostEstimator(CelAbstractSyntaxTree ast, FunctionTable functions, boolean least) {
    this.ast = ast;
    this.functions = functions;
    this.texts = new ExpressionText(ast);
    this.least = least;
  }

  /// {@return the typical work of an expression}
  static CostEstimate estimate(CelAbstractSyntaxTree ast, FunctionTable functions) {
    CostEstimator estimator = new CostEstimator(ast, functions, false);
    Work typical = estimator.work(ast.getExpr());
    return new CostEstimate(typical.total(), estimator.text(typical.dearest()));
  }

  /// {@return the units without which no evaluation of an expression gives a value}
  static long least(CelAbstractSyntaxTree ast, FunctionTable functions) {
    return new CostEstimator(ast, functions, true).work(ast.getExpr()).total();
  }

  /// {@return a fault when no evaluation of the expression can give a value within the limit}
  ///
  /// @param limit the units that an evaluation may do
  static Optional<Diagnostic> hopeless(
      CelAbstractSyntaxTree ast, SourceText source, FunctionTable functions, long limit) {
    CostEstimator estimator = new CostEstimator(ast, functions, true);
    Work work = estimator.work(ast.getExpr());
    if (work.total() <= limit) {
      return Optional.empty();
    }
    Work.Term dearest = work.dearest();
    return Optional.of(
        Diagnostic.error(
            "cost_hopeless",
            dearest == null ? source.whole() : source.place(ast, dearest.expr()),
            "The expression needs at least %d units of work whatever the facts are, most of them for %s; the limit is %d. Go through fewer elements."
                .formatted(work.total(), Quoted.text(estimator.text(dearest)), limit)));
  }

  /// {@return a warning when the typical work is over the limit}
  static Optional<Diagnostic> dear(CostEstimate estimate, SourceText source, long limit) {
    return estimate.typical() <= limit
        ? Optional.empty()
        : Optional.of(
            Diagnostic.warning(
                "cost_high",
                source.whole(),
                "With lists and texts of ordinary size the expression needs about %d units of work, most of them for %s; beyond the limit of %d it fails with cost_exceeded. Go through fewer elements."
                    .formatted(estimate.typical(), Quoted.text(estimate.dearest()), limit)));
  }

  private String text(Work.@Nullable Term term) {
    String text = texts.of(term == null ? ast.getExpr() : term.expr());
    String shown = text == null ? texts.of(ast.getExpr()) : text;
    return shown == null ? "" : shown;
  }

  private Work work(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> value(expr, 1).withSize(size(expr.constant()));
      case IDENT -> {
        Long known = variables.get(expr.ident().name());
        Work read = value(expr, 1);
        yield known == null ? read : read.withSize(known).reading(expr.ident().name());
      }
      case SELECT ->
          expr.select().testOnly()
              ? value(expr, 1)
              : value(expr, 1).and(work(expr.select().operand()));
      case CALL -> call(expr);
      case LIST ->
          all(value(expr, 1), expr.list().elements())
              .withSize(expr.list().elements().size() - expr.list().optionalIndices().size());
      case MAP ->
          all(value(expr, 1), Children.of(expr))
              .withSize(
                  expr.map().entries().stream().filter(entry -> !entry.optionalEntry()).count());
      case COMPREHENSION -> fold(expr, expr.comprehension());
      default -> value(expr, 1);
    };
  }

  /// {@return the work of something whose value has the size that is assumed for its type}
  private Work value(CelExpr expr, long units) {
    return Work.NONE.withUnits(units).withSize(assumed(kind(expr)));
  }

  private long assumed(CelKind kind) {
    if (least) {
      return 0;
    }
    return switch (kind) {
      case LIST, MAP -> ELEMENTS;
      case STRING, BYTES -> CHARACTERS;
      default -> 0;
    };
  }

  private static long size(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE -> constant.stringValue().length();
      case BYTES_VALUE -> constant.bytesValue().size();
      default -> 0;
    };
  }

  private CelKind kind(CelExpr expr) {
    return ast.getType(expr.id()).map(type -> type.kind()).orElse(CelKind.DYN);
  }

  private Work all(Work sum, List<CelExpr> parts) {
    Work total = sum;
    for (CelExpr part : parts) {
      total = with(total, part, work(part));
    }
    return total;
  }

  /// A condition outside of loops may be decided by itself, with a budget of its own.
  private Work with(Work sum, CelExpr part, Work more) {
    return mayStandApart(part) ? sum.andApart(more) : sum.and(more);
  }

  private boolean mayStandApart(CelExpr expr) {
    return least && loops == 0 && (kind(expr) == CelKind.BOOL || kind(expr) == CelKind.DYN);
  }

  private Work call(CelExpr expr) {
    String function = expr.call().function();
    List<CelExpr> operands = Children.of(expr);
    return switch (function) {
      case "_&&_", "_||_" -> connective(expr, operands.get(0), operands.get(1));
      case "_?_:_" -> {
        Work yes = work(operands.get(1));
        Work no = work(operands.get(2));
        Work chosen = least ? yes.or(no) : yes.and(no).withSize(Math.max(yes.size(), no.size()));
        Work choice = with(chosen, operands.get(0), work(operands.get(0)));
        yield mayStandApart(expr) ? Work.NONE.andApart(choice) : choice.withUnits(1);
      }
      case "_?._" -> value(expr, 1);
      case "or", "orValue" ->
          least ? value(expr, 1).and(work(operands.getFirst())) : all(value(expr, 1), operands);
      default -> function(expr, function, operands);
    };
  }

  /// Whichever operand decides may do so alone; but while a loop goes on, what it has found so far does not decide.
  private Work connective(CelExpr expr, CelExpr left, CelExpr right) {
    if (!least || isInternal(left)) {
      return all(value(expr, 1), List.of(left, right));
    }
    Work cheaper = work(left).or(work(right));
    return mayStandApart(expr) ? Work.NONE.andApart(cheaper) : value(expr, 1).and(cheaper);
  }

  private static boolean isInternal(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.IDENT && expr.ident().name().startsWith("@");
  }

  private Work function(CelExpr expr, String function, List<CelExpr> operands) {
    Work sum = value(expr, 1);
    Work[] parts = new Work[operands.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = work(operands.get(i));
      sum = with(sum, operands.get(i), parts[i]);
    }
    long own = own(function, operands, parts);
    Work done = sum.withUnits(own);
    if (function.equals("lists.range") && isInteger(operands.getFirst())) {
      done = done.withSize(own);
    } else if (KEEPS_SIZE.contains(function)) {
      done = done.withSize(parts[0].size());
    } else if (function.equals("_+_") && isSized(expr)) {
      done = done.withSize(Work.plus(parts[0].size(), parts[1].size()));
    }
    return considered(done, expr, Work.plus(1, own));
  }

  private Work considered(Work work, CelExpr part, long weight) {
    Work.Term dearest = work.dearest();
    return (dearest == null || weight > dearest.weight()) && texts.isWritten(part)
        ? work.considering(part, weight)
        : work;
  }

  private static boolean isInteger(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expr.constant().getKind() == CelConstant.Kind.INT64_VALUE;
  }

  private boolean isSized(CelExpr expr) {
    return kind(expr) == CelKind.LIST || isText(expr);
  }

  private boolean isText(CelExpr expr) {
    return kind(expr) == CelKind.STRING || kind(expr) == CelKind.BYTES;
  }

  /// {@return what a function charges besides the unit for the call}
  private long own(String function, List<CelExpr> operands, Work[] parts) {
    if (FREE.contains(function)) {
      return 0;
    }
    if (SEARCHES.contains(function)) {
      return searching(parts[0].size(), parts[1].size());
    }
    return switch (function) {
      case "_==_", "_!=_" ->
          least
              ? 1
              : Work.plus(
                  1, Math.min(units(operands.get(0), parts[0]), units(operands.get(1), parts[1])));
      case "@in" ->
          least ? Math.min(1, units(operands.get(1), parts[1])) : units(operands.get(1), parts[1]);
      case "_+_" -> {
        long added = units(operands.get(1), parts[1]);
        yield switch (kind(operands.getFirst())) {
          case LIST -> Work.plus(1, added);
          case STRING, BYTES -> Work.plus(units(operands.get(0), parts[0]), added);
          default -> 0;
        };
      }
      case "lists.range" ->
          isInteger(operands.getFirst())
              ? Math.max(0, operands.getFirst().constant().int64Value())
              : assumed(CelKind.LIST);
      case "sort" -> sorting(units(operands.get(0), parts[0]));
      case "@sortByAssociatedKeys" -> sorting(units(operands.get(1), parts[1]));
      case "join" -> {
        long separator = parts.length > 1 ? parts[1].size() : 0;
        yield Work.product(units(operands.get(0), parts[0]), 1 + separator / TEXT_PER_UNIT);
      }
      case "distinct", "flatten" -> Work.plus(1, units(operands.get(0), parts[0]));
      case "sets.contains", "sets.equivalent", "sets.intersects" -> {
        long first = units(operands.get(0), parts[0]);
        long second = units(operands.get(1), parts[1]);
        yield Work.product(Work.plus(2, Work.plus(first, second)), Math.min(first, second));
      }
      case "matches", "regex.extract", "regex.extractAll", "regex.replace" ->
          Work.product(parts[0].size() + 1, program(operands.get(1))) / Costs.REGEX_STEPS_PER_UNIT;
      default -> {
        long sizes = functions.extensionCost(function);
        for (int i = 0; i < parts.length; i++) {
          sizes = Work.plus(sizes, units(operands.get(i), parts[i]));
        }
        yield sizes;
      }
    };
  }

  private static long searching(long text, long searched) {
    return Work.plus(
        text / TEXT_PER_UNIT, Work.product(text, searched) / Costs.SCANNED_PAIRS_PER_UNIT);
  }

  private static long sorting(long elements) {
    return Work.product(Work.plus(1, elements), Costs.logarithm(elements));
  }

  /// {@return the size of the program of a regular expression}
  private long program(CelExpr pattern) {
    if (!isText(pattern) || pattern.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return least ? 0 : PATTERN;
    }
    return Regexes.known(pattern.constant().stringValue())
        .map(known -> (long) known.programSize())
        .orElse(0L);
  }

  /// {@return the units for going through an operand: as many as it has elements, or eighths of characters}
  private long units(CelExpr operand, Work work) {
    CelKind kind = kind(operand);
    return kind == CelKind.LIST || kind == CelKind.MAP ? work.size() : work.size() / TEXT_PER_UNIT;
  }

  private Work fold(CelExpr expr, CelExpr.CelComprehension fold) {
    Work start = work(fold.accuInit());
    Map<String, Long> outer = new HashMap<>(variables);
    Work whole = SyntaxLimits.bindsOnly(fold) ? bound(fold, start) : loop(expr, fold, start);
    variables.clear();
    variables.putAll(outer);
    return whole;
  }

  /// A bound value is computed when it is first read.
  private Work bound(CelExpr.CelComprehension fold, Work start) {
    variables.put(fold.accuVar(), start.size());
    Work result = work(fold.result());
    Work whole = least && !result.reads().contains(fold.accuVar()) ? result : result.and(start);
    return whole.without(fold.accuVar()).withUnits(2);
  }

  private Work loop(CelExpr expr, CelExpr.CelComprehension fold, Work start) {
    Work range = work(fold.iterRange());
    variables.remove(fold.iterVar());
    variables.remove(fold.iterVar2());
    variables.put(fold.accuVar(), start.size());
    loops++;
    Work each = work(fold.loopCondition()).and(work(fold.loopStep())).withUnits(1);
    loops--;
    boolean known = least || kind(fold.iterRange()) != CelKind.DYN;
    long most = known ? units(fold.iterRange(), range) : ELEMENTS;
    long steps = least && mayStop(fold) ? Math.min(1, most) : most;
    Work all = steps == 0 ? Work.NONE : each.times(steps);
    long size = Work.plus(start.size(), Work.product(steps, growth(fold)));
    variables.put(fold.accuVar(), size);
    Work result = work(fold.result());
    Work whole = all.and(range).and(start).and(result).without(fold.accuVar());
    return considered(whole.withUnits(1).withSize(result.size()), expr, all.units());
  }

  private static boolean mayStop(CelExpr.CelComprehension fold) {
    CelExpr condition = fold.loopCondition();
    return condition.getKind() != CelExpr.ExprKind.Kind.CONSTANT;
  }

  /// {@return by how many elements the result of a loop grows with each step}
  private long growth(CelExpr.CelComprehension fold) {
    CelExpr step = fold.loopStep();
    if (step.getKind() == CelExpr.ExprKind.Kind.CALL
        && step.call().function().equals("_?_:_")
        && !least) {
      step = step.call().args().get(1);
    }
    return step.getKind() == CelExpr.ExprKind.Kind.CALL
            && step.call().function().equals("_+_")
            && step.call().args().get(1).getKind() == CelExpr.ExprKind.Kind.LIST
        ? step.call().args().get(1).list().elements().size()
        : 0;
  }
}
