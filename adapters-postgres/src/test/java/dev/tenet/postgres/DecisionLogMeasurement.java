package dev.tenet.postgres;

import dev.tenet.application.recording.Entries;
import dev.tenet.domain.decision.LogEntry;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// How many decisions the embedded PostgreSQL takes in a second, from one connection. No test: run it by its name.
final class DecisionLogMeasurement {

  private static final System.Logger LOG = System.getLogger(DecisionLogMeasurement.class.getName());
  private static final TenantId TENANT = new TenantId(new UUID(7, 1));
  private static final int BATCH = 2_000;
  private static final int BATCHES = 100;

  @Test
  void measure() {
    TestDatabase.empty();
    for (int rules : new int[] {1, 10}) {
      for (int round = 0; round < 3; round++) {
        long nanos = write(rules, round);
        LOG.log(
            Level.INFO,
            "%d rules: %,.0f decisions/s".formatted(rules, 1e9 * BATCH * BATCHES / nanos));
        TestDatabase.empty();
      }
    }
  }

  private static long write(int rules, int round) {
    PostgresDecisionLog log = TestDatabase.decisionLog();
    RuleOutcome[] outcomes = new RuleOutcome[rules];
    for (int rule = 0; rule < rules; rule++) {
      outcomes[rule] = Entries.outcome(rule, rule % 3 == 0);
    }
    long nanos = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      List<LogEntry> entries = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        int number = (round * BATCHES + batch) * BATCH + i;
        entries.add(
            Entries.decision(TENANT, number, Entries.NOON.plusNanos(number * 1_000L), 1, outcomes));
      }
      long start = System.nanoTime();
      log.write("main", entries);
      nanos += System.nanoTime() - start;
    }
    return nanos;
  }
}
