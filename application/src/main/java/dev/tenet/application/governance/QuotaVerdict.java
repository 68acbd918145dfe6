package dev.tenet.application.governance;

import dev.tenet.domain.governance.QuotaLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a request is within its tenant's quota.
///
/// @param exceeded the limit that is in the way; empty when the request is allowed
/// @param remainingRequests how many more requests the tenant may make, the least of all windows; -1 for unlimited
/// @param remainingTokens how many more tokens it may use, likewise
/// @param retryAfter when it is worth trying again; zero when the request is allowed
/// @param at when it was judged
public record QuotaVerdict(
    Optional<QuotaLimit> exceeded,
    long remainingRequests,
    long remainingTokens,
    Duration retryAfter,
    Instant at) {

  /// What stands for no limit.
  public static final long UNLIMITED = -1;

  /// The verdict where there is no limit.
  public static final QuotaVerdict FREE =
      new QuotaVerdict(Optional.empty(), UNLIMITED, UNLIMITED, Duration.ZERO, Instant.EPOCH);

  /// {@return the verdict after what it allowed was given back}
  public QuotaVerdict givenBack(long requests, long tokens) {
    return new QuotaVerdict(
        exceeded, more(remainingRequests, requests), more(remainingTokens, tokens), retryAfter, at);
  }

  private static long more(long remaining, long givenBack) {
    return remaining == UNLIMITED ? UNLIMITED : remaining + givenBack;
  }

  /// {@return whether the request is allowed}
  public boolean allowed() {
    return exceeded.isEmpty();
  }
}
