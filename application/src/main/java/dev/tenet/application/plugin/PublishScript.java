package dev.tenet.application.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.governance.SettingsPatch;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.plugin.FunctionContract;
import dev.tenet.domain.plugin.FunctionName;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.plugin.InstalledPlugin.HostCapability;
import dev.tenet.domain.plugin.ManifestReader;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A tenant's own scripts: tries one without keeping it, publishes a version that rules can call at once, or takes it away.
public final class PublishScript {

  /// The longest script, in bytes of UTF-8.
  public static final int LONGEST = 64 << 10;

  private static final int MOST_VERSIONS = 1_000;
  private static final int ATTEMPTS = 10;

  /// A script as its author wrote it.
  ///
  /// @param functions from the names of its functions to what a manifest says of one, as a plain JSON value
  /// @param calls the plugins, or modules of plugins, that it calls
  public record Script(String name, String source, @Nullable Object functions, List<String> calls) {
    public Script {
      calls = List.copyOf(calls);
    }
  }

  /// What publishing gives.
  public sealed interface Result {
    /// The change was asked for.
    record Asked(ChangeResult<Tenant> change) implements Result {}

    /// It has faults: all of them.
    record Invalid(List<Diagnostic> diagnostics) implements Result {
      public Invalid {
        diagnostics = List.copyOf(diagnostics);
      }
    }

    /// There are as many versions as there may be.
    record TooMany(int most) implements Result {}
  }

  /// What trying gives.
  public sealed interface Trial {
    /// It gave this result, as JSON has it.
    record Answered(@Nullable Object result) implements Trial {}

    /// It gave none.
    record Failed(InvocationFault fault) implements Trial {}

    /// It has faults: all of them.
    record Invalid(List<Diagnostic> diagnostics) implements Trial {
      public Invalid {
        diagnostics = List.copyOf(diagnostics);
      }
    }

    /// There is no such tenant.
    record TenantNotFound() implements Trial {}
  }

  private final PluginCatalogue catalogue;
  private final ArtefactStore artefacts;
  private final Guests guests;
  private final Invocations invocations;
  private final TenantChanges changes;
  private final Function<TenantId, Optional<TenantState>> present;
  private final InstantSource clock;
  private final Duration longest;

  /// @param longest how long a trial may take, with all that it leads to
  /// @param present gives a tenant's present state, or empty when there is no such tenant
  public PublishScript(
      PluginCatalogue catalogue,
      ArtefactStore artefacts,
      Guests guests,
      Invocations invocations,
      TenantChanges changes,
      Function<TenantId, Optional<TenantState>> present,
      InstantSource clock,
      Duration longest) {
    this.longest = longest;
    this.catalogue = catalogue;
    this.artefacts = artefacts;
    this.guests = guests;
    this.invocations = invocations;
    this.changes = changes;
    this.present = present;
    this.clock = clock;
  }

  /// Publishes a version of a script, which takes the place of the one before.
  public Result publish(ChangeRequest request, Script script) {
    List<Diagnostic> faults = new ArrayList<>();
    List<FunctionContract> functions = contracts(script, faults);
    if (faults.isEmpty()) {
      try {
        guests.check(GuestKind.JAVASCRIPT, code(script));
      } catch (InvalidGuest e) {
        faults.addAll(e.diagnostics());
      }
    }
    if (!faults.isEmpty()) {
      return new Result.Invalid(faults);
    }
    return published(request, script, functions);
  }

