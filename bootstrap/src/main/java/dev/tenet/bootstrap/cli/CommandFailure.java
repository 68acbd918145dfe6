package dev.tenet.bootstrap.cli;

import picocli.CommandLine.ExitCode;

/// Ends a command with a message for its user and an exit status.
final class CommandFailure extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;

  private CommandFailure(String message, int status) {
    super(message, null, false, false);
    this.status = status;
  }

  /// {@return the failure of a command that was used rightly; exit status 1}
  static CommandFailure failed(String message) {
    return new CommandFailure(message, ExitCode.SOFTWARE);
  }

  /// {@return the failure of a command whose options or files make no sense; exit status 2}
  static CommandFailure badInput(String message) {
    return new CommandFailure(message, ExitCode.USAGE);
  }

  int status() {
    return status;
  }
}
