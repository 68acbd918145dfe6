package dev.tenet.postgres;

import dev.tenet.application.store.RevisionFeed;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Tells at which revisions the tenants are: at once when one is announced, and all of them again every second, for an
/// announcement may be lost.
///
/// It listens before it looks for the first time, and both again after every interruption, so that no revision falls in
/// between. Announcements of different tenants may come in another order than their commits, and the same revision may be
/// told twice: compare revisions of one tenant, and only go forward. Works on a connection of its own; behind a pooler that
/// lends connections for one transaction announcements do not arrive, and what remains is the look every second.
final class PostgresRevisionFeed implements RevisionFeed.Following {

  private static final Logger LOG = System.getLogger(PostgresRevisionFeed.class.getName());

  /// What operators see of its connection.
  static final String APPLICATION_NAME = "tenet-revisions";

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private final DatabaseAddress address;
  private final String entry;
  private final RevisionFeed.Follower follower;
  private final Thread thread;
  private Set<TenantId> known = new HashSet<>();
  private volatile boolean closed;
  private volatile @Nullable Connection connection;
  private volatile long lastLook;
  private volatile boolean looked;

  /// Begins at once.
  ///
  /// @param address of the primary, not of a pooler, as the administration
  /// @param role what the login becomes to look at the tenants, when it is not the administration itself
  PostgresRevisionFeed(
      DatabaseAddress address, Optional<String> role, RevisionFeed.Follower follower) {
    this.address = address.named(APPLICATION_NAME);
    this.entry = role.map(name -> "SET LOCAL ROLE " + name + "; ").orElse("");
    this.follower = follower;
    thread = Thread.ofPlatform().daemon().name("tenet-revisions").start(this::follow);
  }

  /// {@return how long ago it last knew all revisions, or empty when it never did}
  @Override
  public Optional<Duration> age() {
    return looked ? Optional.of(Duration.ofNanos(System.nanoTime() - lastLook)) : Optional.empty();
  }

  private void follow() {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      try (Connection opened = address.connect(LONGEST_SILENCE)) {
        connection = opened;
        listen(opened);
        pause = FIRST_PAUSE;
        while (!closed) {
          look(opened);
          deliverUntil(opened, System.nanoTime() + INTERVAL.toNanos());
        }
      } catch (SQLException e) {
        if (!closed) {
          LOG.log(
              Level.WARNING, "Revisions of tenants are not known at present: " + e.getMessage());
          LockSupport.parkNanos(pause.toNanos());
          pause = pause.compareTo(INTERVAL) < 0 ? pause.multipliedBy(2) : INTERVAL;
        }
      }
    }
  }

  private static void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN tenet_revision");
    }
  }

  /// A frozen tenant may have gone on in another database: its revision here confirms nothing.
  private void look(Connection connection) throws SQLException {
    long began = System.nanoTime();
    Set<TenantId> present = new HashSet<>();
    Map<TenantId, Long> revisions = new HashMap<>();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL statement_timeout = '10s'; " + entry);
      try (ResultSet row =
          statement.executeQuery("SELECT tenant_id, revision, frozen FROM tenants")) {
        while (row.next()) {
          var tenant = new TenantId(row.getObject(1, UUID.class));
          present.add(tenant);
          boolean frozen = row.getBoolean(3);
          if (!frozen) {
            revisions.put(tenant, row.getLong(2));
          }
        }
      }
      connection.commit();
    }
    connection.setAutoCommit(true);
    known.removeAll(present);
    known.forEach(tenant -> tell(() -> follower.gone(tenant)));
    known = present;
    tell(() -> follower.looked(revisions, began));
    lastLook = began;
    looked = true;
  }

  private void deliverUntil(Connection connection, long end) throws SQLException {
    var announcements = connection.unwrap(PGConnection.class);
    for (long left = end - System.nanoTime(); left > 0 && !closed; left = end - System.nanoTime()) {
      int millis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
      PGNotification[] received = announcements.getNotifications(millis);
      if (received != null) {
        for (PGNotification announcement : received) {
          deliver(announcement.getParameter());
        }
      }
    }
  }

  private void deliver(String message) {
    int colon = message.indexOf(':');
    try {
      long revision = Long.parseLong(message.substring(colon + 1));
      TenantId.parse(message.substring(0, Math.max(0, colon)))
          .ifPresent(tenant -> tell(() -> follower.announced(tenant, revision)));
    } catch (NumberFormatException notOurs) {
      LOG.log(Level.WARNING, "Somebody else announces on the channel tenet_revision.");
    }
  }

  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A revision could not be taken in", e);
    }
  }

  /// Ends it; no call is made afterwards.
  @Override
  public void close() {
    closed = true;
    try {
      Connection open = connection;
      if (open != null) {
        open.abort(Runnable::run);
      }
      LockSupport.unpark(thread);
      thread.join();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "The connection was closed already", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
