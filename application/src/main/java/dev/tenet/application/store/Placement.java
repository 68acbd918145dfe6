package dev.tenet.application.store;

import dev.tenet.domain.tenant.TenantId;
import java.util.List;

/// Says in which of several databases a new tenant is kept. Who does not choose leaves it to the store.
public interface Placement {

  /// {@return the names of the databases}
  List<String> names();

  /// Has a tenant kept in this database once it is created. Nothing else comes of it when it never is.
  ///
  /// @param name one of the names
  /// @return false when a database was chosen for this tenant before, and it was another one
  /// @throws StoreUnavailable when the database does not answer
  boolean choose(TenantId tenant, String name);
}
