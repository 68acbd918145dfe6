package dev.tenet.postgres;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.domain.decision.FoundEntry;
import dev.tenet.domain.decision.LogEntry;
import dev.tenet.domain.decision.LoggedDecision;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.tenant.TenantId;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Keeps decisions in PostgreSQL, in a table for each day (UTC): what is too old goes with its table, at once.
///
/// Decisions are read as the tenant, under row-level security. They are written by a role that may do nothing but add to
/// the tables of days, straight into these, by `COPY`, which row-level security forbids.
final class PostgresDecisionLog implements DecisionLog {

  /// How many days ahead there are tables.
  private static final int DAYS_AHEAD = 3;

  private static final int PIECE = 1 << 16;

  /// How many rows are deleted in one transaction.
  private static final int DELETED_AT_ONCE = 5_000;

  private static final int MOST_DAYS_REMEMBERED = 1_000;
  private static final String UNDEFINED_TABLE = "42P01";
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");

  private final TenantTransaction transactions;
  private final RoleTransaction writer;
  private final Set<LocalDate> made = ConcurrentHashMap.newKeySet();

  /// @param writer of the role that writes
  PostgresDecisionLog(TenantTransaction transactions, RoleTransaction writer) {
    this.transactions = transactions;
    this.writer = writer;
  }

  @Override
  public String place(TenantId tenant) {
    return PlacementTable.MAIN;
  }

