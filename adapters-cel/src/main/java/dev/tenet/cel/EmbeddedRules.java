package dev.tenet.cel;

import dev.tenet.application.evaluation.RuleCompiler.Compilation;
import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.domain.change.Verdict;
import dev.tenet.domain.definition.DefinitionFault;
import dev.tenet.domain.definition.DefinitionReader;
import dev.tenet.domain.definition.RuleSetDefinition;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A rule set inside a program, without server, store and tenants: compiled from its definition, evaluated as the server
/// would. Immutable and safe for use by many threads.
public final class EmbeddedRules {

  /// What compiling a definition gives.
  public sealed interface Result {
    /// Every rule can be evaluated.
    record Compiled(EmbeddedRules rules) implements Result {}

    /// The definition has faults.
    record Refused(List<DefinitionFault> faults) implements Result {
      public Refused {
        faults = List.copyOf(faults);
      }
    }

    /// {@return the rules}
    ///
    /// @throws IllegalArgumentException with a line for each fault of the definition
    default EmbeddedRules orElseThrow() {
      return switch (this) {
        case Compiled(var rules) -> rules;
        case Refused(var faults) ->
            throw new IllegalArgumentException(
                faults.stream().map(DefinitionFault::line).collect(Collectors.joining("\n")));
      };
    }
  }

  /// What evaluating one set of facts gives.
  public sealed interface Outcome {
    /// The rules have decided. A rule that failed says so in its own outcome.
    record Decided(RuleSet.Evaluation evaluation) implements Outcome {}

    /// The facts contradict the schema.
    record InvalidFacts(List<Diagnostic> diagnostics) implements Outcome {
      public InvalidFacts {
        diagnostics = List.copyOf(diagnostics);
      }
    }

    /// {@return what the rules say}
    ///
    /// @throws IllegalArgumentException with a line for each fact that contradicts the schema
    default RuleSet.Evaluation orElseThrow() {
      return switch (this) {
        case Decided(var evaluation) -> evaluation;
        case InvalidFacts(var diagnostics) ->
            throw new IllegalArgumentException(
                diagnostics.stream().map(Diagnostic::line).collect(Collectors.joining("\n")));
      };
    }
  }

  private final RuleSet ruleSet;
  private final FactLayout layout;

  private EmbeddedRules(RuleSet ruleSet, FactLayout layout) {
    this.ruleSet = ruleSet;
    this.layout = layout;
  }

  /// {@return the rules of the definition, within the default limits and with the functions of Tenet itself}
  public static Result compile(RuleSetDefinition definition) {
    return compile(definition, new CelRuleCompiler(Limits.DEFAULT, List.of()));
  }

  /// {@return the rules of the definition, within the limits of the compiler and with its functions}
  ///
  /// @param compiler may be shared; a program that compiles again and again keeps one
  public static Result compile(RuleSetDefinition definition, CelRuleCompiler compiler) {
    return switch (DefinitionReader.read(definition, compiler.limits())) {
      case DefinitionReader.Reading.Invalid(var faults) -> new Result.Refused(faults);
      case DefinitionReader.Reading.Valid(var state) -> compile(state, compiler);
    };
  }

  private static Result compile(TenantState state, CelRuleCompiler compiler) {
    Compilation compilation = compiler.compile(state);
    List<DefinitionFault> faults = faults(state, compilation.verdict());
    RuleSet ruleSet = compilation.ruleSet();
    return faults.isEmpty()
        ? new Result.Compiled(new EmbeddedRules(ruleSet, ruleSet.layout().orElseThrow()))
        : new Result.Refused(faults);
  }

  private static List<DefinitionFault> faults(TenantState state, Verdict verdict) {
    List<DefinitionFault> faults = new ArrayList<>();
    state
        .derivedFields()
        .forEach(
            field ->
                verdict.derivedFaults().getOrDefault(field.id(), List.of()).stream()
                    .map(fault -> DefinitionFault.ofDerivedField(field.name(), fault))
                    .forEach(faults::add));
    state
        .rules()
        .forEach(
            rule ->
                verdict.ruleFaults().getOrDefault(rule.id(), List.of()).stream()
                    .map(fault -> DefinitionFault.ofRule(rule.name(), fault))
                    .forEach(faults::add));
    return faults;
  }

  /// {@return what all rules say of the facts}
  ///
  /// @param facts by object and field, as plain JSON values: `Map`, `List`, `String`, `Long`, `Integer`, `Double`,
  ///     `Boolean`; timestamps and durations as text
  /// @param now the value of the variable `now`
  public Outcome evaluate(Map<String, ?> facts, Instant now) {
    return evaluate(facts, Selection.ALL, now);
  }

  /// {@return what the selected rules say of the facts}
  ///
  /// @param facts as in [#evaluate(Map, Instant)]
  /// @param now the value of the variable `now`
  public Outcome evaluate(Map<String, ?> facts, Selection selection, Instant now) {
    return switch (FactReader.read(layout, facts, Location.root())) {
      case FactReader.Reading.Invalid(var diagnostics) -> new Outcome.InvalidFacts(diagnostics);
      case FactReader.Reading.Valid(var read) ->
          new Outcome.Decided(ruleSet.evaluate(read, selection, now));
    };
  }
}
