package dev.tenet.application.audit;

import static java.util.Objects.requireNonNull;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.audit.AuditDetail;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Records what was denied. Nobody who is denied something waits for that: one thread writes to the [AuditLog], a batch at
/// a time, and goes on trying while the log does not answer.
///
/// However many denials there are, what waits to be written is bounded, and so is what is written: equal denials that come
/// between two batches are one record with their number, and with the first tenants that they named. Of others, when too many wait, only the number is kept, and
/// recorded in the platform's chain. A denial is recorded twice when the log had written it and could not say so.
public final class Denials implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Denials.class.getName());

  /// The actor of what Tenet itself does.
  private static final String TENET = "tenet";

  private static final String PLATFORM = "platform";

  /// The action of the record that tells how many denials are not recorded one by one.
  public static final String GAP = "denials_dropped";

  /// How many of the tenants that equal denials named are told.
  private static final int MOST_NAMED = 10;

  private static final Duration LONGEST_CLOSING = Duration.ofSeconds(10);

  /// Something that was denied.
  ///
  /// @param actor who was denied it, as far as that is known
  /// @param action what they wanted to do, such as `definitions:write`
  /// @param code why it was denied, such as `forbidden`
  /// @param named the tenant that the request named, whether there is such a one or not
  /// @param requestId names the request
  public record Denial(
      Instant at,
      String actor,
      String action,
      String code,
      Optional<TenantId> named,
      String requestId) {
    public Denial {
      requireNonNull(at);
      actor = AuditEvent.shortened(actor);
      action = AuditEvent.shortened(action);
      code = AuditEvent.shortened(code);
      requestId = AuditEvent.shortened(requestId);
    }
  }

  /// How denials are written.
  ///
  /// @param most how many different denials may wait to be written
  /// @param pause between two batches
  public record Settings(int most, Duration pause) {

    /// At most a batch a second.
    public static final Settings DEFAULT = new Settings(2_000, Duration.ofSeconds(1));
  }

  private record Kind(TenantId tenant, String actor, String action, String code) {}

  /// Equal denials.
  private static final class Tally {
    final Instant first;
    final @Nullable String requestId;
    final Set<TenantId> named = new LinkedHashSet<>();
    Instant last;
    long count;

    Tally(Instant at, @Nullable String requestId) {
      this.first = at;
      this.requestId = requestId;
      this.last = at;
    }

    void add(Instant at) {
      count++;
      if (at.isAfter(last)) {
        last = at;
      }
    }

    void name(TenantId tenant) {
      if (named.size() < MOST_NAMED) {
        named.add(tenant);
      }
    }

    Map<String, Object> repetitions() {
      return count == 1 ? Map.of() : Map.of("count", count, "lastAt", last.toString());
    }
  }

  private final AuditLog log;
  private final Settings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private Map<Kind, Tally> waiting = new LinkedHashMap<>();
  private @Nullable Tally dropped;
  private boolean closed;

  /// Not there before the first denial.
  private @Nullable Thread writer;

  /// Whether the log was told of as away; the writer's alone.
  private boolean said;

  public Denials(AuditLog log, Settings settings) {
    this.log = log;
    this.settings = settings;
  }

  /// Notes a denial.
  ///
  /// @param tenant whose chain tells of it: the tenant that the one who was denied belongs to, or else the platform; never
  ///     one that a request merely names
  public void denied(TenantId tenant, Denial denial) {
    var kind = new Kind(tenant, denial.actor(), denial.action(), denial.code());
    lock.lock();
    try {
      Tally tally = waiting.get(kind);
      if (tally == null && waiting.size() >= settings.most()) {
        drop(denial.at());
        return;
      }
      if (tally == null) {
        tally = new Tally(denial.at(), denial.requestId());
        waiting.put(kind, tally);
        wakeWriter();
      }
      tally.add(denial.at());
      denial.named().ifPresent(tally::name);
    } finally {
      lock.unlock();
    }
  }

  private void wakeWriter() {
    if (writer == null && !closed) {
      writer = Thread.ofPlatform().daemon().name("tenet-audit").start(this::write);
    }
    wake.signal();
  }

  private void write() {
    Map<TenantId, List<AuditEvent>> backlog = new LinkedHashMap<>();
    boolean last;
    do {
      last = await(backlog.isEmpty());
      if (number(backlog) < settings.most()) {
        take(backlog);
      }
      append(backlog);
    } while (!last);
    if (number(backlog) > 0) {
      LOG.log(
          Level.WARNING,
          "%d records of denials are lost, for the audit log did not take them before the end."
              .formatted(number(backlog)));
    }
  }

  private static long number(Map<TenantId, List<AuditEvent>> backlog) {
    return backlog.values().stream().mapToLong(List::size).sum();
  }

  /// Waits until the pause is over and there is something to write, or nothing more may come.
  ///
  /// @param idle whether there is nothing left to write
  /// @return whether nothing more may come
  private boolean await(boolean idle) {
    lock.lock();
    try {
      long pause = settings.pause().toNanos();
      while (!closed && pause > 0) {
        pause = wake.awaitNanos(pause);
      }
      while (!closed && idle && waiting.isEmpty() && dropped == null) {
        wake.await();
      }
      return closed;
    } catch (InterruptedException e) {
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Takes all that waits.
  private void take(Map<TenantId, List<AuditEvent>> backlog) {
    Map<Kind, Tally> taken;
    Tally gap;
    lock.lock();
    try {
      taken = waiting;
      waiting = new LinkedHashMap<>();
      gap = dropped;
      dropped = null;
    } finally {
      lock.unlock();
    }
    taken.forEach((kind, tally) -> add(backlog, kind.tenant(), event(kind, tally)));
    if (gap != null) {
      add(backlog, TenantId.PLATFORM, gap(gap));
    }
  }

  private static void add(
      Map<TenantId, List<AuditEvent>> backlog, TenantId tenant, AuditEvent event) {
    backlog.computeIfAbsent(tenant, id -> new ArrayList<>()).add(event);
  }

  private static AuditEvent event(Kind kind, Tally tally) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("code", kind.code());
    detail.putAll(tally.repetitions());
    List<String> named = tally.named.stream().map(Denials::resource).toList();
    if (named.size() > 1) {
      detail.put("resources", named);
    }
    return AuditEvent.of(
        tally.first,
        kind.actor(),
        kind.action(),
        named.isEmpty() ? resource(kind.tenant()) : named.getFirst(),
        Outcome.DENIED,
        tally.requestId,
        AuditDetail.of(detail));
  }

  private static String resource(TenantId tenant) {
    return tenant.equals(TenantId.PLATFORM) ? PLATFORM : "tenant/" + tenant;
  }

  private static AuditEvent gap(Tally tally) {
    return AuditEvent.of(
        tally.first,
        TENET,
        GAP,
        PLATFORM,
        Outcome.DENIED,
        null,
        AuditDetail.of(Map.of("count", tally.count, "lastAt", tally.last.toString())));
  }

  /// Writes what can be written; the first tenant whose records cannot be written now comes last the next time.
  private void append(Map<TenantId, List<AuditEvent>> backlog) {
    for (var entry : List.copyOf(backlog.entrySet())) {
      TenantId tenant = entry.getKey();
      List<AuditEvent> events = entry.getValue();
      backlog.remove(tenant);
      try {
        log.append(tenant, events);
      } catch (StoreUnavailable e) {
        backlog.put(tenant, events);
        say(e);
        return;
      } catch (RuntimeException e) {
        LOG.log(
            Level.ERROR,
            "The audit log refuses %d records of denials of %s".formatted(events.size(), tenant),
            e);
        events.forEach(event -> drop(event.at()));
      }
    }
    said = false;
  }

  private void say(StoreUnavailable e) {
    if (!said) {
      LOG.log(Level.WARNING, "Denials wait to be recorded: " + e.getMessage());
      said = true;
    }
  }

  private void drop(Instant at) {
    lock.lock();
    try {
      Tally tally = dropped == null ? new Tally(at, null) : dropped;
      tally.add(at);
      dropped = tally;
    } finally {
      lock.unlock();
    }
  }

  /// Writes what waits to be written, as far as the log takes it within seconds.
  @Override
  public void close() {
    Thread last;
    lock.lock();
    try {
      closed = true;
      last = writer;
      wake.signal();
    } finally {
      lock.unlock();
    }
    try {
      if (last != null && !last.join(LONGEST_CLOSING)) {
        LOG.log(Level.WARNING, "The audit log does not take the last denials; they are lost.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
