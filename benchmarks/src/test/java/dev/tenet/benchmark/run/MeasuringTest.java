package dev.tenet.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.benchmark.contestant.Condition;
import dev.tenet.benchmark.contestant.Entrant;
import dev.tenet.benchmark.contestant.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Every benchmark runs and gives values, however few: in this process, once, with few rules.
class MeasuringTest {

  private static final Effort LEAST =
      new Effort(
          0,
          0,
          1,
          Duration.ofMillis(20),
          0,
          1,
          new Effort.Http(Duration.ofMillis(50), 3, Duration.ofMillis(50)));

  private final List<String> progress = new ArrayList<>();
  private final Measuring measuring = new Measuring(LEAST, progress::add);

  @Test
  void everyBenchmarkGivesTimes() {
    for (Measurement measurement :
        List.of(
            Measurement.of(Plan.CONDITION)
                .with(Plan.EXECUTOR, Condition.TREE)
                .with(Plan.QUESTION, Question.COMPREHENSION),
            Measurement.of(Plan.RULE_SET)
                .with(Plan.ENTRANT, Entrant.TENET)
                .with(Plan.RULES, 20)
                .with(Plan.SHAPE, "BROAD"),
            Measurement.of(Plan.ANSWER).with(Plan.RULES, 20),
            Measurement.of(Plan.FACTS),
            Measurement.of(Plan.COMPILE_EVERYTHING).with(Plan.RULES, 20).inSingleShots(),
            Measurement.of(Plan.COMPILE_CHECKED).with(Plan.RULES, 20),
            Measurement.of(Plan.COMPILE_ONE_MORE).with(Plan.RULES, 20),
            Measurement.of(Plan.MODULE),
            Measurement.of(Plan.MODULE_IN_PLACE),
            Measurement.of(Plan.ISOLATED),
            Measurement.of(Plan.SCRIPT),
            Measurement.of(Plan.RELOAD),
            Measurement.of(Plan.ENDLESS))) {
      assertThat(measuring.run(measurement))
          .as(measurement.title())
          .anySatisfy(
              score -> {
                assertThat(score.benchmark()).isEqualTo(measurement.benchmark());
                assertThat(score.unit()).isEqualTo(Score.NANOSECONDS);
                assertThat(score.value()).isPositive();
              });
    }
  }

  @Test
  void allocationsAreMeasuredWhereAskedFor() {
    assertThat(measuring.run(Measurement.of(Plan.ANSWER).with(Plan.RULES, 20).withAllocations()))
        .extracting(Score::unit)
        .containsExactlyInAnyOrder(Score.NANOSECONDS, Score.BYTES);
  }

  @Test
  void theServerIsMeasuredBesideAFixedAnswer() throws InterruptedException {
    Scores scores = measuring.measure(List.of());
    assertThat(
            scores.find(
                Measuring.HTTP, Measuring.PER_SECOND, Map.of(Measuring.ANSWER, Measuring.BARE)))
        .isPresent();
    for (String server : List.of(Measuring.OPEN, Measuring.GOVERNED)) {
      assertThat(served(scores, Measuring.PER_SECOND, server, Measuring.EVALUATED)).isPositive();
      assertThat(served(scores, Measuring.PER_SECOND, server, Measuring.FIXED)).isPositive();
      assertThat(served(scores, Measuring.SHARE, server, Measuring.FIXED)).isPositive();
      assertThat(served(scores, Measuring.SHARE, server, Measuring.BARE)).isPositive();
    }
    assertThat(progress).containsExactly("1 of 1: requests a second");
    assertThat(scores.complete()).isTrue();
  }

  private static double served(Scores scores, String unit, String server, String answer) {
    return scores
        .find(Measuring.HTTP, unit, Map.of(Measuring.SERVER, server, Measuring.ANSWER, answer))
        .orElseThrow();
  }

  @Test
  void aBenchmarkThatFailsIsToldAndTheOthersGoOn() throws InterruptedException {
    Measurement failing = Measurement.of(Plan.RULE_SET).with(Plan.RULES, "-1");
    Measurement sound = Measurement.of(Plan.FACTS);
    Scores scores = measuring.measure(List.of(failing, sound));
    assertThat(scores.complete()).isFalse();
    assertThat(scores.time(Plan.FACTS, Map.of())).isPresent();
    assertThat(progress)
        .anyMatch(line -> line.startsWith("The benchmark RuleSetBenchmark.decide -1 failed: "));
  }

  @Test
  void whatThePageShowsHoldsWhatTheTargetsNeed() {
    assertThat(Plan.everything())
        .extracting(Measurement::title)
        .containsAll(Plan.targets().stream().map(Measurement::title).toList());
  }
}
