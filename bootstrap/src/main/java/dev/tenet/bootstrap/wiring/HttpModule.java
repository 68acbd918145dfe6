package dev.tenet.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.store.TenantStore;
import dev.tenet.http.TenetHttpServer;
import dev.tenet.http.documentation.StoreHealth;

/// What the HTTP interface needs besides the use cases.
@Module
final class HttpModule {

  private HttpModule() {}

  @Provides
  static TenetHttpServer.Health health(TenantStore store, CurrentRuleSets ruleSets) {
    return new TenetHttpServer.Health(
        () -> store.available() ? new StoreHealth.Available() : new StoreHealth.Unavailable(),
        ruleSets::size);
  }
}
