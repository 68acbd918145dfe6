package dev.tenet.application.plugin;

import dev.tenet.application.governance.QuotaVerdict;
import dev.tenet.domain.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.List;

/// An invocation had no result.
public final class InvocationFault extends Exception {

  /// What kind of answer it is.
  public enum Kind {
    /// There is no such function, or the tenant may not call it, which look the same.
    NOT_FOUND,
    /// The input contradicts the contract.
    INVALID_INPUT,
    /// The function said no, or is broken.
    FAILED,
    /// It took too long.
    TIMEOUT,
    /// There was no room for it just now.
    BUSY,
    /// The tenant has used up its quota of calls.
    QUOTA
  }

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Kind kind;
  private final String code;
  private final Duration retryAfter;
  private final transient List<Diagnostic> diagnostics;

  InvocationFault(Kind kind, String code, String message, List<Diagnostic> diagnostics) {
    this(kind, code, message, kind == Kind.BUSY ? SOON : Duration.ZERO, diagnostics);
  }

  private InvocationFault(
      Kind kind, String code, String message, Duration retryAfter, List<Diagnostic> diagnostics) {
    super(message, null, false, false);
    this.kind = kind;
    this.code = code;
    this.retryAfter = retryAfter;
    this.diagnostics = List.copyOf(diagnostics);
  }

  static InvocationFault of(Kind kind, String code, String message) {
    return new InvocationFault(kind, code, message, List.of());
  }

  static InvocationFault quotaExceeded(QuotaVerdict verdict) {
    return new InvocationFault(
        Kind.QUOTA,
        "plugin_quota_exceeded",
        "The tenant has used up its quota of %s.".formatted(verdict.exceeded().orElseThrow().key()),
        verdict.retryAfter(),
        List.of());
  }

  static InvocationFault of(GuestFault fault) {
    Kind kind =
        switch (fault.code()) {
          case TIMEOUT -> Kind.TIMEOUT;
          case BUSY, CLOSED -> Kind.BUSY;
          case INPUT_TOO_LARGE -> Kind.INVALID_INPUT;
          case TRAPPED,
              OUT_OF_MEMORY,
              OUTPUT_TOO_LARGE,
              INVALID_OUTPUT,
              TOO_MANY_HOST_CALLS,
              ERROR,
              DENIED ->
              Kind.FAILED;
        };
    return of(kind, fault.code().text(), message(fault));
  }

  private static String message(GuestFault fault) {
    return String.valueOf(fault.getMessage());
  }

  /// {@return what kind of answer it is}
  public Kind kind() {
    return kind;
  }

  /// {@return when it is worth trying again; zero when it is not}
  public Duration retryAfter() {
    return retryAfter;
  }

  /// {@return the code in snake_case, as programs see it}
  public String code() {
    return code;
  }

  /// {@return what is wrong with the input, when that is the reason}
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
