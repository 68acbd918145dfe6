package dev.tenet.bootstrap.http;

import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.store.TenantStore;
import dev.tenet.inmemory.InMemoryApiKeyStore;
import dev.tenet.inmemory.InMemoryStoreProvider;
import dev.tenet.inmemory.InMemoryTenantStore;
import dev.tenet.spi.StoreProvider;
import dev.tenet.spi.StoreProvider.OpenStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/// The HTTP interface over the in-memory store.
final class InMemoryHttpTest {

  private static OpenStore empty() {
    return new InMemoryStoreProvider().open(new StoreProvider.Settings(Path.of(""), Map.of()));
  }

  @Nested
  final class Tenants extends TenantsContract {
    @Override
    TenantStore store() {
      return new InMemoryTenantStore();
    }
  }

  @Nested
  final class Schemas extends SchemasContract {
    @Override
    TenantStore store() {
      return new InMemoryTenantStore();
    }
  }

  @Nested
  final class DerivedFields extends DerivedFieldsContract {
    @Override
    TenantStore store() {
      return new InMemoryTenantStore();
    }
  }

  @Nested
  final class Rules extends RulesContract {
    @Override
    TenantStore store() {
      return new InMemoryTenantStore();
    }
  }

  @Nested
  final class Evaluation extends EvaluationContract {
    @Override
    TenantStore store() {
      return new InMemoryTenantStore();
    }
  }

  @Nested
  final class Governance extends GovernanceContract {
    @Override
    TenantStore store() {
      return new InMemoryTenantStore();
    }
  }

  @Nested
  final class Decisions extends DecisionsContract {
    @Override
    OpenStore open() {
      return empty();
    }
  }

  @Nested
  final class PluginPublishing extends PluginPublishingContract {
    @Override
    OpenStore open() {
      return empty();
    }
  }

  @Nested
  final class PluginUse extends PluginUseContract {
    @Override
    OpenStore open() {
      return empty();
    }
  }

  @Nested
  final class Scripts extends ScriptsContract {
    @Override
    OpenStore open() {
      return empty();
    }
  }

  @Nested
  final class Identity extends IdentityContract {
    @Override
    StoreProvider.OpenStore store() {
      var keys = new InMemoryApiKeyStore();
      var tenants = new InMemoryTenantStore();
      return new StoreProvider.OpenStore() {
        @Override
        public TenantStore tenants() {
          return tenants;
        }

        @Override
        public Optional<ApiKeyStore> apiKeys() {
          return Optional.of(keys);
        }

        @Override
        public void close() {}
      };
    }
  }

  @Nested
  final class Conventions extends ConventionsContract {
    @Override
    TenantStore store() {
      return new InMemoryTenantStore();
    }
  }
}
