package dev.tenet.postgres;

import dev.tenet.postgres.embedded.EmbeddedPostgres;
import dev.tenet.spi.StoreProvider;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/// What operators do with the tables of a database, beside running servers on it. Uses the primary itself when
/// `DATABASE_DIRECT_URL` tells where it is; without any address the embedded server, which runs for as long as this is open.
///
/// Every method throws [dev.tenet.application.store.StoreUnavailable] when the database does not answer, and
/// `IllegalArgumentException` when it cannot be worked with, both with a message for the operator.
public final class PostgresOperation implements StoreOperation {

  private final DatabaseAddress owner;
  private final Runnable closing;

  private PostgresOperation(DatabaseAddress owner, Runnable closing) {
    this.owner = owner;
    this.closing = closing;
  }

  /// How a migration and the database stand to each other.
  public enum State {
    /// The database has it.
    APPLIED,
    /// The database is to have it.
    PENDING,
    /// The database has it from a newer Tenet; this one does not know it.
    NEWER,
    /// It was begun and not finished.
    FAILED
  }

  /// A migration.
  ///
  /// @param applied when the database got it, by the clock on the wall of who migrated
  public record Step(
      int version, String description, State state, Optional<LocalDateTime> applied) {}

  /// The migrations of this Tenet and those that the database has seen, the oldest first.
  public record History(List<Step> steps) {

    public History {
      steps = List.copyOf(steps);
    }

    /// {@return the version of the database, 0 when there is nothing of Tenet in it}
    public int version() {
      return steps.stream()
          .filter(step -> step.state() == State.APPLIED || step.state() == State.NEWER)
          .mapToInt(Step::version)
          .max()
          .orElse(0);
    }
  }

  /// Opens a database for an operator.
  ///
  /// @param create whether to make an embedded database where there is none yet
  public static PostgresOperation open(StoreProvider.Settings settings, boolean create) {
    DatabaseSettings said = DatabaseSettings.read(settings.settings());
    return said.location()
        .map(location -> new PostgresOperation(location.direct(), () -> {}))
        .orElseGet(() -> embedded(settings, create));
  }

  private static PostgresOperation embedded(StoreProvider.Settings settings, boolean create) {
    if (!create && !EmbeddedPostgres.exists(settings.dataDirectory())) {
      throw new IllegalArgumentException(
          "There is no database in %s yet: tenet migrate up makes one, or tenet serve; or set DATABASE_URL."
              .formatted(settings.dataDirectory()));
    }
    var server = EmbeddedPostgres.start(settings.dataDirectory(), 1);
    return new PostgresOperation(
        new DatabaseAddress(server.jdbcUrl(), server.login(EmbeddedPostgres.OWNER)), server::close);
  }

  /// {@return the address of the database, without any credentials}
  public String address() {
    return owner.toString();
  }

  /// {@return which migrations there are and which the database has}
  public History history() {
    return new Migrations(owner).history();
  }

  /// {@return the version that this Tenet works with}
  public static int newest() {
    return Migrations.newest();
  }

  /// Applies what is pending.
  ///
  /// @return the version before; afterwards it is [#newest()]
  public int up() {
    return new Migrations(owner).up();
  }

  /// Distributes the tables over the nodes of a Citus cluster, unless they are.
  ///
  /// @return whether anything was to do
  /// @throws IllegalStateException with a message for the operator when the database has no Citus
  public boolean distribute() {
    return new Migrations(owner).distribute();
  }

  @Override
  public void close() {
    closing.run();
  }
}
