package dev.tenet.domain.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.change.Decider.Decision;
import java.util.List;

/// Opens decisions for tests.
final class Decisions {

  private Decisions() {}

  static List<Change> changes(Decision decision) {
    return switch (decision) {
      case Decision.Accepted(var changes) -> changes;
      case Decision.Rejected(var rejection) ->
          throw new AssertionError("rejected: " + rejection.code() + ' ' + rejection.message());
    };
  }

  static Change accepted(Decision decision) {
    assertThat(changes(decision)).hasSize(1);
    return changes(decision).getFirst();
  }

  static Rejection rejected(Decision decision) {
    return switch (decision) {
      case Decision.Accepted(var changes) -> throw new AssertionError("accepted: " + changes);
      case Decision.Rejected(var rejection) -> rejection;
    };
  }
}
