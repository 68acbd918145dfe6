package dev.tenet.http.evaluation;

import dev.tenet.application.evaluation.TimeSlice;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.http.json.StrictJson;
import dev.tenet.http.json.Unread;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import dev.tenet.http.routing.RequestLines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Answers a stream of sets of facts, a line each, while it arrives.
final class EvaluatedLines {

  /// After how many bytes of answers it is waited for that their decisions are kept, if they must be.
  private static final int MOST_UNCONFIRMED = 64 << 10;

  private final RequestedEvaluation requested;
  private final RequestLines lines;
  private final int longest;
  private final Runnable charging;
  private final DecisionWriter writer = new DecisionWriter();

  /// @param longest the most bytes of a line, for messages
  /// @param charging pays for a line
  EvaluatedLines(
      RequestedEvaluation requested, RequestLines lines, int longest, Runnable charging) {
    this.requested = requested;
    this.lines = lines;
    this.longest = longest;
    this.charging = charging;
  }

  /// When reading or charging fails, the stream ends with the problem: a line took too long to arrive, a chunk is too large,
  /// the quota is used up.
  ///
  /// @return whether the lines were read to their end
  boolean answer(OutputStream out) throws IOException {
    try (var slice = new TimeSlice()) {
      return answer(slice, out);
    }
  }

  /// @param slice which is paused but while a line is answered
  private boolean answer(TimeSlice slice, OutputStream out) throws IOException {
    while (true) {
      try {
        byte[] line = lines.next();
        if (line == null) {
          return true;
        }
        charging.run();
        answer(line, slice);
        writer.endLine();
      } catch (RequestLines.LineTooLong e) {
        writer.problem(
            "facts_too_large",
            "The line is too long; at most %d bytes are allowed.".formatted(longest),
            List.of());
        writer.endLine();
      } catch (ProblemException e) {
        return end(e.problem(), out);
      }
      if (!requested.opened().isToBeConfirmed()
          || !lines.isReady()
          || writer.size() > MOST_UNCONFIRMED) {
        try {
          requested.confirm();
        } catch (ProblemException e) {
          writer.clear();
          return end(e.problem(), out);
        }
        writer.drain(out);
      }
    }
  }

  private void answer(byte[] line, TimeSlice slice) {
    slice.resume();
    try {
      Unread facts = StrictJson.unreadLine(line, lines.number());
      requested.answer(facts.source(), Location.root(), slice, writer);
    } catch (StrictJson.Malformed e) {
      writer.problem(e.code(), e.getMessage(), Problem.of(e).diagnostics());
    } finally {
      slice.pause();
    }
  }

  /// What is not known to be kept is not answered.
  private boolean end(Problem problem, OutputStream out) throws IOException {
    try {
      requested.confirm();
    } catch (ProblemException e) {
      writer.clear();
    }
    writer.problem(problem.code(), problem.detail(), List.of());
    writer.endLine();
    writer.drain(out);
    return false;
  }
}
