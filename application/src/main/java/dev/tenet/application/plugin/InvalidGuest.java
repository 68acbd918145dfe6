package dev.tenet.application.plugin;

import dev.tenet.domain.diagnostic.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/// Code is no guest, or wants more than it may have.
public final class InvalidGuest extends Exception {

  private final transient List<Diagnostic> diagnostics;

  /// @param diagnostics all that is wrong, at least one
  public InvalidGuest(List<Diagnostic> diagnostics) {
    super(
        diagnostics.stream().map(Diagnostic::line).collect(Collectors.joining("; ")),
        null,
        false,
        false);
    this.diagnostics = List.copyOf(diagnostics);
  }

  /// {@return all that is wrong: a span of a script, or the part of a module, such as `export tenet_call`}
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
