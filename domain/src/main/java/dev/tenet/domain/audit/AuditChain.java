package dev.tenet.domain.audit;

import dev.tenet.domain.tenant.TenantId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The records of one tenant, each of which holds the hash of the one before it. Whoever alters, removes or exchanges
/// records has to alter all that follow, and the end of the chain that is kept beside it.
public final class AuditChain {

  private AuditChain() {}

  /// {@return the records of the events after the end of the tenant's chain, in their order}
  public static List<AuditRecord> extend(AuditHead head, TenantId tenant, List<AuditEvent> events) {
    List<AuditRecord> records = new ArrayList<>(events.size());
    AuditHead end = head;
    for (AuditEvent event : events) {
      AuditRecord record = AuditRecord.after(end, tenant, event);
      records.add(record);
      end = record.head();
    }
    return records;
  }

  /// What a store has in the place of a record.
  public sealed interface Link {

    /// {@return the number that it is stored under}
    long sequence();

    /// A record.
    record Legible(AuditRecord record) implements Link {
      @Override
      public long sequence() {
        return record.sequence();
      }
    }

    /// Something that is no record.
    ///
    /// @param fault why not
    record Illegible(long sequence, String fault) implements Link {}
  }

  /// What going through a chain shows.
  public sealed interface Verification {

    /// Every record follows from the one before it, and the last one is the end of the chain.
    record Proved(AuditHead head) implements Verification {}

    /// The chain is broken.
    ///
    /// @param sequence of the first record that is not as it was written, or not there
    /// @param fault what is wrong with it, as a sentence
    record Broken(long sequence, String fault) implements Verification {}
  }

  /// Goes through a chain.
  ///
  /// @param head the end that is kept beside the records, empty when none is
  /// @param links all of them, by their number
  public static Verification verify(Optional<AuditHead> head, Iterator<Link> links) {
    AuditHead end = AuditHead.EMPTY;
    while (links.hasNext()) {
      switch (follow(end, links.next())) {
        case Verification.Broken broken -> {
          return broken;
        }
        case Verification.Proved(var next) -> end = next;
      }
    }
    return verifyEnd(head, end);
  }

  private static Verification follow(AuditHead end, Link link) {
    long expected = end.sequence() + 1;
    if (link.sequence() != expected) {
      return new Verification.Broken(
          expected, "It is missing: record %d stands in its place.".formatted(link.sequence()));
    }
    return switch (link) {
      case Link.Illegible(_, var fault) ->
          new Verification.Broken(expected, "It cannot be read: %s.".formatted(fault));
      case Link.Legible(var record) when !record.previousHash().equals(end.hash()) ->
          new Verification.Broken(
              expected,
              expected == 1
                  ? "It does not begin the chain: there was a record before it."
                  : "It does not follow from record %d, whose hash is another one."
                      .formatted(end.sequence()));
      case Link.Legible(var record) when !record.isWhole() ->
          new Verification.Broken(
              expected, "It was altered: its hash is not that of what it says.");
      case Link.Legible(var record) -> new Verification.Proved(record.head());
    };
  }

  private static Verification verifyEnd(Optional<AuditHead> head, AuditHead end) {
    if (head.isEmpty() && end.sequence() > 0) {
      return new Verification.Broken(
          end.sequence(), "The end of the chain, which is kept beside it, is missing.");
    }
    AuditHead kept = head.orElse(end);
    if (kept.sequence() > end.sequence()) {
      return new Verification.Broken(
          end.sequence() + 1,
          "It is missing, as is all after it: the chain ends with record %d."
              .formatted(kept.sequence()));
    }
    if (kept.sequence() < end.sequence()) {
      return new Verification.Broken(
          kept.sequence() + 1,
          "It stands after record %d, the end of the chain.".formatted(kept.sequence()));
    }
    return kept.equals(end)
        ? new Verification.Proved(end)
        : new Verification.Broken(
            end.sequence(), "Its hash is not the one that is kept for the end of the chain.");
  }
}
