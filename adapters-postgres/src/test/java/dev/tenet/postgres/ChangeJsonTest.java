package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.domain.change.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChangeJsonTest {

  private static final int ROUNDS = 200;

  @Test
  void readsEveryKindOfChangeAsItWasWritten() {
    var random = new RandomChanges(1);
    for (int round = 0; round < ROUNDS; round++) {
      List<Change> changes = new ArrayList<>();
      IntStream.range(0, RandomChanges.KINDS).forEach(kind -> changes.add(random.change(kind)));

      List<Change> read = ChangeJson.read(ChangeJson.write(changes));

      assertThat(read).isEqualTo(changes);
      assertThat(read).hasToString(changes.toString());
    }
  }

  @Test
  void storesEveryTextWithoutWhatPostgresCannotHold() {
    var random = new RandomChanges(2);
    for (int round = 0; round < 10_000; round++) {
      String text = random.text();
      String stored = StorableText.store(text);

      assertThat(StorableText.load(stored)).isEqualTo(text);
      assertThat(stored.codePoints())
          .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
    assertThat(StorableText.store("ü 🦄")).isEqualTo("ü 🦄");
  }

  @Test
  void refusesAKindOfChangeThatItDoesNotKnow() {
    assertThatThrownBy(() -> ChangeJson.read("[{\"change\":\"ruleMoved\"}]"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ruleMoved");
  }

  @Test
  void readsWhatWasWrittenWithoutTheMembersThatCameLater() {
    var random = new RandomChanges(3);
    Change activated = new Change.SchemaActivated(random.version(4), 9, 1);
    Change repaired = new Change.RuleRepaired(random.ruleId(), "r", false);
    String old =
        ChangeJson.write(List.of(activated, repaired))
            .replace(",\"from\":9", "")
            .replace(",\"active\":false", "");

    assertThat(ChangeJson.read(old))
        .satisfiesExactly(
            change -> assertThat(((Change.SchemaActivated) change).kind()).isEqualTo("rolled_back"),
            change -> assertThat(((Change.RuleRepaired) change).active()).isTrue());
  }
}
