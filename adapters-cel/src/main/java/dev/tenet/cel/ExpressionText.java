package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelUnparserVisitor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text of sub-expressions, with macros as they were written.
final class ExpressionText {

  private final CelAbstractSyntaxTree ast;
  private final Map<Long, String> known = new HashMap<>();

  ExpressionText(CelAbstractSyntaxTree ast) {
    this.ast = ast;
  }

  /// {@return the text, or null for what a macro put there}
  @Nullable String of(CelExpr expr) {
    String text = known.get(expr.id());
    if (text == null && !isInternal(expr)) {
      try {
        text = new CelUnparserVisitor(ast).unparse(expr);
        known.put(expr.id(), text);
      } catch (UnsupportedOperationException withoutText) {
        return null;
      }
    }
    return text;
  }

  /// {@return whether the expression was written by people, and not put there by a macro}
  boolean isWritten(CelExpr expr) {
    return !isInternal(expr);
  }

  private boolean isInternal(CelExpr expr) {
    return !ast.getSource().getMacroCalls().containsKey(expr.id())
        && FreeIdentifiers.of(expr).stream().anyMatch(name -> name.startsWith("@"));
  }

  /// {@return whether the expression reads nothing}
  static boolean isConstant(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> true;
      case LIST -> expr.list().elements().stream().allMatch(ExpressionText::isConstant);
      case MAP ->
          expr.map().entries().stream()
              .allMatch(entry -> isConstant(entry.key()) && isConstant(entry.value()));
      default -> false;
    };
  }
}
