package dev.tenet.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.recording.DecisionLogContract;
import dev.tenet.application.recording.Entries;
import dev.tenet.domain.decision.LoggedDecision;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InMemoryDecisionLogTest extends DecisionLogContract {

  @Override
  protected DecisionLog open() {
    return new InMemoryDecisionLog();
  }

  @Test
  void theOldestGoWhenThereAreTooMany() {
    var log = new InMemoryDecisionLog(3, 1 << 20);
    for (int number = 0; number < 5; number++) {
      log.write("", List.of(Entries.decision(OURS, number)));
    }

    assertThat(log.find(OURS, Entries.id(1))).isEmpty();
    assertThat(log.find(OURS, Entries.id(2))).isPresent();
    assertThat(log.find(OURS, Entries.id(4))).isPresent();
  }

  @Test
  void theOldestGoWhenTheyAreTooLarge() {
    LoggedDecision one = Entries.decision(OURS, 1);
    var log = new InMemoryDecisionLog(1_000, one.weight() * 2);
    for (int number = 0; number < 5; number++) {
      log.write("", List.of(Entries.decision(OURS, number)));
    }

    assertThat(log.find(OURS, Entries.id(2))).isEmpty();
    assertThat(log.find(OURS, Entries.id(4))).isPresent();
  }
}
