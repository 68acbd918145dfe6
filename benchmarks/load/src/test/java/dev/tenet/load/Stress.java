package dev.tenet.load;

import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;

import io.gatling.javaapi.core.ChainBuilder;
import java.time.Duration;

/// More users in more of a hurry, who evaluate and read.
public final class Stress extends Load {

  public Stress() {
    super(250, Duration.ofMillis(50), 25);
  }

  @Override
  ChainBuilder request() {
    return randomSwitch().on(percent(90).then(evaluate()), percent(10).then(listRules()));
  }
}
