package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the functions that a parsed expression may call. A checker goes through all of its declarations at each check;
/// with only these few it is several times faster.
final class CalledNames {

  private CalledNames() {}

  /// {@return the names: of `a.b(1)` both `b` and `a.b`, as only the checker knows which one is meant}
  static Set<String> of(CelAbstractSyntaxTree ast) {
    Set<String> names = new HashSet<>();
    for (CelExpr expr : ExprIndex.of(ast).values()) {
      if (expr.getKind() == CelExpr.ExprKind.Kind.CALL) {
        String function = expr.call().function();
        names.add(function);
        String namespace = expr.call().target().map(CalledNames::qualified).orElse(null);
        if (namespace != null) {
          names.add(namespace + '.' + function);
        }
      }
    }
    return names;
  }

  private static @Nullable String qualified(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> expr.ident().name();
      case SELECT -> {
        String operand = qualified(expr.select().operand());
        yield operand == null ? null : operand + '.' + expr.select().field();
      }
      default -> null;
    };
  }
}
