package dev.tenet.application.plugin;

/// A call of a guest had no result.
public final class GuestFault extends Exception {

  /// Why. Programs see the text.
  public enum Code {
    /// It was not done in time.
    TIMEOUT("plugin_timeout"),
    /// Its turn did not come in time, or too many calls of the tenant wait already. Trying again later may work.
    BUSY("plugin_busy"),
    /// It did what no code may do: divided by zero, read outside its memory, called itself too deeply, or gave up.
    TRAPPED("plugin_trapped"),
    /// It wanted more memory, or larger tables, than it may have.
    OUT_OF_MEMORY("plugin_out_of_memory"),
    /// The payload is too long for it.
    INPUT_TOO_LARGE("plugin_input_too_large"),
    /// Its answer is too long.
    OUTPUT_TOO_LARGE("plugin_output_too_large"),
    /// Its answer is not what a guest answers.
    INVALID_OUTPUT("plugin_invalid_output"),
    /// It called the host more often than it may.
    TOO_MANY_HOST_CALLS("plugin_too_many_host_calls"),
    /// It answered with an error.
    ERROR("plugin_error"),
    /// It was closed.
    CLOSED("plugin_closed"),
    /// The host does not let it: for what a host call is answered with.
    DENIED("plugin_denied");

    private final String text;

    Code(String text) {
      this.text = text;
    }

    /// {@return the code in snake_case, as programs see it}
    public String text() {
      return text;
    }
  }

  private final Code code;

  /// @param message one sentence, safe to show to whoever called
  public GuestFault(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /// {@return why there is no result}
  public Code code() {
    return code;
  }
}
