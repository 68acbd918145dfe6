package dev.tenet.load;

import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;

import io.gatling.javaapi.core.ChainBuilder;
import java.time.Duration;

/// A hundred users who mostly evaluate, sometimes read and seldom change a rule.
public final class Baseline extends Load {

  public Baseline() {
    super(100, Duration.ofMillis(100), 25);
  }

  @Override
  ChainBuilder request() {
    return randomSwitch()
        .on(
            percent(80).then(evaluate()),
            percent(10).then(listRules()),
            percent(5).then(readHistory()),
            percent(5).then(reviseRule()));
  }
}
