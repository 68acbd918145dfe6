package dev.tenet.postgres;

import dev.tenet.application.audit.AuditLogContract;
import dev.tenet.spi.StoreProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/// The log over several databases promises what every log does.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PlacedAuditLogTest extends AuditLogContract {

  private final TestDatabases databases = new TestDatabases("placed_audit");
  private final List<StoreProvider.OpenStore> servers = new ArrayList<>();

  @BeforeAll
  void openServers() {
    servers.add(databases.open());
    servers.add(databases.open());
  }

  @AfterAll
  void closeServers() {
    servers.forEach(StoreProvider.OpenStore::close);
  }

  @Override
  protected List<Node> open() {
    databases.empty();
    return servers.stream()
        .map(server -> new Node(server.tenants(), server.audit().orElseThrow()))
        .toList();
  }
}
