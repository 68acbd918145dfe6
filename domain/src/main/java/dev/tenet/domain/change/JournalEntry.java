package dev.tenet.domain.change;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One accepted command: what it changed, all of it together.
///
/// @param revision the tenant's revision from here on
/// @param actor who asked for it
/// @param request what the client named its request, when it did
public record JournalEntry(
    long revision, Instant at, String actor, @Nullable RequestKey request, List<Change> changes) {

  /// How a client names a request, so that sending it again does not do it again.
  ///
  /// @param key unique among the tenant's requests
  /// @param fingerprint tells whether another request carries the same key
  public record RequestKey(String key, String fingerprint) {
    public RequestKey {
      requireNonNull(key);
      requireNonNull(fingerprint);
    }
  }

  public JournalEntry {
    requireNonNull(at);
    requireNonNull(actor);
    changes = List.copyOf(changes);
  }

  /// {@return the change of the schema, when there is one; activating the active version is none}
  public Optional<Change.SchemaChange> schemaChange() {
    return changes.stream()
        .filter(Change.SchemaChange.class::isInstance)
        .map(Change.SchemaChange.class::cast)
        .filter(Change.SchemaChange::moves)
        .findFirst();
  }
}
