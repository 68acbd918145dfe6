package dev.tenet.inmemory;

import dev.tenet.application.governance.QuotaLedger;
import dev.tenet.application.governance.QuotasContract;

final class InMemoryQuotasTest extends QuotasContract {

  @Override
  protected QuotaLedger open() {
    return new InMemoryQuotaLedger();
  }
}
