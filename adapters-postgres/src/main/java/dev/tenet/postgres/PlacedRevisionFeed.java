package dev.tenet.postgres;

import dev.tenet.application.store.RevisionFeed;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Tells at which revisions the tenants of several databases are.
///
/// Each database has a feed of its own, and all tell the same follower, one after the other. A tenant that is gone from one
/// database may have been moved to another one; so that it is gone is told only when each of the others has been looked at
/// again, and none has it.
final class PlacedRevisionFeed implements RevisionFeed {

  private final List<NamedDatabase> databases;

  PlacedRevisionFeed(Databases databases) {
    this.databases = List.copyOf(databases.all());
  }

  @Override
  public Following follow(Follower follower) {
    var all = new All(databases.stream().map(NamedDatabase::name).toList(), follower);
    for (NamedDatabase database : databases) {
      database.whenOpen(
          open -> all.add(database.name(), one -> open.revisions().orElseThrow().follow(one)));
    }
    return all;
  }

  /// All feeds together. The calls of each come from a thread of its own.
  static final class All implements Following {

    private final List<String> names;
    private final Follower follower;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, Following> followings = new HashMap<>();
    private final Map<TenantId, Missing> missing = new HashMap<>();
    private boolean closed;

    /// A tenant that is gone from one database.
    ///
    /// @param since when that was noticed, as `System.nanoTime()` gives it
    /// @param unasked the databases that were not looked at since
    private record Missing(long since, Set<String> unasked) {}

    All(List<String> names, Follower follower) {
      this.names = List.copyOf(names);
      this.follower = follower;
    }

    /// Adds the feed of a database.
    void add(String database, RevisionFeed feed) {
      inTurn(
          () -> {
            if (!closed) {
              followings.put(database, feed.follow(new One(database)));
            }
          });
    }

    private void inTurn(Runnable work) {
      turn.lock();
      try {
        work.run();
      } finally {
        turn.unlock();
      }
    }

    private <T> T inTurn(Supplier<T> work) {
      turn.lock();
      try {
        return work.get();
      } finally {
        turn.unlock();
      }
    }

    /// {@return the age of the oldest; empty while one of the databases was never looked at}
    @Override
    public Optional<Duration> age() {
      List<Following> all = inTurn(() -> List.copyOf(followings.values()));
      return all.size() < names.size()
          ? Optional.empty()
          : all.stream()
              .map(Following::age)
              .reduce((a, b) -> a.flatMap(x -> b.map(y -> x.compareTo(y) > 0 ? x : y)))
              .orElseGet(Optional::empty);
    }

    @Override
    public Optional<Duration> ageOfMain() {
      return Optional.ofNullable(inTurn(() -> followings.get(PlacementTable.MAIN)))
          .flatMap(Following::age);
    }

    /// The calls of the feeds wait for their turn, and closing a feed for its calls; so they are closed without it.
    @Override
    public void close() {
      List<Following> all =
          inTurn(
              () -> {
                closed = true;
                return List.copyOf(followings.values());
              });
      all.forEach(Following::close);
    }

    /// What one database tells.
    private final class One implements Follower {

      private final String database;

      One(String database) {
        this.database = database;
      }

      @Override
      public void announced(TenantId tenant, long revision) {
        inTurn(() -> follower.announced(tenant, revision));
      }

      @Override
      public void looked(Map<TenantId, Long> revisions, long began) {
        inTurn(
            () -> {
              List<TenantId> gone = new ArrayList<>();
              missing
                  .entrySet()
                  .removeIf(
                      entry -> {
                        if (revisions.containsKey(entry.getKey())) {
                          return true;
                        }
                        Missing what = entry.getValue();
                        if (began - what.since() > 0) {
                          what.unasked().remove(database);
                        }
                        if (what.unasked().isEmpty()) {
                          gone.add(entry.getKey());
                        }
                        return what.unasked().isEmpty();
                      });
              gone.forEach(follower::gone);
              follower.looked(revisions, began);
            });
      }

      @Override
      public void gone(TenantId tenant) {
        inTurn(
            () -> {
              Set<String> others = new HashSet<>(names);
              others.remove(database);
              missing.put(tenant, new Missing(System.nanoTime(), others));
            });
      }
    }
  }
}
