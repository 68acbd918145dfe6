package dev.tenet.application.plugin;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.plugin.FunctionContract;
import dev.tenet.domain.plugin.FunctionName;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Calls a function of a script that is not published, so that its author can try it.
public final class TryScript {

  /// What trying gives.
  public sealed interface Result {
    /// It gave this result, as JSON has it.
    record Answered(@Nullable Object result) implements Result {}

    /// It gave none.
    record Failed(InvocationFault fault) implements Result {}

    /// It has faults: all of them.
    record Invalid(List<Diagnostic> diagnostics) implements Result {
      public Invalid {
        diagnostics = List.copyOf(diagnostics);
      }
    }

    /// There is no such tenant.
    record TenantNotFound() implements Result {}
  }

  private final Guests guests;
  private final Invocations invocations;
  private final Function<TenantId, Optional<TenantState>> present;
  private final Duration longest;

  /// @param present gives a tenant's present state, or empty when there is no such tenant
  /// @param longest how long a trial may take, with all that it leads to
  public TryScript(
      Guests guests,
      Invocations invocations,
      Function<TenantId, Optional<TenantState>> present,
      Duration longest) {
    this.guests = guests;
    this.invocations = invocations;
    this.present = present;
    this.longest = longest;
  }

  /// Calls it.
  ///
  /// @param function the name of the function in the script
  public Result tryOut(TenantId tenant, Script script, String function, Map<String, ?> payload) {
    List<Diagnostic> faults = new ArrayList<>();
    List<FunctionContract> functions = script.contracts(faults);
    var name = new FunctionName(FunctionName.SCRIPTS, script.name(), function);
    Optional<FunctionContract> contract =
        functions.stream().filter(known -> known.name().equals(name)).findFirst();
    if (faults.isEmpty() && contract.isEmpty()) {
      faults.add(
          Diagnostic.error(
              "function_not_found",
              Location.field("function"),
              "The script says nothing of a function %s; it has %s."
                  .formatted(
                      function,
                      functions.stream().map(known -> known.name().function()).toList())));
    }
    if (!faults.isEmpty()) {
      return new Result.Invalid(faults);
    }
    Optional<TenantState> state = present.apply(tenant);
    if (state.isEmpty()) {
      return new Result.TenantNotFound();
    }
    try {
      // Before the script is loaded, which runs it, too.
      invocations.charge(tenant);
      return answered(state.get(), script, functions, contract.orElseThrow(), payload);
    } catch (InvalidGuest e) {
      return new Result.Invalid(e.diagnostics());
    } catch (InvocationFault fault) {
      return new Result.Failed(fault);
    }
  }

  private Result answered(
      TenantState state,
      Script script,
      List<FunctionContract> functions,
      FunctionContract contract,
      Map<String, ?> payload)
      throws InvalidGuest, InvocationFault {
    try (Guest guest = guests.unkept(GuestKind.JAVASCRIPT, script.code())) {
      List<Diagnostic> missing = Script.notExported(functions, guest);
      if (!missing.isEmpty()) {
        return new Result.Invalid(missing);
      }
      return new Result.Answered(
          invocations.tryOut(
              PluginCalls.Caller.of(state),
              script.installed("0", functions),
              guest,
              contract,
              payload,
              System.nanoTime() + longest.toNanos()));
    }
  }
}
