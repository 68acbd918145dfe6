package dev.tenet.postgres;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Moves a tenant from one database to another, in steps that are transactions of their own.
///
/// | step | what is so afterwards |
/// |---|---|
/// | `FREEZE` | the source refuses changes of the tenant; it is read and evaluated as before |
/// | `CLEAR` | nothing is left in the target of an earlier attempt |
/// | `COPY` | the target has the tenant's journal, the tables that follow from it, and its audit log, frozen |
/// | `VERIFY` | both are known to be the same |
/// | `SWITCH` | the placement names the target |
/// | `RELEASE` | the target takes changes |
/// | `REMOVE` | the source has nothing of the tenant |
///
/// At any moment at most one database has the tenant unfrozen, and the placement names it; a frozen tenant is read only
/// where the placement, just asked, names it. So the move may end at any point: the same move again finishes it, and a
/// move to where the placement says that the tenant is undoes it.
final class TenantMove {

  /// The steps, in their order.
  enum Step {
    FREEZE,
    CLEAR,
    COPY,
    VERIFY,
    SWITCH,
    RELEASE,
    REMOVE
  }

  private final Databases databases;
  private final PlacementTable placements;
  private final TenantId tenant;
  private final Consumer<String> report;
  private final Consumer<Step> done;

  /// @param report is told what happens, a line for each
  /// @param done is called after each step
  TenantMove(Databases databases, TenantId tenant, Consumer<String> report, Consumer<Step> done) {
    this.databases = databases;
    this.placements = new PlacementTable(databases.main().transactions());
    this.tenant = tenant;
    this.report = report;
    this.done = done;
  }

  /// Moves the tenant, or finishes or undoes an earlier move that did not end.
  ///
  /// @throws IllegalArgumentException with a message for the operator when there is no such tenant or database
  /// @throws StoreUnavailable when a database does not answer
  /// @throws IllegalStateException when the copy is not the same; the tenant then stays where it is
  void to(String name) {
    if (!databases.names().contains(name)) {
      throw new IllegalArgumentException(
          "There is no database %s%s The databases are %s."
              .formatted(
                  Quoted.text(name),
                  Spelling.nearest(name, databases.names())
                      .map("; did you mean \"%s\"?"::formatted)
                      .orElse("."),
                  String.join(", ", databases.names())));
    }
    if (tenant.equals(TenantId.PLATFORM)) {
      throw new IllegalArgumentException(
          "The platform itself stays in %s, with all that belongs to no tenant."
              .formatted(PlacementTable.MAIN));
    }
    try (var lock = MoveLock.take(databases.main().direct(), tenant)) {
      String place = placements.find(tenant);
      Database source = databases.get(place);
      boolean known = source.tenants().revision(tenant).isPresent();
      if (!known) {
        throw new IllegalArgumentException(
            "There is no tenant %s: tenet tenants list shows all.".formatted(tenant));
      }
      if (place.equals(name)) {
        settle(name);
      } else {
        move(place, name, lock);
      }
    }
  }

  /// The tenant is where it should be: what a move that did not end has left is put in order.
  private void settle(String name) {
    boolean wasFrozen = setFrozen(databases.get(name), false);
    report.accept(
        wasFrozen
            ? "The tenant is in %s, and takes changes again.".formatted(name)
            : "The tenant is in %s already.".formatted(name));
    List<String> away = new ArrayList<>();
    for (NamedDatabase other : databases.all()) {
      if (!other.name().equals(name)) {
        clear(other, databases.get(name)).ifPresent(away::add);
      }
    }
    done(Step.REMOVE);
    reportAway(away);
  }

  private void reportAway(List<String> away) {
    if (!away.isEmpty()) {
      report.accept(
          "Whether an earlier move left a copy in %s is not known, for it does not answer; it would not be used, and the same command again removes it."
              .formatted(String.join(", ", away)));
    }
  }

  /// @return the name of the database when it does not answer
  private Optional<String> clear(NamedDatabase database, Database used) {
    try {
      if (remove(database.name(), database.get())) {
        report.accept(
            "A copy that an earlier move left in %s is removed.".formatted(database.name()));
      }
      removeAudit(database.name(), database.get(), used);
      return Optional.empty();
    } catch (StoreUnavailable e) {
      return Optional.of(database.name());
    }
  }

