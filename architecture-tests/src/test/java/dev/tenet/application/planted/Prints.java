package dev.tenet.application.planted;

/// Breaks rule 11: writes to a standard stream.
final class Prints {
  private Prints() {}

  static void print() {
    System.out.println("hello");
  }
}
