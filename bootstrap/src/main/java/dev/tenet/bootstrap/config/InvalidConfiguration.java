package dev.tenet.bootstrap.config;

import java.util.List;

/// The configuration does not make sense.
public final class InvalidConfiguration extends Exception {

  private static final long serialVersionUID = 1;

  private final String lines;

  InvalidConfiguration(List<String> faults) {
    super(null, null, false, false);
    this.lines = String.join(System.lineSeparator(), faults);
  }

  /// {@return the faults, a line for each: where, what and the remedy}
  public String lines() {
    return lines;
  }
}
