package dev.tenet.bootstrap.server;

/// The server cannot start. The message is one line for the operator: what is wrong and the remedy.
public final class StartFailure extends Exception {

  private static final long serialVersionUID = 1;

  private final String line;
  private final boolean misconfigured;

  private StartFailure(String message, boolean misconfigured) {
    super(message, null, false, false);
    this.line = message.replaceAll("\\s*\\R\\s*", " ");
    this.misconfigured = misconfigured;
  }

  static StartFailure misconfigured(String message) {
    return new StartFailure(message, true);
  }

  static StartFailure failed(String message) {
    return new StartFailure(message, false);
  }

  /// {@return the line for the operator}
  public String line() {
    return line;
  }

  /// {@return whether other settings are the only remedy}
  public boolean isMisconfigured() {
    return misconfigured;
  }
}
