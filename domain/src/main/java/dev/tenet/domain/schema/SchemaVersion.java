package dev.tenet.domain.schema;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// One version of a tenant's schema. Immutable once stored; exactly one version of a tenant is active.
///
/// @param version from 1, growing by one
public record SchemaVersion(SchemaId id, int version, Schema schema, Instant createdAt) {
  public SchemaVersion {
    requireNonNull(id);
    requireNonNull(schema);
    requireNonNull(createdAt);
    if (version < 1) {
      throw new IllegalArgumentException("a schema version is at least 1, not " + version);
    }
  }
}
