package dev.tenet.domain.audit;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.hash.Sha256;

/// Where a chain ends.
///
/// @param sequence the number of the last record, 0 when there is none
/// @param hash of the last record
public record AuditHead(long sequence, Sha256 hash) {

  /// The end of a chain without records.
  public static final AuditHead EMPTY = new AuditHead(0, Sha256.ZERO);

  public AuditHead {
    requireNonNull(hash);
  }
}
