package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.TypeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a checked expression into nodes.
///
/// The nodes are Tenet's own, over the functions of cel-java. cel-java's planner goes through whole lists at every
/// access, prints whole values into messages and changes bound lists in place; none of that can be charged for.
final class TreePlanner {

  /// A planned expression.
  ///
  /// @param locals the number of slots for the variables of comprehensions
  record Plan(Node root, int locals) {

    Object evaluate(Meter meter, Frame.Variables variables, @Nullable Recorder recorder) {
      return root.value(new Frame(meter, variables, recorder, locals));
    }
  }

  /// Names the type of types. The checker gives this name the same type as the name `dyn`.
  private static final String TYPE = "type";

  private final CelAbstractSyntaxTree ast;
  private final FunctionTable functions;
  private final SchemaTypes schema;
  private final Set<String> derived;
  private final Map<String, Integer> scope = new HashMap<>();
  private int locals;
  private int loops;

  private TreePlanner(
      CelAbstractSyntaxTree ast, FunctionTable functions, SchemaTypes schema, Set<String> derived) {
    this.ast = ast;
    this.functions = functions;
    this.schema = schema;
    this.derived = derived;
  }

  /// {@return the nodes of a checked expression}
  ///
  /// @param derived the derived fields that it uses
  static Plan plan(
      CelAbstractSyntaxTree ast, FunctionTable functions, SchemaTypes schema, Set<String> derived) {
    return plan(ast, ast.getExpr(), functions, schema, derived);
  }

  /// {@return the nodes of a part of a checked expression that is in no comprehension}
  static Plan plan(
      CelAbstractSyntaxTree ast,
      CelExpr part,
      FunctionTable functions,
      SchemaTypes schema,
      Set<String> derived) {
    TreePlanner planner = new TreePlanner(ast, functions, schema, derived);
    Node root = planner.plan(part);
    return new Plan(root, planner.locals);
  }

  private Node plan(CelExpr expr) {
    boolean shown =
        expr.getKind() != CelExpr.ExprKind.Kind.CONSTANT || expr.id() == ast.getExpr().id();
    Node.Site site = new Node.Site(expr.id(), loops == 0 && shown);
    return switch (expr.getKind()) {
      case CONSTANT -> new Access.Constant(site, value(expr.constant()));
      case IDENT -> identifier(site, expr);
      case SELECT -> {
        Node operand = plan(expr.select().operand());
        String field = expr.select().field();
        yield expr.select().testOnly()
            ? new Access.Has(site, operand, field)
            : new Access.Select(site, operand, field);
      }
      case CALL -> call(site, expr);
      case LIST ->
          new Aggregates.ListOf(
              site, plan(expr.list().elements()), new HashSet<>(expr.list().optionalIndices()));
      case MAP -> map(site, expr.map());
      case COMPREHENSION -> comprehension(site, expr.comprehension());
      default -> throw new IllegalArgumentException("cannot be planned: " + expr.getKind());
    };
  }

  private List<Node> plan(List<CelExpr> exprs) {
    List<Node> nodes = new ArrayList<>(exprs.size());
    exprs.forEach(expr -> nodes.add(plan(expr)));
    return nodes;
  }

  /// {@return the value of a literal}
  static Object value(CelConstant constant) {
    return switch (constant.getKind()) {
      case NULL_VALUE -> constant.nullValue();
      case BOOLEAN_VALUE -> constant.booleanValue();
      case INT64_VALUE -> constant.int64Value();
      case UINT64_VALUE -> constant.uint64Value();
      case DOUBLE_VALUE -> constant.doubleValue();
      case STRING_VALUE -> constant.stringValue();
      case BYTES_VALUE -> constant.bytesValue();
      default -> throw new IllegalArgumentException("no constant: " + constant.getKind());
    };
  }

