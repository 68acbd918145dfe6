package dev.tenet.bootstrap.wiring;

import dagger.Lazy;
import dagger.Module;
import dagger.Provides;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.governance.QuotaVerdict;
import dev.tenet.application.governance.Quotas;
import dev.tenet.application.plugin.ActivatePlugin;
import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.CallQuota;
import dev.tenet.application.plugin.CollectArtefacts;
import dev.tenet.application.plugin.FindReleases;
import dev.tenet.application.plugin.FindScript;
import dev.tenet.application.plugin.GuestLimits;
import dev.tenet.application.plugin.Guests;
import dev.tenet.application.plugin.Invocations;
import dev.tenet.application.plugin.InvokeFunction;
import dev.tenet.application.plugin.JsonFormat;
import dev.tenet.application.plugin.MovedArtefacts;
import dev.tenet.application.plugin.PluginCatalogue;
import dev.tenet.application.plugin.PublishPlugin;
import dev.tenet.application.plugin.PublishScript;
import dev.tenet.application.plugin.TryScript;
import dev.tenet.application.store.Definitions;
import dev.tenet.application.tenant.GovernTenant;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.usecase.UseCases;
import dev.tenet.inmemory.InMemoryArtefactStore;
import dev.tenet.inmemory.InMemoryPluginCatalogue;
import dev.tenet.wasm.WasmGuestRuntime;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Plugins and scripts: where they are kept, what runs them, and what can be done with them.
@Module
final class PluginModule {

  /// As long as a function may say that it takes.
  private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

  private PluginModule() {}

  @Provides
  @Singleton
  static PluginCatalogue catalogue(Parts parts) {
    return parts.store().plugins().orElseGet(InMemoryPluginCatalogue::new);
  }

  /// Another place may have been chosen when the store had code already.
  @Provides
  @Singleton
  static ArtefactStore artefacts(Parts parts, InstantSource clock) {
    Optional<ArtefactStore> usual = parts.store().artefacts();
    return parts
        .plugins()
        .artefacts()
        .map(
            chosen ->
                usual
                    .<ArtefactStore>map(earlier -> new MovedArtefacts(chosen, earlier))
                    .orElse(chosen))
        .or(() -> usual)
        .orElseGet(() -> new InMemoryArtefactStore(clock));
  }

  @Provides
  @Singleton
  static Guests guests(ArtefactStore artefacts) {
    var settings = WasmGuestRuntime.Settings.of(Runtime.getRuntime().availableProcessors());
    return new Guests(
        artefacts, new WasmGuestRuntime(settings), GuestLimits.USUAL.within(LONGEST_CALL));
  }

  @Provides
  static JsonFormat json() {
    return new WireJson();
  }

  @Provides
  @Singleton
  static Invocations invocations(
      Guests guests, JsonFormat json, Quotas quotas, Lazy<CurrentRuleSets> ruleSets, Parts parts) {
    return new Invocations(guests, json, quota(quotas, ruleSets), parts.plugins().observers());
  }

  /// Rules are compiled with plugins, so that who knows the tenants' settings comes later.
  private static CallQuota quota(Quotas quotas, Lazy<CurrentRuleSets> ruleSets) {
    return tenant ->
        ruleSets
            .get()
            .of(tenant)
            .map(inForce -> inForce.state().settings().quota())
            .map(quota -> quotas.consumePluginCall(tenant, quota))
            .orElse(QuotaVerdict.FREE);
  }

  @Provides
  static CollectArtefacts collector(
      PluginCatalogue catalogue, ArtefactStore artefacts, InstantSource clock) {
    return new CollectArtefacts(catalogue, artefacts, clock);
  }

  @Provides
  static UseCases.Plugins plugins(
      Parts parts,
      PluginCatalogue catalogue,
      ArtefactStore artefacts,
      Guests guests,
      Invocations invocations,
      TenantChanges changes,
      CurrentRuleSets ruleSets,
      Definitions definitions,
      Limits limits,
      AuditLog audit,
      InstantSource clock) {
    var releases = new FindReleases(catalogue);
    var settings = new GovernTenant(changes);
    return new UseCases.Plugins(
        new PublishPlugin(catalogue, artefacts, guests, parts.plugins().approvals(), audit, clock),
        releases,
        new ActivatePlugin(releases, settings, ruleSets::state),
        new PublishScript(catalogue, artefacts, guests, settings, clock),
        new TryScript(guests, invocations, ruleSets::state, limits.evaluationTime()),
        new FindScript(definitions, catalogue, artefacts),
        new InvokeFunction(ruleSets, invocations, limits.evaluationTime()));
  }
}
