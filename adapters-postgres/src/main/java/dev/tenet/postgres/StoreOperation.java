package dev.tenet.postgres;

/// What an operator does with the databases directly. Opening it may throw
/// [dev.tenet.application.store.StoreUnavailable], and [IllegalArgumentException] for settings that make no sense.
public sealed interface StoreOperation extends AutoCloseable
    permits AuditOperation, KeyOperation, PostgresOperation, TenantOperation {

  @Override
  void close();
}
