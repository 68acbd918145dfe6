package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.governance.Policy;
import dev.tenet.domain.governance.PolicyList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What expressions of a tenant may call: operators always, functions and macros as its policy says.
///
/// @param functions empty for all
/// @param macros empty for all
record AllowedCalls(List<String> functions, List<String> macros) {

  private static final Set<String> NAMESPACED_MACROS =
      Set.of("cel.bind", "math.greatest", "math.least");

  static AllowedCalls of(Policy policy) {
    return new AllowedCalls(
        policy.lists().getOrDefault(PolicyList.FUNCTIONS, List.of()),
        policy.lists().getOrDefault(PolicyList.MACROS, List.of()));
  }

  /// {@return an error for each call that is not allowed}
  ///
  /// @param checked without errors
  List<Diagnostic> faults(Checked checked) {
    CelAbstractSyntaxTree ast = checked.ast();
    if (ast == null || (functions.isEmpty() && macros.isEmpty())) {
      return List.of();
    }
    List<Diagnostic> faults = new ArrayList<>();
    Map<Long, CelExpr> expansions = ast.getSource().getMacroCalls();
    ExprIndex.of(ast)
        .forEach(
            (id, expr) -> {
              CelExpr macro = expansions.get(id);
              Location place = checked.source().place(ast, expr);
              if (macro != null && refuses(macros, macroName(macro))) {
                faults.add(
                    Diagnostic.error(
                        "macro_not_allowed", place, message("macro", macroName(macro), macros)));
              } else if (macro == null && isFunction(expr)) {
                String name = Operators.symbol(expr.call().function());
                if (refuses(functions, name)) {
                  faults.add(
                      Diagnostic.error(
                          "function_not_allowed", place, message("function", name, functions)));
                }
              }
            });
    return faults;
  }

  private static boolean refuses(List<String> allowed, String name) {
    return !allowed.isEmpty() && !allowed.contains(name);
  }

  private static String message(String what, String name, List<String> allowed) {
    return "The tenant's policy does not allow the %s %s; allowed are %s."
        .formatted(what, name, String.join(", ", allowed));
  }

  /// What macros put there has names that nobody can write.
  private static boolean isFunction(CelExpr expr) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return false;
    }
    String function = expr.call().function();
    return Character.isLetter(function.charAt(0)) && !Operators.isOperator(function);
  }

  private static String macroName(CelExpr macro) {
    String name = macro.call().function();
    return macro
        .call()
        .target()
        .filter(target -> target.getKind() == CelExpr.ExprKind.Kind.IDENT)
        .map(target -> target.ident().name() + '.' + name)
        .filter(NAMESPACED_MACROS::contains)
        .orElse(name);
  }
}
