package dev.tenet.application.recording;

/// More decisions come than can be kept, and this one may not be answered without being kept. Trying again later may work.
public final class DecisionLogFull extends RuntimeException {
  public DecisionLogFull() {
    super("The buffer of the decision log is full.", null, false, false);
  }
}