  private void move(String from, String to, MoveLock lock) {
    Database source = databases.get(from);
    Database target = databases.get(to);
    long began = System.nanoTime();
    try {
      prepare(from, source, to, target, lock);
    } catch (RuntimeException e) {
      thaw(from, source, lock, e);
      throw e;
    }
    try {
      placements.replace(tenant, from, to);
    } catch (StoreUnavailable e) {
      throw new StoreUnavailable(
          "Whether the tenant is in %s or in %s now is not known, for %s does not answer; it takes no changes until the same command, run again, succeeds."
              .formatted(from, to, PlacementTable.MAIN),
          e);
    }
    done(Step.SWITCH);
    setFrozen(target, false);
    Duration paused = Duration.ofNanos(System.nanoTime() - began);
    report.accept(
        "The tenant is in %s now; its changes were paused for %.2f s."
            .formatted(to, paused.toMillis() / 1000.0));
    done(Step.RELEASE);
    try {
      remove(from, source);
      removeAudit(from, source, target);
    } catch (StoreUnavailable e) {
      throw new StoreUnavailable(
          "The tenant is in %s, and its old copy could not be removed from %s, which does not answer; the copy is not used, and the same command again removes it."
              .formatted(to, from),
          e);
    }
    report.accept("Its old copy in %s is removed.".formatted(from));
    done(Step.REMOVE);
  }

  /// Until the placement changes, whatever goes wrong leaves the tenant where it is.
  private void prepare(String from, Database source, String to, Database target, MoveLock lock) {
    requireAnswer(to, target);
    boolean wasFrozen = setFrozen(source, true);
    report.accept(
        wasFrozen
            ? "The tenant is in %s, where an earlier move paused its changes; it goes on."
                .formatted(from)
            : "The tenant is in %s; its changes are paused.".formatted(from));
    done(Step.FREEZE);
    if (remove(to, target)) {
      report.accept("A copy that an earlier move left in %s is removed.".formatted(to));
    }
    done(Step.CLEAR);
    var copy = new TenantCopy(tenant, source.transactions(), target.transactions());
    report.accept("%d journal entries are copied to %s.".formatted(copy.copy(), to));
    done(Step.COPY);
    copy.verify();
    report.accept("The copy is the same: journal, state, and all versions of the schema.");
    done(Step.VERIFY);
    lock.check();
  }

  private static void requireAnswer(String name, Database database) {
    if (!database.tenants().available()) {
      throw new StoreUnavailable("The database \"%s\" does not answer.".formatted(name));
    }
  }

  /// Not without the lock, for then somebody else may have begun to copy the tenant.
  private void thaw(String name, Database source, MoveLock lock, RuntimeException cause) {
    try {
      lock.check();
      if (setFrozen(source, false)) {
        report.accept("The tenant stays in %s, and takes changes again.".formatted(name));
      }
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      report.accept(
          "The tenant stays in %s, and takes no changes until this command, or one that moves it to %s, succeeds."
              .formatted(name, name));
    }
  }

  private void done(Step step) {
    done.accept(step);
  }

  /// @return whether it was frozen before
  private boolean setFrozen(Database database, boolean frozen) {
    return database
        .transactions()
        .inTenant(
            tenant,
            handle -> {
              boolean before = isFrozen(handle).orElse(false);
              handle
                  .createUpdate("UPDATE tenants SET frozen = :frozen WHERE tenant_id = :tenant")
                  .bind("tenant", tenant.value())
                  .bind("frozen", frozen)
                  .execute();
              return before;
            });
  }

  private Optional<Boolean> isFrozen(Handle handle) {
    return handle
        .createQuery("SELECT frozen FROM tenants WHERE tenant_id = :tenant")
        .bind("tenant", tenant.value())
        .mapTo(Boolean.class)
        .findOne();
  }

  /// Removes what a database has of the audit log, when all of that is in the database that is used, too.
  private void removeAudit(String name, Database database, Database used) {
    new AuditCopy(tenant, used.transactions())
        .removeFrom(database)
        .ifPresent(
            reason ->
                report.accept("A copy of its audit log stays in %s: %s.".formatted(name, reason)));
  }

  /// Removes a copy that the placement does not name. One that takes changes is never removed.
  ///
  /// @return whether there was one
  private boolean remove(String name, Database database) {
    return database
        .transactions()
        .inTenant(
            tenant,
            handle -> {
              int removed =
                  handle
                      .createUpdate("DELETE FROM tenants WHERE tenant_id = :tenant AND frozen")
                      .bind("tenant", tenant.value())
                      .execute();
              if (isFrozen(handle).isPresent()) {
                throw new IllegalArgumentException(
                    "The database \"%s\" has a tenant %s that takes changes, though the tenant is placed elsewhere; nothing is removed. Find out which is right, for example whether a database was restored."
                        .formatted(name, tenant));
              }
              return removed > 0;
            });
  }
}
