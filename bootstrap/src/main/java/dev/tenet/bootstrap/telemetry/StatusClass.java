package dev.tenet.bootstrap.telemetry;

import java.util.List;

/// The classes of statuses that requests are answered with, as a label.
final class StatusClass {

  /// All classes in their order.
  static final List<String> ALL = List.of("2xx", "3xx", "4xx", "5xx");

  private static final int SIZE = 100;
  private static final int FIRST = 2;

  private StatusClass() {}

  /// {@return the place of a status's class among all}
  static int of(int status) {
    return Math.clamp(status / SIZE - FIRST, 0, ALL.size() - 1);
  }
}
