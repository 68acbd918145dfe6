package dev.tenet.postgres;

import dev.tenet.application.governance.QuotaLedger;
import dev.tenet.application.governance.QuotasContract;

final class PostgresQuotasTest extends QuotasContract {

  @Override
  protected QuotaLedger open() {
    TestDatabase.empty();
    return new PostgresQuotaLedger(TestDatabase.transactions());
  }
}
