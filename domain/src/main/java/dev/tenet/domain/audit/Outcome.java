package dev.tenet.domain.audit;

import java.util.Arrays;
import java.util.Optional;

/// What became of what somebody wanted to do.
public enum Outcome {
  /// It was done.
  ACCEPTED("accepted"),
  /// It was refused.
  DENIED("denied");

  private final String wireName;

  Outcome(String wireName) {
    this.wireName = wireName;
  }

  /// {@return how it is written, such as `denied`}
  public String wireName() {
    return wireName;
  }

  /// {@return the outcome that is written so}
  public static Optional<Outcome> parse(String text) {
    return Arrays.stream(values()).filter(outcome -> outcome.wireName.equals(text)).findFirst();
  }
}
