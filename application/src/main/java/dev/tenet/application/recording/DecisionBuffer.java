package dev.tenet.application.recording;

import dev.tenet.application.identity.IdSource;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Collects decisions and writes many at once, from one thread for each place that they are written to.
///
/// It is bounded in number and in bytes. A durable entry is written as soon as the write before it is done, together with
/// all that came meanwhile; when there is no room for it that is said. Other entries wait a moment for more, may take half
/// of the room, and are dropped and counted when there is none: the log then gets a [dev.tenet.domain.decision.LogGap].
public final class DecisionBuffer implements AutoCloseable {

  /// How much is collected.
  ///
  /// @param most how many entries of one place may be in memory, those being written among them
  /// @param memory about how many bytes these may take
  /// @param batch after how many entries they are written, and how many go together
  /// @param delay after which time they are written at the latest, when the store keeps up
  /// @param pause for how long nothing is written after the store did not answer, unless somebody waits for it
  public record Settings(int most, long memory, int batch, Duration delay, Duration pause) {
    /// What holds when nothing is said.
    public static final Settings DEFAULT =
        new Settings(20_000, 64L << 20, 2_000, Duration.ofMillis(50), Duration.ofSeconds(1));
  }

  /// What became of the entries so far.
  ///
  /// @param waiting how many are in memory
  /// @param written how many were written, gaps not counted
  /// @param dropped how many decisions were answered and not kept
  public record Counts(long waiting, long written, long dropped) {}

  private final DecisionLog log;
  private final IdSource ids;
  private final Settings settings;
  private final ConcurrentMap<String, BufferLane> lanes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// @param ids names the gaps
  public DecisionBuffer(DecisionLog log, IdSource ids, Settings settings) {
    this.log = log;
    this.ids = ids;
    this.settings = settings;
  }

  /// {@return where the tenant's entries go}
  ///
  /// @throws StoreUnavailable when that is not known, for the store does not answer, or when this is closed
  BufferLane lane(TenantId tenant) {
    String place = log.place(tenant);
    BufferLane known = lanes.get(place);
    if (known != null) {
      return known;
    }
    synchronized (lanes) {
      if (closed) {
        throw new StoreUnavailable("The decision log is closed.");
      }
      return lanes.computeIfAbsent(
          place,
          name -> BufferLane.start(name, entries -> log.write(name, entries), ids, settings));
    }
  }

  /// {@return what became of the entries so far}
  public Counts counts() {
    long waiting = 0;
    long written = 0;
    long dropped = 0;
    for (BufferLane lane : lanes.values()) {
      Counts counts = lane.counts();
      waiting += counts.waiting();
      written += counts.written();
      dropped += counts.dropped();
    }
    return new Counts(waiting, written, dropped);
  }

  /// Writes what is there, and takes nothing any more.
  @Override
  public void close() {
    synchronized (lanes) {
      closed = true;
    }
    lanes.values().forEach(BufferLane::close);
  }
}
