package dev.tenet.cel;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/// Finds the names that an expression uses and does not declare itself.
final class FreeIdentifiers {

  private final Set<String> names = new LinkedHashSet<>();
  private final Deque<String> locals = new ArrayDeque<>();

  private FreeIdentifiers() {}

  static Set<String> of(CelExpr expr) {
    FreeIdentifiers free = new FreeIdentifiers();
    free.visit(expr);
    return Set.copyOf(free.names);
  }

  private void visit(CelExpr expr) {
    switch (expr.getKind()) {
      case IDENT -> {
        String name = expr.ident().name();
        if (!locals.contains(name)) {
          names.add(name.startsWith(".") ? name.substring(1) : name);
        }
      }
      case COMPREHENSION -> {
        CelExpr.CelComprehension fold = expr.comprehension();
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
      default -> Children.of(expr).forEach(this::visit);
    }
  }
}
