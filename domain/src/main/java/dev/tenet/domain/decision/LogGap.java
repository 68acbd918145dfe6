package dev.tenet.domain.decision;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.UUID;

/// Decisions that were made and not kept, because more came than could be.
///
/// @param at when the first of them was made
/// @param until when the last of them was made
/// @param missing how many they are at most: of some it may not be known whether they were kept
public record LogGap(TenantId tenant, Instant at, UUID key, Instant until, long missing)
    implements LogEntry, FoundEntry {

  private static final long BYTES = 200;

  public LogGap {
    requireNonNull(tenant);
    requireNonNull(at);
    requireNonNull(key);
    requireNonNull(until);
    if (missing < 1) {
      throw new IllegalArgumentException("a gap misses something, not " + missing);
    }
  }

  @Override
  public long weight() {
    return BYTES;
  }
}
