package dev.tenet.application.store;

import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Tells at which revisions tenants are, whichever node changed them.
///
/// It begins to listen before it looks for the first time, and does both again after every interruption, so that no
/// revision falls in between. Announcements of different tenants may come in another order than their commits, and the same
/// revision may be told twice: a follower compares revisions of one tenant and only goes forward.
public interface RevisionFeed {

  /// Who wants to know. Called by one thread, one call after the other; what it throws is logged and ends nothing.
  interface Follower {

    /// The tenant is at this revision or a later one; it may have been deleted with it.
    void announced(TenantId tenant, long revision);

    /// Somebody looked: each of these tenants was at this revision or a later one. A tenant that is not among them is kept
    /// elsewhere, or was created after the look began, or has been deleted.
    ///
    /// @param began when the look began, as `System.nanoTime()` gives it
    void looked(Map<TenantId, Long> revisions, long began);

    /// The tenant was there at the look before this one, and is not any more.
    void gone(TenantId tenant);
  }

  /// A feed that is being followed.
  interface Following extends AutoCloseable {

    /// {@return how long ago all revisions were known, or empty when they never were}
    Optional<Duration> age();

    /// {@return the same of the one database that a server cannot do without, where there are several}
    default Optional<Duration> ageOfMain() {
      return age();
    }

    /// Ends it; the follower is told nothing more.
    @Override
    void close();
  }

  /// Begins at once to tell the follower.
  Following follow(Follower follower);
}
