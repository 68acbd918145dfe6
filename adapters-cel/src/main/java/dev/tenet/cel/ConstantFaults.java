package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.tenet.cel.plan.TimeLimit;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Finds what fails whatever the facts are, because of the literals in it: `timestamp('x')`, `User.Age / 0`, `User.Tags[-1]`.
///
/// Only literals are looked at and no other expressions, however constant: `1/0` is a mistake, `dyn(1)/0` may be meant.
final class ConstantFaults {

  /// Functions whose second operand is a regular expression.
  private static final Set<String> TAKES_PATTERN =
      Set.of("matches", "regex.extract", "regex.extractAll", "regex.replace");

  private static final long MOST_WORK = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final CelAbstractSyntaxTree ast;
  private final SourceText source;
  private final FunctionTable functions;
  private final List<Diagnostic> faults = new ArrayList<>();

  private ConstantFaults(CelAbstractSyntaxTree ast, SourceText source, FunctionTable functions) {
    this.ast = ast;
    this.source = source;
    this.functions = functions;
  }

  static List<Diagnostic> check(
      CelAbstractSyntaxTree ast, SourceText source, FunctionTable functions) {
    var check = new ConstantFaults(ast, source, functions);
    check.visit(ast.getExpr());
    return check.faults;
  }

  private void visit(CelExpr expr) {
    switch (expr.getKind()) {
      case CALL -> visit(expr, expr.call());
      case MAP -> visit(expr.map());
      default -> {}
    }
    Children.of(expr).forEach(this::visit);
  }

  private void visit(CelExpr.CelMap map) {
    Map<Object, Object> keys = new HashMap<>();
    for (CelExpr.CelMap.Entry entry : map.entries()) {
      if (isConstant(entry.key())) {
        Object key = TreePlanner.value(entry.key().constant());
        if (Equality.find(keys, key) != null) {
          report(source.token(offset(entry.key())), Aggregates.repeatedKey());
        }
        if (!entry.optionalEntry()) {
          keys.put(key, key);
        }
      }
    }
  }

  private void visit(CelExpr expr, CelExpr.CelCall call) {
    List<CelExpr> operands = Children.of(expr);
    try {
      boolean pattern = TAKES_PATTERN.contains(call.function());
      if (pattern && operands.size() > 1 && isText(operands.get(1))) {
        Regexes.compile(operands.get(1).constant().stringValue(), meter());
      }
      if (divides(call.function()) && isZero(operands.getLast())) {
        throw EvaluationFault.of("division_by_zero", "A number is divided by zero.");
      } else if (isBeforeAList(call.function(), operands)) {
        throw EvaluationFault.of("index_out_of_bounds", "The first element has the index 0.");
      } else if (takesZone(call.function(), operands)) {
        call(expr, call, List.of(Instant.EPOCH, TreePlanner.value(operands.get(1).constant())));
      } else if (functions.isStandard(call.function())
          && !operands.isEmpty()
          && operands.stream().allMatch(ConstantFaults::isConstant)) {
        call(
            expr,
            call,
            operands.stream().map(operand -> TreePlanner.value(operand.constant())).toList());
      }
    } catch (EvaluationFault fault) {
      if (!fault.isExhausted()) {
        int offset = offset(expr);
        report(
            Operators.isOperator(call.function()) ? source.token(offset) : source.name(offset),
            fault);
      }
    }
  }

  private void call(CelExpr expr, CelExpr.CelCall call, List<Object> operands) {
    var reference = ast.getReferenceMap().get(expr.id());
    List<Overload> overloads =
        reference == null ? List.of() : functions.overloads(reference.overloadIds());
    if (!overloads.isEmpty()) {
      Node.Site site = new Node.Site(expr.id(), false);
      List<Node> arguments =
          operands.stream().<Node>map(operand -> new Access.Constant(site, operand)).toList();
      new Calls.Call(site, Operators.symbol(call.function()), overloads, arguments)
          .value(new Frame(meter(), NO_VARIABLES, null, 0));
    }
  }

  private int offset(CelExpr expr) {
    Integer position = ast.getSource().getPositionsMap().get(expr.id());
    return source.offsetOfCodePoint(Objects.requireNonNullElse(position, 0));
  }

  private void report(Location.Span place, EvaluationFault fault) {
    faults.add(Diagnostic.error("constant_fails", place, "This can only fail. " + fault.text()));
  }

  private static Meter meter() {
    return new Meter(MOST_WORK, TimeLimit.of(PATIENCE));
  }

  private static boolean divides(String function) {
    return function.equals("_/_") || function.equals("_%_");
  }

  private boolean isBeforeAList(String function, List<CelExpr> operands) {
    return function.equals("_[_]")
        && isConstant(operands.getLast())
        && operands.getLast().constant().getKind() == CelConstant.Kind.INT64_VALUE
        && operands.getLast().constant().int64Value() < 0
        && ast.getType(operands.getFirst().id())
            .filter(type -> type.kind() == CelKind.LIST)
            .isPresent();
  }

  /// Which moment is asked for does not matter.
  private static boolean takesZone(String function, List<CelExpr> operands) {
    return operands.size() == 2 && isText(operands.get(1)) && Requirements.isOfTimeZone(function);
  }

  private static boolean isConstant(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT;
  }

  private static boolean isText(CelExpr expr) {
    return isConstant(expr) && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
  }

  /// A double may be divided by zero.
  private static boolean isZero(CelExpr expr) {
    return isConstant(expr)
        && switch (expr.constant().getKind()) {
          case INT64_VALUE -> expr.constant().int64Value() == 0;
          case UINT64_VALUE -> expr.constant().uint64Value().longValue() == 0;
          default -> false;
        };
  }

  private static final Frame.Variables NO_VARIABLES =
      new Frame.Variables() {
        @Override
        public Struct object(String name) {
          throw new IllegalStateException("a literal reads no object");
        }

        @Override
        public Object derived(String name) {
          throw new IllegalStateException("a literal reads no derived field");
        }

        @Override
        public Object now() {
          throw new IllegalStateException("a literal does not read the time");
        }
      };
}
