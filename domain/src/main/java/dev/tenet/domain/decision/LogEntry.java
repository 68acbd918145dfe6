package dev.tenet.domain.decision;

import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.UUID;

/// What a tenant's decision log holds: a decision, or that some are missing.
public sealed interface LogEntry permits LoggedDecision, LogGap {

  /// {@return whose it is}
  TenantId tenant();

  /// {@return when it was, to the microsecond}
  Instant at();

  /// {@return what tells it from others of the same moment}
  UUID key();

  /// {@return about how many bytes it takes in memory}
  long weight();
}
