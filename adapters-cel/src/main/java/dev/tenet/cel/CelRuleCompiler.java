package dev.tenet.cel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.application.plugin.PluginCalls;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import dev.tenet.spi.Function;
import java.util.List;
import java.util.Optional;

/// Compiles tenants' definitions with cel-java's parser and type checker, and evaluates them under a budget of work and
/// time. Needs no server, no store and no configuration.
///
/// Its functions may change while it is used. A rule set keeps those it was compiled with; [#isOutdated] tells which rule
/// sets are to be compiled again.
public final class CelRuleCompiler implements RuleCompiler {

  /// @param toolchain made for the functions
  private record Equipment(List<Function> functions, Toolchain toolchain) {}

  /// What a tenant with plugins compiles with.
  private record Tooled(Toolchain shared, PluginCalls.Caller caller) {}

  private static final int MOST_TOOLED = 1_000;

  private final Limits limits;
  private final PluginCalls calls;
  private final Toolchain standard;
  private final Cache<Tooled, Toolchain> tenants =
      Caffeine.newBuilder().maximumSize(MOST_TOOLED).build();
  private volatile Equipment equipment;

  /// @param limits what expressions may be and do
  /// @param functions what expressions may call besides CEL's own functions and those of its extensions
  /// @throws IllegalArgumentException naming a function whose name is taken
  public CelRuleCompiler(Limits limits, List<Function> functions) {
    this(limits, functions, PluginCalls.NONE);
  }

  /// @param limits what expressions may be and do
  /// @param functions what expressions may call besides CEL's own functions and those of its extensions
  /// @param calls answers the calls of plugins that a tenant has
  /// @throws IllegalArgumentException naming a function whose name is taken
  public CelRuleCompiler(Limits limits, List<Function> functions, PluginCalls calls) {
    this.limits = limits;
    this.calls = calls;
    this.standard = Toolchain.standard(limits);
    this.equipment = equipment(functions);
  }

  private Equipment equipment(List<Function> functions) {
    return new Equipment(List.copyOf(functions), toolchain(functions));
  }

  /// Replaces the functions that expressions may call besides CEL's own and those of its extensions, from the next compilation on.
  /// The same functions again change nothing.
  ///
  /// @throws IllegalArgumentException naming a function whose name is taken; then the functions are those of before
  public synchronized void functions(List<Function> functions) {
    if (!equipment.functions().equals(functions)) {
      equipment = equipment(functions);
      tenants.invalidateAll();
    }
  }

  /// Passes functions that could replace the present ones.
  ///
  /// @throws IllegalArgumentException naming a function whose name is taken
  public void requireFit(List<Function> functions) {
    toolchain(functions);
  }

  private Toolchain toolchain(List<Function> functions) {
    for (Function function : functions) {
      if (PluginFunctions.owns(function.name())) {
        throw new IllegalArgumentException(
            "names that begin with \"plugin.\" or \"script.\" are those of plugins: "
                + function.name());
      }
    }
    return standard.with(functions.stream().map(SpiFunctions::added).toList());
  }

  /// {@return the toolchain for a tenant: the plugins that it has are functions of its own}
  ///
  /// What is kept of functions that were replaced meanwhile would keep their classes alive.
  @SuppressWarnings("ReferenceEquality") // there is one toolchain for one set of functions
  private Toolchain toolchain(TenantState state) {
    Toolchain shared = equipment.toolchain();
    if (state.settings().plugins().isEmpty()) {
      return shared;
    }
    var tooled = new Tooled(shared, PluginCalls.Caller.ofRules(state));
    Toolchain made =
        tenants.get(tooled, key -> shared.ofTenant(PluginFunctions.of(key.caller(), calls)));
    if (shared != equipment.toolchain()) {
      tenants.invalidate(tooled);
    }
    return made;
  }

  /// {@return what expressions may be and do}
  Limits limits() {
    return limits;
  }

  /// {@return how many expressions were type-checked so far}
  long checks() {
    return standard.checks();
  }

  @Override
  public Compilation compile(TenantState state) {
    return toolchain(state).compile(state, Optional.empty());
  }

  @Override
  public Compilation compile(TenantState state, RuleSet similar) {
    return toolchain(state)
        .compile(state, similar instanceof CelRuleSet known ? known.compiled() : Optional.empty());
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // there is one toolchain for one set of functions
  public boolean isOutdated(RuleSet ruleSet) {
    return ruleSet instanceof CelRuleSet known
        && known.toolchain().shared() != equipment.toolchain();
  }

  @Override
  public Check check(TenantState state, Expression expression) {
    return toolchain(state).check(state, expression);
  }
}
