package dev.tenet.application.change;

import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Rejection;
import java.util.List;
import java.util.Optional;

/// What asking for a change gives.
///
/// @param <T> what was changed
public sealed interface ChangeResult<T> {

  /// The change is made, or in a dry run would be.
  ///
  /// @param value what was changed, as it is now
  /// @param revision the tenant's revision with the change
  /// @param changes all that changed
  /// @param replayed whether an earlier request with the same key made the change
  /// @param ruleSet the definitions with the change, or, when it is replayed, those in force; empty for a tenant that is new
  ///     or gone
  record Accepted<T>(
      T value, long revision, List<Change> changes, boolean replayed, Optional<RuleSet> ruleSet)
      implements ChangeResult<T> {
    public Accepted {
      changes = List.copyOf(changes);
    }
  }

  /// The change is refused, and nothing changed.
  record Rejected<T>(Rejection rejection) implements ChangeResult<T> {}

  /// The tenant is not at the revision that the request names.
  record Stale<T>(long revision) implements ChangeResult<T> {}

  /// There is no such tenant.
  record TenantNotFound<T>() implements ChangeResult<T> {}

  /// An earlier request with the same key asked for something else.
  record KeyReused<T>() implements ChangeResult<T> {}

  /// Too many others changed the tenant at the same time; nothing changed.
  record Contended<T>() implements ChangeResult<T> {}

  /// The tenant is being moved to another database, and does not change meanwhile; nothing changed.
  record Moving<T>() implements ChangeResult<T> {}
}
