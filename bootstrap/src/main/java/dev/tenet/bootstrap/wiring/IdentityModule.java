package dev.tenet.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.identity.FindKey;
import dev.tenet.application.identity.IdSource;
import dev.tenet.application.identity.IssueFirstKey;
import dev.tenet.application.identity.IssueKey;
import dev.tenet.application.identity.KnownKeys;
import dev.tenet.application.identity.ListKeys;
import dev.tenet.application.identity.RevokeKey;
import dev.tenet.application.store.TenantStore;
import dev.tenet.http.identity.Authenticator;
import dev.tenet.http.identity.CredentialAuthenticator;
import dev.tenet.http.identity.LocalAuthenticator;
import dev.tenet.http.usecase.UseCases;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// API keys, and what this node has in memory of them.
@Module
final class IdentityModule {

  private IdentityModule() {}

  @Provides
  @Singleton
  static KnownKeys knownKeys(ApiKeyStore keys, InstantSource clock) {
    return new KnownKeys(
        keys, clock, System::nanoTime, task -> Thread.ofVirtual().name("keys").start(task));
  }

  @Provides
  @Singleton
  static Authenticator authenticator(Identity identity, KnownKeys keys, InstantSource clock) {
    return identity.required()
        ? new CredentialAuthenticator(keys, identity.tokens(), clock)
        : identity
            .localHost()
            .<Authenticator>map(LocalAuthenticator::new)
            .orElse(Authenticator.OFF);
  }

  @Provides
  static IssueFirstKey issueFirstKey(
      ApiKeyStore keys, IdSource ids, InstantSource clock, AuditLog audit) {
    return new IssueFirstKey(keys, ids, clock, audit);
  }

  @Provides
  static UseCases.Keys keys(
      ApiKeyStore keys,
      TenantStore tenants,
      KnownKeys known,
      IdSource ids,
      InstantSource clock,
      AuditLog audit) {
    return new UseCases.Keys(
        new IssueKey(keys, tenants, ids, clock, audit),
        new RevokeKey(keys, known::forget, clock, audit),
        new FindKey(keys),
        new ListKeys(keys, tenants));
  }
}
