package dev.tenet.application.evaluation;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// Publishes the way [CurrentRuleSets] must not: looks, compiles, and then sets. It shows that jcstress finds such a fault.
@JCStressTest
@State
@Outcome(id = "3", expect = ACCEPTABLE, desc = "The newer one stays.")
public class PlantedCheckThenSet {

  private volatile InForce current = PublishStress.compiled(1);

  private void publish(int revision) {
    if (current.revision() <= revision) {
      current = PublishStress.compiled(revision);
    }
  }

  @Actor
  public void newer() {
    publish(3);
  }

  @Actor
  public void older() {
    publish(2);
  }

  @Arbiter
  public void afterwards(J_Result seen) {
    seen.r1 = current.revision();
  }
}
