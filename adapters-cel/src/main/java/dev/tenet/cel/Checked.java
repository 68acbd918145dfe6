package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.tenet.domain.diagnostic.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What checking an expression gave.
///
/// @param ast the checked syntax tree, or null when there are errors of syntax or type
/// @param type that of the result; `dyn` when there is none
record Checked(
    SourceText source,
    @Nullable CelAbstractSyntaxTree ast,
    List<Diagnostic> diagnostics,
    CelType type,
    References references) {

  Checked {
    diagnostics = List.copyOf(diagnostics);
  }

  static Checked faulty(SourceText source, List<Diagnostic> faults) {
    return new Checked(source, null, faults, SimpleType.DYN, References.NONE);
  }

  boolean isFaulty() {
    return ast == null || Diagnostic.anyError(diagnostics);
  }

  List<Diagnostic> errors() {
    return diagnostics.stream()
        .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
        .toList();
  }
}
