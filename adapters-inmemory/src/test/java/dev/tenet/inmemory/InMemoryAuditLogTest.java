package dev.tenet.inmemory;

import dev.tenet.application.audit.AuditLogContract;
import java.util.List;

final class InMemoryAuditLogTest extends AuditLogContract {

  @Override
  protected List<Node> open() {
    var log = new InMemoryAuditLog();
    var node = new Node(new InMemoryTenantStore(log), log);
    return List.of(node, node);
  }
}