  /// What the tenant does not accept, or has accepted before, makes no version.
  private Result published(ChangeRequest request, Script script, List<FunctionContract> functions) {
    String name = InstalledPlugin.ofScript(script.name());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      String version = Integer.toString(next(request.tenant(), name));
      InstalledPlugin installed = installed(script, version, functions);
      ChangeResult<Tenant> tried = installed(request.tried(), installed);
      boolean wanted =
          tried instanceof ChangeResult.Accepted<Tenant> accepted && !accepted.replayed();
      if (request.dryRun() || !wanted) {
        return new Result.Asked(tried);
      }
      artefacts.keep(code(script));
      switch (catalogue.add(request.tenant(), release(request, script, version), MOST_VERSIONS)) {
        case ADDED -> {
          return new Result.Asked(installed(request, installed));
        }
        case TOO_MANY -> {
          return new Result.TooMany(MOST_VERSIONS);
        }
        case VERSION_TAKEN -> {}
      }
    }
    return new Result.Asked(new ChangeResult.Contended<>());
  }

  private int next(TenantId tenant, String name) {
    return catalogue.releases(tenant, name).stream()
            .mapToInt(release -> Integer.parseInt(release.version()))
            .max()
            .orElse(0)
        + 1;
  }

  /// Takes a script away from the tenant. Its versions stay, so that it can be published again.
  public ChangeResult<Tenant> remove(ChangeRequest request, String script) {
    return changed(request, new SettingsPatch.PluginRemoval(InstalledPlugin.ofScript(script)));
  }

  private ChangeResult<Tenant> installed(ChangeRequest request, InstalledPlugin plugin) {
    return changed(request, new SettingsPatch.PluginInstallation(plugin));
  }

  private ChangeResult<Tenant> changed(ChangeRequest request, SettingsPatch patch) {
    return changes.apply(request, new Command.GovernTenant(patch), ActivatePlugin::tenant);
  }

  /// Calls a function of a script that is not published.
  ///
  /// @param function the name of the function in the script
  public Trial tryOut(TenantId tenant, Script script, String function, Map<String, ?> payload) {
    List<Diagnostic> faults = new ArrayList<>();
    List<FunctionContract> functions = contracts(script, faults);
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
      return new Trial.Invalid(faults);
    }
    Optional<TenantState> state = present.apply(tenant);
    if (state.isEmpty()) {
      return new Trial.TenantNotFound();
    }
    var caller = new PluginCalls.Caller(tenant, state.get().settings().plugins());
    try (Guest guest = guests.unkept(GuestKind.JAVASCRIPT, code(script))) {
      return new Trial.Answered(
          invocations.tryOut(
              caller,
              installed(script, "0", functions),
              guest,
              contract.orElseThrow(),
              payload,
              System.nanoTime() + longest.toNanos()));
    } catch (InvalidGuest e) {
      return new Trial.Invalid(e.diagnostics());
    } catch (InvocationFault fault) {
      return new Trial.Failed(fault);
    }
  }

  private static List<FunctionContract> contracts(Script script, List<Diagnostic> faults) {
    int length = script.source().getBytes(UTF_8).length;
    if (script.source().isBlank() || length > LONGEST) {
      faults.add(
          Diagnostic.error(
              "script_source_invalid",
              Location.field("source"),
              "The source of a script has 1 to %d bytes in UTF-8, not %d."
                  .formatted(LONGEST, length)));
    }
    return switch (ManifestReader.script(script.name(), script.functions())) {
      case ManifestReader.Functions.Valid(var functions) -> functions;
      case ManifestReader.Functions.Invalid(var diagnostics) -> {
        faults.addAll(diagnostics);
        yield List.of();
      }
    };
  }

  private static byte[] code(Script script) {
    return script.source().getBytes(UTF_8);
  }

  private static InstalledPlugin installed(
      Script script, String version, List<FunctionContract> functions) {
    return new InstalledPlugin(
        InstalledPlugin.ofScript(script.name()),
        version,
        Sha256.of(code(script)),
        functions,
        script.calls(),
        List.of(),
        EnumSet.allOf(HostCapability.class),
        null);
  }

  private PluginRelease release(ChangeRequest request, Script script, String version) {
    Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
    manifest.put("functions", script.functions());
    manifest.put("calls", script.calls());
    return new PluginRelease(
        InstalledPlugin.ofScript(script.name()),
        version,
        manifest,
        Sha256.of(code(script)),
        code(script).length,
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        request.actor(),
        Optional.empty());
  }
}