  @Override
  public void write(String place, List<? extends LogEntry> entries) {
    Map<LocalDate, List<LogEntry>> byDay = new TreeMap<>();
    for (LogEntry entry : entries) {
      byDay.computeIfAbsent(day(entry.at()), day -> new ArrayList<>()).add(entry);
    }
    makeDays(byDay.keySet());
    try {
      copy(byDay);
    } catch (RuntimeException e) {
      if (!Outage.isState(UNDEFINED_TABLE, e)) {
        throw e;
      }
      made.clear();
      makeDays(byDay.keySet());
      copy(byDay);
    }
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private void makeDays(Set<LocalDate> days) {
    for (LocalDate day : days) {
      if (!made.contains(day)) {
        writer.run(handle -> makeDays(handle, day, day));
        if (made.size() >= MOST_DAYS_REMEMBERED) {
          made.clear();
        }
        made.add(day);
      }
    }
  }

  private static int makeDays(Handle handle, LocalDate first, LocalDate last) {
    return handle
        .createQuery("SELECT tenet_make_decision_days(:first, :last)")
        .bind("first", first)
        .bind("last", last)
        .mapTo(Integer.class)
        .one();
  }

  private void copy(Map<LocalDate, List<LogEntry>> byDay) {
    writer.run(
        handle -> {
          byDay.forEach((day, entries) -> copy(handle, day, entries));
          return byDay.size();
        });
  }

  private static void copy(Handle handle, LocalDate day, List<LogEntry> entries) {
    try {
      CopyIn copy =
          handle
              .getConnection()
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(
                  "COPY public.decisions_%s (%s) FROM STDIN (FORMAT binary)"
                      .formatted(day.format(DAY), DecisionRows.COLUMNS));
      try {
        var rows = new CopyRows().start();
        for (LogEntry entry : entries) {
          DecisionRows.write(entry, rows);
          if (rows.size() >= PIECE) {
            send(rows, copy);
          }
        }
        send(rows.end(), copy);
        copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  private static void send(CopyRows rows, CopyIn copy) throws SQLException {
    byte[] piece = rows.take();
    copy.writeToCopy(piece, 0, piece.length);
  }

  @Override
  public Optional<LoggedDecision> find(TenantId tenant, DecisionId decision) {
    return transactions.inSnapshot(
        tenant,
        handle ->
            handle
                .createQuery(
                    "SELECT %s FROM decisions WHERE tenant_id = :tenant AND id = :id AND missing = 0"
                        .formatted(DecisionRows.COLUMNS))
                .bind("tenant", tenant.value())
                .bind("id", decision.value())
                .map((row, context) -> DecisionRows.decision(row))
                .findOne());
  }

  @Override
  public Page<FoundEntry, Age> search(TenantId tenant, Filter filter, PageRequest<Age> page) {
    return Page.of(first(tenant, filter, page), page, PostgresDecisionLog::age);
  }

  /// {@return where an entry stands in the list}
  static Age age(FoundEntry entry) {
    return new Age(entry.at(), entry.key());
  }

  /// {@return the entries of a page, and one more if there is one}
  List<FoundEntry> first(TenantId tenant, Filter filter, PageRequest<Age> page) {
    return transactions.inSnapshot(
        tenant,
        handle -> {
          Query query = handle.createQuery(sql(filter, page)).bind("tenant", tenant.value());
          filter.since().ifPresent(since -> query.bind("since", since.atOffset(ZoneOffset.UTC)));
          filter.until().ifPresent(until -> query.bind("until", until.atOffset(ZoneOffset.UTC)));
          filter.matched().ifPresent(rule -> query.bind("rule", rule.value()));
          filter.revision().ifPresent(revision -> query.bind("revision", revision));
          page.after()
              .ifPresent(
                  after ->
                      query
                          .bind("afterAt", after.createdAt().atOffset(ZoneOffset.UTC))
                          .bind("afterId", after.id()));
          return query
              .bind("most", page.size() + 1)
              .map((row, context) -> DecisionRows.found(row))
              .list();
        });
  }

  /// The moment alone, besides moment and id together, lets PostgreSQL leave days out.
  private static String sql(Filter filter, PageRequest<Age> page) {
    var sql = new StringBuilder("SELECT " + DecisionRows.SUMMARY + " FROM decisions");
    sql.append(" WHERE tenant_id = :tenant");
    filter.since().ifPresent(since -> sql.append(" AND at >= :since"));
    filter.until().ifPresent(until -> sql.append(" AND at < :until"));
    page.after()
        .ifPresent(after -> sql.append(" AND at <= :afterAt AND (at, id) < (:afterAt, :afterId)"));
    sql.append(" AND (missing > 0 OR (true");
    filter.matched().ifPresent(rule -> sql.append(" AND :rule = ANY (matched)"));
    if (filter.revision().isPresent()) {
      sql.append(" AND revision = :revision");
    }
    if (filter.failed()) {
      sql.append(" AND failed > 0");
    }
    return sql.append(")) ORDER BY at DESC, id DESC LIMIT :most").toString();
  }

  @Override
  public Set<TenantId> tenants() {
    Set<TenantId> tenants = new HashSet<>();
    for (LocalDate day : days()) {
      transactions
          .asAdministration(
              handle ->
                  handle
                      .createQuery("SELECT tenet_decision_tenants(:day)")
                      .bind("day", day)
                      .mapTo(UUID.class)
                      .list())
          .forEach(id -> tenants.add(new TenantId(id)));
    }
    return tenants;
  }

  private List<LocalDate> days() {
    return transactions.asAdministration(
        handle -> handle.createQuery("SELECT tenet_decision_days()").mapTo(LocalDate.class).list());
  }

  @Override
  public void remove(TenantId tenant, Instant before) {
    LocalDate last = day(before);
    for (LocalDate day : days()) {
      int deleted = DELETED_AT_ONCE;
      while (deleted == DELETED_AT_ONCE && !day.isAfter(last)) {
        deleted =
            transactions.asAdministration(
                handle ->
                    handle
                        .createQuery("SELECT tenet_delete_decisions(:tenant, :day, :before, :most)")
                        .bind("tenant", tenant.value())
                        .bind("day", day)
                        .bind("before", before.atOffset(ZoneOffset.UTC))
                        .bind("most", DELETED_AT_ONCE)
                        .mapTo(Integer.class)
                        .one());
      }
    }
  }

  @Override
  public void tidy(Instant now, Instant oldest) {
    LocalDate today = day(now);
    transactions.asAdministration(handle -> makeDays(handle, today, today.plusDays(DAYS_AHEAD)));
    transactions.asAdministration(
        handle ->
            handle
                .createQuery("SELECT tenet_drop_decision_days(:before)")
                .bind("before", day(oldest))
                .mapTo(Integer.class)
                .one());
    made.clear();
  }
}
