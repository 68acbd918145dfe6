package dev.tenet.application.plugin;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.tenant.GovernTenant;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.governance.SettingsPatch;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.plugin.FunctionContract;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A tenant's own scripts: publishes a version of one that rules can call at once, or takes it away.
public final class PublishScript {

  private static final int MOST_VERSIONS = 1_000;

  /// Code stays when its script is taken away: decisions that it took part in can be replayed.
  private static final int MOST_IN_ALL = 5_000;

  private static final int ATTEMPTS = 10;

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

    /// There are as many versions as there may be, of this script or of all that the tenant has ever published.
    record TooMany(int most, boolean inAll) implements Result {}
  }

  private final PluginCatalogue catalogue;
  private final ArtefactStore artefacts;
  private final Guests guests;
  private final GovernTenant settings;
  private final InstantSource clock;

  /// @param settings say which scripts a tenant has
  public PublishScript(
      PluginCatalogue catalogue,
      ArtefactStore artefacts,
      Guests guests,
      GovernTenant settings,
      InstantSource clock) {
    this.catalogue = catalogue;
    this.artefacts = artefacts;
    this.guests = guests;
    this.settings = settings;
    this.clock = clock;
  }

  /// Publishes a version of a script, which takes the place of the one before.
  public Result publish(ChangeRequest request, Script script) {
    List<Diagnostic> faults = new ArrayList<>();
    List<FunctionContract> functions = script.contracts(faults);
    if (faults.isEmpty()) {
      try {
        Guest guest = guests.check(GuestKind.JAVASCRIPT, script.code());
        faults.addAll(Script.notExported(functions, guest));
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
      InstalledPlugin installed = script.installed(version, functions);
      ChangeResult<Tenant> tried = installed(request.tried(), installed);
      boolean wanted =
          tried instanceof ChangeResult.Accepted<Tenant> accepted && !accepted.replayed();
      if (!wanted) {
        return new Result.Asked(tried);
      }
      if (Integer.parseInt(version) > MOST_VERSIONS) {
        return new Result.TooMany(MOST_VERSIONS, false);
      }
      if (inAll(request.tenant()) >= MOST_IN_ALL) {
        return new Result.TooMany(MOST_IN_ALL, true);
      }
      if (request.dryRun()) {
        return new Result.Asked(tried);
      }
      artefacts.keep(script.code());
      switch (catalogue.add(request.tenant(), release(request, script, version), MOST_VERSIONS)) {
        case ADDED -> {
          return new Result.Asked(installed(request, installed));
        }
        case TOO_MANY -> {
          return new Result.TooMany(MOST_VERSIONS, false);
        }
        case VERSION_TAKEN -> {}
      }
    }
    return new Result.Asked(new ChangeResult.Contended<>());
  }

  /// Versions are counted from 1.
  private int inAll(TenantId tenant) {
    return catalogue.newest(tenant).stream()
        .filter(release -> InstalledPlugin.isScript(release.name()))
        .mapToInt(release -> Integer.parseInt(release.version()))
        .sum();
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
    return settings.govern(
        request, new SettingsPatch.PluginRemoval(InstalledPlugin.ofScript(script)));
  }

  private ChangeResult<Tenant> installed(ChangeRequest request, InstalledPlugin plugin) {
    return settings.govern(request, new SettingsPatch.PluginInstallation(plugin));
  }

  private PluginRelease release(ChangeRequest request, Script script, String version) {
    return new PluginRelease(
        InstalledPlugin.ofScript(script.name()),
        version,
        script.manifest(),
        Sha256.of(script.code()),
        script.code().length,
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        request.actor(),
        Optional.empty());
  }
}
