package dev.tenet.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.store.TenantStore;
import dev.tenet.http.TenetHttpServer;

/// What the HTTP interface needs besides the use cases.
@Module
final class HttpModule {

  private HttpModule() {}

  @Provides
  static TenetHttpServer.Health health(TenantStore store, CurrentRuleSets ruleSets) {
    return new TenetHttpServer.Health(store::available, ruleSets::size);
  }
}
