package dev.tenet.http.evaluation;

import dev.tenet.application.evaluation.EvaluateFacts.Evaluation;
import dev.tenet.application.evaluation.EvaluateFacts.Outcome;
import dev.tenet.application.evaluation.TimeSlice;
import dev.tenet.application.recording.DecisionLogFull;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location.Pointer;
import dev.tenet.http.json.JsonScanner;
import dev.tenet.http.json.StrictJson;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/// The definitions that a request is decided by, and what it wants to know of its facts.
record RequestedEvaluation(Evaluation opened, EvaluationRequest request) {

  private static final Logger LOG = System.getLogger(RequestedEvaluation.class.getName());

  long revision() {
    return opened.revision();
  }

  /// {@return how many rules are evaluated for each set of facts}
  long rules() {
    return opened.rules(request.selection());
  }

  /// Decides.
  ///
  /// @param at where the facts stand in the body
  Outcome evaluate(JsonScanner facts, Pointer at, TimeSlice slice) throws StrictJson.Malformed {
    try {
      return opened.evaluate(facts, at, request.selection(), slice);
    } catch (DecisionLogFull e) {
      throw new ProblemException(
          Problem.of(
                  503,
                  "decision_log_full",
                  "More decisions come than can be kept, and this one must be; try again after the seconds in Retry-After.")
              .retryAfter(1));
    }
  }

  /// Decides on facts that are JSON, and writes the decision, or what is wrong with them.
  void answer(JsonScanner facts, Pointer at, TimeSlice slice, DecisionWriter writer) {
    if (!facts.isBeforeObject()) {
      Diagnostic fault =
          Diagnostic.error("facts_not_object", at, "A set of facts must be a JSON object.");
      writer.problem(fault.code(), fault.message(), List.of(fault));
      return;
    }
    try {
      switch (evaluate(facts, at, slice)) {
        case Outcome.Decided(var decision) -> writer.decision(decision, request.misspelled());
        case Outcome.InvalidFacts(var diagnostics) ->
            writer.problem(
                diagnostics.getFirst().code(), diagnostics.getFirst().message(), diagnostics);
      }
    } catch (StrictJson.Malformed e) {
      throw unreadable(e);
    }
  }

  static IllegalStateException unreadable(StrictJson.Malformed fault) {
    return new IllegalStateException("the facts were JSON when they were passed over", fault);
  }

  /// Waits until decisions are kept, outside of what is admitted: it computes nothing.
  void confirm() {
    try {
      opened.confirm();
    } catch (StoreUnavailable e) {
      LOG.log(Level.WARNING, () -> "a decision was not kept: " + e.getCause());
      throw new ProblemException(Problem.storeUnavailable());
    }
  }
}
