package dev.tenet.testkit;

import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.audit.AuditLogContract;
import dev.tenet.application.change.ChangeCorridorContract;
import dev.tenet.application.change.ContentionContract;
import dev.tenet.application.change.DerivedFieldsContract;
import dev.tenet.application.change.RepeatedRequestsContract;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.governance.QuotaLedger;
import dev.tenet.application.governance.QuotasContract;
import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.identity.ApiKeyStoreContract;
import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.ArtefactStoreContract;
import dev.tenet.application.plugin.PluginCatalogue;
import dev.tenet.application.plugin.PluginCatalogueContract;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.recording.DecisionLogContract;
import dev.tenet.application.store.ConcurrentStoreContract;
import dev.tenet.application.store.TenantIsolationContract;
import dev.tenet.application.store.TenantStore;
import dev.tenet.application.store.TenantStoreContract;
import dev.tenet.spi.StoreProvider.OpenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// What every store promises. The store's own test extends this class, and says how to open a store that is empty. What a store
/// does not keep, such as decisions, is left out.
public abstract class StoreContract {

  @TempDir private Path temporary = Path.of("");
  private final List<OpenStore> opened = new ArrayList<>();

  /// {@return a store without tenants, which nobody else uses; it is closed after the test}
  ///
  /// @param folder where it may keep files; it is empty, and is removed after the test
  protected abstract OpenStore open(Path folder);

  private OpenStore open() {
    try {
      OpenStore store = open(Files.createTempDirectory(temporary, "store"));
      opened.add(store);
      return store;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T kept(Optional<T> part, String what) {
    Assumptions.assumeTrue(part.isPresent(), "the store keeps no " + what);
    return part.orElseThrow();
  }

  @AfterEach
  final void closeStores() {
    opened.forEach(OpenStore::close);
    opened.clear();
  }

  /// Tenants as they are stored, changed and read.
  @Nested
  class Tenants extends TenantStoreContract {
    @Override
    protected TenantStore open() {
      return StoreContract.this.open().tenants();
    }
  }

  /// Nothing of one tenant is visible through another's id.
  @Nested
  class Isolation extends TenantIsolationContract {
    @Override
    protected TenantStore open() {
      return StoreContract.this.open().tenants();
    }
  }

  /// Many write at once.
  @Nested
  class Concurrency extends ConcurrentStoreContract {
    @Override
    protected TenantStore open() {
      return StoreContract.this.open().tenants();
    }
  }

  /// Changes on their whole way.
  @Nested
  class Changes extends ChangeCorridorContract {
    @Override
    protected TenantStore open() {
      return StoreContract.this.open().tenants();
    }

    @Override
    protected RuleCompiler compiler() {
      return new ScriptedRuleCompiler();
    }
  }

  /// Changes of one tenant by many.
  @Nested
  class Contention extends ContentionContract {
    @Override
    protected TenantStore open() {
      return StoreContract.this.open().tenants();
    }

    @Override
    protected RuleCompiler compiler() {
      return new ScriptedRuleCompiler();
    }
  }

  /// Derived fields that depend on one another.
  @Nested
  class DerivedFields extends DerivedFieldsContract {
    @Override
    protected TenantStore open() {
      return StoreContract.this.open().tenants();
    }

    @Override
    protected RuleCompiler compiler() {
      return new ScriptedRuleCompiler();
    }
  }

  /// Requests with a key, sent again.
  @Nested
  class RepeatedRequests extends RepeatedRequestsContract {
    @Override
    protected TenantStore open() {
      return StoreContract.this.open().tenants();
    }

    @Override
    protected RuleCompiler compiler() {
      return new ScriptedRuleCompiler();
    }
  }

  /// The log of decisions, if there is one.
  @Nested
  class Decisions extends DecisionLogContract {
    @Override
    protected DecisionLog open() {
      return kept(StoreContract.this.open().decisions(), "decisions");
    }
  }

  /// API keys, if they are kept.
  @Nested
  class ApiKeys extends ApiKeyStoreContract {
    @Override
    protected ApiKeyStore open() {
      return kept(StoreContract.this.open().apiKeys(), "API keys");
    }
  }

  /// What tenants take of their quotas, if it is kept.
  @Nested
  class Quotas extends QuotasContract {
    @Override
    protected QuotaLedger open() {
      return kept(StoreContract.this.open().quotas(), "quotas");
    }
  }

  /// Published plugins and scripts, if they are registered.
  @Nested
  class Plugins extends PluginCatalogueContract {
    @Override
    protected PluginCatalogue open() {
      return kept(StoreContract.this.open().plugins(), "plugins");
    }
  }

  /// The code of plugins and scripts, if it is kept.
  @Nested
  class Artefacts extends ArtefactStoreContract {
    @Override
    protected ArtefactStore open() {
      return kept(StoreContract.this.open().artefacts(), "code of plugins");
    }
  }

  /// The audit, if there is one.
  @Nested
  class Audit extends AuditLogContract {
    @Override
    protected List<Node> open() {
      OpenStore store = StoreContract.this.open();
      AuditLog log = kept(store.audit(), "audit");
      var node = new Node(store.tenants(), log);
      return List.of(node, node);
    }
  }
}
