package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CircuitTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
  private final Circuit circuit = new Circuit(now::get);

  @Test
  void everybodyMayTryWhatIsThere() {
    assertThat(circuit.mayTry()).isTrue();
    assertThat(circuit.close()).as("news").isFalse();
    assertThat(circuit.mayTry()).isTrue();
  }

  @Test
  void afterEachPauseOneMayTryWhatIsAway() {
    assertThat(circuit.open()).as("news").isTrue();
    assertThat(circuit.mayTry()).isFalse();
    now.addAndGet(Circuit.PAUSE.toNanos() - 1);
    assertThat(circuit.mayTry()).isFalse();
    now.addAndGet(1);
    assertThat(circuit.mayTry()).isTrue();
    assertThat(circuit.mayTry()).isFalse();
    assertThat(circuit.open()).as("news").isFalse();
    now.addAndGet(Circuit.PAUSE.toNanos());
    assertThat(circuit.mayTry()).isTrue();
    assertThat(circuit.close()).as("news").isTrue();
    assertThat(circuit.mayTry()).isTrue();
    assertThat(circuit.mayTry()).isTrue();
  }

  @Test
  void whoTriesAndSaysNothingBlocksNobodyForEver() {
    circuit.open();
    now.addAndGet(Circuit.PAUSE.toNanos());
    assertThat(circuit.mayTry()).isTrue();
    now.addAndGet(Circuit.PAUSE.toNanos());
    assertThat(circuit.mayTry()).isTrue();
  }
}
