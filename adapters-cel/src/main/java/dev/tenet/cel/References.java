package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What an expression reads.
///
/// @param names fields by their full path, derived fields, and objects that are used whole; sorted
/// @param derived the derived fields among them
/// @param secrets the sensitive fields of the schema among them, and what holds some and is used whole
record References(List<String> names, Set<String> derived, Set<String> secrets) {

  static final References NONE = new References(List.of(), Set.of(), Set.of());

  References {
    names = List.copyOf(names);
    derived = Set.copyOf(derived);
    secrets = Set.copyOf(secrets);
  }

  /// {@return whether a sensitive field of the schema is among them}
  boolean sensitive() {
    return !secrets.isEmpty();
  }

  static References of(CelAbstractSyntaxTree ast, ExpressionChecker.Scope scope) {
    return of(ast.getExpr(), scope);
  }

  /// {@return what a part of an expression reads}
  static References of(CelExpr expr, ExpressionChecker.Scope scope) {
    Collector collector = new Collector(scope);
    collector.visit(expr);
    return new References(List.copyOf(collector.names), collector.derived, collector.secrets);
  }

  private static final class Collector {
    private final ExpressionChecker.Scope scope;
    private final Set<String> names = new TreeSet<>();
    private final Set<String> derived = new HashSet<>();
    private final Deque<String> locals = new ArrayDeque<>();
    private final Set<String> secrets = new HashSet<>();

    Collector(ExpressionChecker.Scope scope) {
      this.scope = scope;
    }

    void visit(CelExpr expr) {
      Path path = path(expr);
      if (path != null) {
        names.add(path.text());
        if (path.sensitive()) {
          secrets.add(path.text());
        }
        return;
      }
      switch (expr.getKind()) {
        case IDENT -> identifier(global(expr.ident().name()));
        case COMPREHENSION -> comprehension(expr.comprehension());
        default -> Children.of(expr).forEach(this::visit);
      }
    }

    private void comprehension(CelExpr.CelComprehension fold) {
      visit(fold.iterRange());
      visit(fold.accuInit());
      locals.push(fold.accuVar());
      locals.push(fold.iterVar());
      locals.push(fold.iterVar2());
      visit(fold.loopCondition());
      visit(fold.loopStep());
      visit(fold.result());
      locals.pop();
      locals.pop();
      locals.pop();
    }

    private void identifier(String name) {
      if (!locals.contains(name)
          && (scope.derived().containsKey(name) || scope.broken().contains(name))) {
        names.add(name);
        derived.add(name);
      }
    }

    private static String global(String name) {
      return name.startsWith(".") ? name.substring(1) : name;
    }

    /// @param sensitive whether it is sensitive, is in something sensitive, or holds something sensitive
    /// @param inherited whether what is in it is sensitive, too
    private record Path(
        String text, boolean sensitive, boolean inherited, @Nullable StructShape shape) {}

    /// {@return the path from an object of the schema to a field, or null}
    private @Nullable Path path(CelExpr expr) {
      if (expr.getKind() == CelExpr.ExprKind.Kind.IDENT) {
        String name = global(expr.ident().name());
        return !locals.contains(name) && scope.schema().hasObject(name)
            ? whole(name, scope.schema().shape(name))
            : null;
      }
      CelExpr operand = operand(expr);
      Path path = operand == null ? null : path(operand);
      if (path == null || path.shape() == null) {
        return null;
      }
      String field = field(expr);
      int slot = path.shape().slot(field);
      if (slot < 0) {
        return null;
      }
      var declared = path.shape().field(slot);
      String text = path.text() + '.' + field;
      boolean nested = declared.type() instanceof FieldType.ObjectOf;
      boolean objects = !StructShape.innermost(declared.type()).isEmpty();
      boolean secret = objects && holdsSensitive(path.shape().nested(field));
      boolean inherited = declared.sensitive() || path.inherited();
      return new Path(
          text, inherited || secret, inherited, nested ? path.shape().nested(field) : null);
    }

    private static Path whole(String name, StructShape shape) {
      return new Path(name, holdsSensitive(shape), false, shape);
    }

    private static boolean holdsSensitive(StructShape shape) {
      return shape.fields().stream()
          .anyMatch(
              field ->
                  field.sensitive()
                      || (!StructShape.innermost(field.type()).isEmpty()
                          && holdsSensitive(shape.nested(field.name()))));
    }

    private static @Nullable CelExpr operand(CelExpr expr) {
      return switch (expr.getKind()) {
        case SELECT -> expr.select().operand();
        case CALL -> expr.call().function().equals("_?._") ? expr.call().args().get(0) : null;
        default -> null;
      };
    }

    private static String field(CelExpr expr) {
      return expr.getKind() == CelExpr.ExprKind.Kind.SELECT
          ? expr.select().field()
          : expr.call().args().get(1).constant().stringValue();
    }
  }
}
