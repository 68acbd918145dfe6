package dev.tenet.domain.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Something that is to be recorded: who did or wanted what, when, and what became of it. No text is longer than
/// [#LONGEST_TEXT] characters.
///
/// @param at in microseconds
/// @param actor who asked
/// @param action what was done, such as `rule_added`; of a denial, what was asked for, such as `definitions:write`
/// @param resource to what, such as `rule/0197a3c2-6b20-7d44-9c1e-2a3b4c5d6e7f`
/// @param requestId names the request, when there was one
public record AuditEvent(
    Instant at,
    String actor,
    String action,
    String resource,
    Outcome outcome,
    @Nullable String requestId,
    AuditDetail detail) {

  /// The most UTF-16 code units of an actor, an action, a resource and a request id.
  public static final int LONGEST_TEXT = 256;

  public AuditEvent {
    requireNonNull(outcome);
    requireNonNull(detail);
    if (!at.equals(at.truncatedTo(ChronoUnit.MICROS))) {
      throw new IllegalArgumentException("the moment of an event is in microseconds, not " + at);
    }
    requireShort(actor);
    requireShort(action);
    requireShort(resource);
    if (requestId != null) {
      requireShort(requestId);
    }
  }

  private static void requireShort(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("the texts of an event are short");
    }
  }

  /// {@return the event with this moment in microseconds, and texts that are too long cut}
  public static AuditEvent of(
      Instant at,
      String actor,
      String action,
      String resource,
      Outcome outcome,
      @Nullable String requestId,
      AuditDetail detail) {
    return new AuditEvent(
        at.truncatedTo(ChronoUnit.MICROS),
        shortened(actor),
        shortened(action),
        shortened(resource),
        outcome,
        requestId == null ? null : shortened(requestId),
        detail);
  }

  /// {@return the text, cut when it is longer than the texts of events are}
  public static String shortened(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = LONGEST_TEXT - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + '…';
  }
}
