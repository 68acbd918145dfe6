package dev.tenet.bootstrap.http;

import static java.util.Objects.requireNonNull;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.application.store.TenantStore;
import dev.tenet.application.tenant.DeleteTenant;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.bootstrap.wiring.TenetComponent;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.postgres.PostgresStoreProvider;
import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The HTTP interface over PostgreSQL: the same contracts as in memory, on one embedded database.
final class PostgresHttpTest {

  private static StoreProvider.@Nullable OpenStore open;

  @BeforeAll
  static void open(@TempDir Path folder) {
    open =
        new PostgresStoreProvider()
            .open(new StoreProvider.Settings(folder.resolve("data"), Map.of()));
  }

  @AfterAll
  static void close() {
    if (open != null) {
      open.close();
    }
  }

  /// {@return the store, emptied as an operator would empty it}
  private static TenantStore emptied() {
    TenantStore store = requireNonNull(open).tenants();
    TenetComponent component = TenetComponent.of(Parts.of(StoreProvider.OpenStore.of(store)));
    DeleteTenant delete = component.useCases().tenants().delete();
    for (Tenant tenant :
        store.tenants(TenantFilter.ALL, new PageRequest<>(1000, Optional.empty())).items()) {
      delete.delete(
          new ChangeRequest(tenant.id(), OptionalLong.empty(), false, Optional.empty(), "test"));
    }
    component.guests().close();
    return store;
  }

  @Nested
  final class Tenants extends TenantsContract {
    @Override
    TenantStore store() {
      return emptied();
    }
  }

  @Nested
  final class Schemas extends SchemasContract {
    @Override
    TenantStore store() {
      return emptied();
    }
  }

  @Nested
  final class DerivedFields extends DerivedFieldsContract {
    @Override
    TenantStore store() {
      return emptied();
    }
  }

  @Nested
  final class Rules extends RulesContract {
    @Override
    TenantStore store() {
      return emptied();
    }
  }

  @Nested
  final class Evaluation extends EvaluationContract {
    @Override
    TenantStore store() {
      return emptied();
    }
  }

  @Nested
  final class Governance extends GovernanceContract {
    @Override
    TenantStore store() {
      return emptied();
    }
  }

  @Nested
  final class Decisions extends DecisionsContract {
    @Override
    StoreProvider.OpenStore open() {
      emptied();
      return requireNonNull(open);
    }
  }

  @Nested
  final class PluginPublishing extends PluginPublishingContract {
    @Override
    StoreProvider.OpenStore open() {
      emptied();
      return requireNonNull(open);
    }
  }

  @Nested
  final class PluginUse extends PluginUseContract {
    @Override
    StoreProvider.OpenStore open() {
      emptied();
      return requireNonNull(open);
    }
  }

  @Nested
  final class Scripts extends ScriptsContract {
    @Override
    StoreProvider.OpenStore open() {
      emptied();
      return requireNonNull(open);
    }
  }

  @Nested
  final class Identity extends IdentityContract {
    @Override
    StoreProvider.OpenStore store() {
      return requireNonNull(open);
    }
  }

  @Nested
  final class Conventions extends ConventionsContract {
    @Override
    TenantStore store() {
      return emptied();
    }
  }
}