  private Node identifier(Node.Site site, CelExpr expr) {
    String name = expr.ident().name();
    Integer slot = scope.get(name);
    if (slot != null) {
      return new Access.Local(site, slot);
    }
    String global = name.startsWith(".") ? name.substring(1) : name;
    if (schema.hasObject(global)) {
      return new Access.ObjectVariable(site, global);
    }
    if (derived.contains(global)) {
      return new Access.DerivedVariable(site, global);
    }
    CelType type = ast.getTypeOrThrow(expr.id());
    if (type.kind() == CelKind.TYPE) {
      return new Access.Constant(site, global.equals(TYPE) ? TypeType.create(type) : type);
    }
    return new Access.Now(site);
  }

  private Node map(Node.Site site, CelExpr.CelMap map) {
    List<Aggregates.Entry> entries = new ArrayList<>();
    for (CelExpr.CelMap.Entry entry : map.entries()) {
      entries.add(
          new Aggregates.Entry(plan(entry.key()), plan(entry.value()), entry.optionalEntry()));
    }
    return new Aggregates.MapOf(site, entries);
  }

  private Node call(Node.Site site, CelExpr expr) {
    CelExpr.CelCall call = expr.call();
    if (call.function().equals("_?._")) {
      return new Access.OptionalSelect(
          site, plan(call.args().get(0)), call.args().get(1).constant().stringValue());
    }
    List<Node> arguments = new ArrayList<>();
    call.target().ifPresent(target -> arguments.add(plan(target)));
    arguments.addAll(plan(call.args()));
    Node operator = operator(site, call.function(), arguments);
    if (operator != null) {
      return operator;
    }
    CelReference reference =
        Objects.requireNonNull(ast.getReferenceMap().get(expr.id()), "unchecked call");
    List<Overload> overloads = functions.overloads(reference.overloadIds());
    if (overloads.isEmpty()) {
      throw new IllegalArgumentException("no such function: " + reference.overloadIds());
    }
    return new Calls.Call(site, Operators.symbol(call.function()), overloads, arguments);
  }

  private static @Nullable Node operator(Node.Site site, String function, List<Node> arguments) {
    return switch (function) {
      case "_&&_" -> new Logic.Connective(site, arguments.get(0), arguments.get(1), false);
      case "_||_" -> new Logic.Connective(site, arguments.get(0), arguments.get(1), true);
      case "_?_:_" ->
          new Logic.Conditional(site, arguments.get(0), arguments.get(1), arguments.get(2));
      case "@not_strictly_false" -> new Logic.NotStrictlyFalse(site, arguments.get(0));
      case "_==_" -> new Calls.Equals(site, arguments.get(0), arguments.get(1), true);
      case "_!=_" -> new Calls.Equals(site, arguments.get(0), arguments.get(1), false);
      case "@in" -> new Calls.In(site, arguments.get(0), arguments.get(1));
      case "_[_]" -> new Calls.Index(site, arguments.get(0), arguments.get(1), false);
      case "_[?_]" -> new Calls.Index(site, arguments.get(0), arguments.get(1), true);
      case "type" -> new Calls.TypeOf(site, arguments.get(0));
      case "or" -> new Logic.OptionalOr(site, arguments.get(0), arguments.get(1), false);
      case "orValue" -> new Logic.OptionalOr(site, arguments.get(0), arguments.get(1), true);
      default -> null;
    };
  }

  private Node comprehension(Node.Site site, CelExpr.CelComprehension fold) {
    Node range = plan(fold.iterRange());
    Node start = plan(fold.accuInit());
    Map<String, Integer> outer = new HashMap<>(scope);
    Aggregates.Slots slots =
        new Aggregates.Slots(
            declare(fold.accuVar()),
            declare(fold.iterVar()),
            fold.iterVar2().isEmpty() ? -1 : declare(fold.iterVar2()));
    scope.put(fold.accuVar(), slots.accumulator());
    loops++;
    Node condition = plan(fold.loopCondition());
    Node step = plan(fold.loopStep());
    Node result = plan(fold.result());
    loops--;
    scope.clear();
    scope.putAll(outer);
    return new Aggregates.Fold(site, slots, range, start, condition, step, result);
  }

  private int declare(String variable) {
    scope.put(variable, locals);
    return locals++;
  }
}
