package dev.tenet.postgres;

import dev.tenet.application.audit.AuditLogContract;
import java.util.List;

final class PostgresAuditLogTest extends AuditLogContract {

  @Override
  protected List<Node> open() {
    TestDatabase.empty();
    return List.of(node(), node());
  }

  private static Node node() {
    TenantTransaction transactions = TestDatabase.transactions();
    return new Node(new PostgresTenantStore(transactions), new PostgresAuditLog(transactions));
  }
}
