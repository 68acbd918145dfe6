package dev.tenet.application.schema;

import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.TenantId;
import java.util.OptionalInt;

/// Finds the active version of a tenant's schema, or any stored one.
public final class FindSchema {

  /// A version, and whether it is the active one.
  public record FoundSchema(SchemaVersion version, boolean active) {}

  private final Definitions definitions;
  private final TenantStore store;

  public FindSchema(Definitions definitions, TenantStore store) {
    this.definitions = definitions;
    this.store = store;
  }

  /// {@return the version}
  ///
  /// @param version empty for the active one
  public ReadResult<FoundSchema> find(TenantId tenant, OptionalInt version) {
    return definitions.read(
        tenant,
        version.isPresent() ? "schema version" : "schema",
        state ->
            (version.isPresent()
                    ? store.schemaVersion(tenant, version.getAsInt())
                    : state.activeSchema())
                .map(found -> new FoundSchema(found, found.equals(state.schema()))));
  }
}
