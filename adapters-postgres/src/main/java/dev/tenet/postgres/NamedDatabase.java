package dev.tenet.postgres;

import dev.tenet.application.store.StoreUnavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One of several databases. It need not answer when the server starts; then it is tried again until it does, and only its
/// own tenants wait for it.
final class NamedDatabase implements AutoCloseable {

  private static final Logger LOG = System.getLogger(NamedDatabase.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String name;
  private final Supplier<Database> opening;
  private final List<Consumer<Database>> waiting = new ArrayList<>();
  private volatile @Nullable Database open;
  private volatile String reason = "it was not opened yet";
  private volatile boolean closed;
  private @Nullable Thread opener;

  /// @param opening opens the database, and makes sure that it is the one of this name; throws `IllegalArgumentException`
  ///     with a message for the operator when it is not, and [StoreUnavailable] when it does not answer
  NamedDatabase(String name, Supplier<Database> opening) {
    this.name = name;
    this.opening = opening;
  }

  /// {@return a database that is open already}
  static NamedDatabase of(String name, Database database) {
    var named = new NamedDatabase(name, () -> database);
    named.tryToOpen();
    return named;
  }

  String name() {
    return name;
  }

  /// {@return the database}
  ///
  /// @throws StoreUnavailable when it did not answer yet
  Database get() {
    Database database = open;
    if (database == null) {
      throw new StoreUnavailable("The database \"%s\" cannot be used: %s".formatted(name, reason));
    }
    return database;
  }

  /// {@return the database, if it answered already}
  Optional<Database> ifOpen() {
    return Optional.ofNullable(open);
  }

  /// Opens the database if it answers, and otherwise goes on trying in the background.
  ///
  /// @throws IllegalArgumentException with a message for the operator when it is the wrong one
  void openSoon() {
    if (!tryToOpen()) {
      LOG.log(Level.WARNING, "The database \"%s\" does not answer yet: %s".formatted(name, reason));
      opener = Thread.ofPlatform().daemon().name("tenet-database-" + name).start(this::keepTrying);
    }
  }

  /// Opens the database if it answers.
  ///
  /// @return whether it is open
  /// @throws IllegalArgumentException with a message for the operator when it is the wrong one
  boolean tryToOpen() {
    try {
      opened(opening.get());
      return true;
    } catch (StoreUnavailable e) {
      reason = String.valueOf(e.getMessage());
      return false;
    }
  }

  private void keepTrying() {
    while (!closed) {
      LockSupport.parkNanos(PAUSE.toNanos());
      try {
        if (closed || tryToOpen()) {
          return;
        }
      } catch (RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        if (!message.equals(reason)) {
          LOG.log(Level.ERROR, "The database \"%s\" cannot be used: %s".formatted(name, message));
        }
        reason = message;
      }
    }
  }

  private synchronized void opened(Database database) {
    if (closed) {
      database.close();
      return;
    }
    open = database;
    waiting.forEach(consumer -> consumer.accept(database));
    waiting.clear();
  }

  /// Calls `consumer` with the database as soon as it is open.
  synchronized void whenOpen(Consumer<Database> consumer) {
    Database database = open;
    if (database == null) {
      waiting.add(consumer);
    } else {
      consumer.accept(database);
    }
  }

  @Override
  public void close() {
    Thread trying;
    Database database;
    synchronized (this) {
      closed = true;
      trying = opener;
      database = open;
      open = null;
      reason = "it is closed";
    }
    if (trying != null) {
      LockSupport.unpark(trying);
    }
    if (database != null) {
      database.close();
    }
  }
}
