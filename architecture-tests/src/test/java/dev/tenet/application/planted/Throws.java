package dev.tenet.application.planted;

import java.util.Optional;

/// Breaks rule 11: a generic exception.
final class Throws {
  private Throws() {}

  static String orElseFail(Optional<String> text) {
    return text.orElseThrow(IllegalStateException::new);
  }

  static void fail() {
    throw new RuntimeException("something went wrong");
  }
}
