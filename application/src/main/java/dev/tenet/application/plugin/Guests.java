package dev.tenet.application.plugin;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.tenet.domain.hash.Sha256;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Code that is ready to be called, by its content: however many tenants and versions use it, it is prepared once. What nobody
/// has called for a while is let go; a call that is under way then ends on it, and the next prepares it anew.
public final class Guests implements AutoCloseable {

  private static final int MOST = 500;
  private static final Duration IDLE = Duration.ofMinutes(10);

  private record Key(Sha256 artefact, GuestKind kind) {}

  private final ArtefactStore artefacts;
  private final GuestRuntime runtime;
  private final GuestLimits limits;
  private final LoadingCache<Key, Guest> guests;

  /// @param limits what each may take
  public Guests(ArtefactStore artefacts, GuestRuntime runtime, GuestLimits limits) {
    this.artefacts = artefacts;
    this.runtime = runtime;
    this.limits = limits;
    this.guests =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(IDLE)
            .executor(Runnable::run)
            .removalListener(
                (@Nullable Key key, @Nullable Guest guest, RemovalCause cause) -> {
                  if (guest != null) {
                    guest.close();
                  }
                })
            .build(this::prepare);
  }

  /// Checks code that may be kept.
  ///
  /// @return the code, ready to be called
  /// @throws InvalidGuest when it is no guest, or wants more than it may have
  public Guest check(GuestKind kind, byte[] code) throws InvalidGuest {
    Key key = new Key(Sha256.of(code), kind);
    Guest known = guests.getIfPresent(key);
    if (known != null) {
      return known;
    }
    Guest prepared = runtime.prepare(kind, code, limits);
    guests.put(key, prepared);
    return prepared;
  }

  /// {@return code that is not kept anywhere, ready to be called; closing it is the caller's}
  ///
  /// @throws InvalidGuest when it is no guest, or wants more than it may have
  public Guest unkept(GuestKind kind, byte[] code) throws InvalidGuest {
    return runtime.prepare(kind, code, limits);
  }

  /// {@return code that is kept, ready to be called}
  Guest of(Sha256 artefact, GuestKind kind) {
    return guests.get(new Key(artefact, kind));
  }

  /// Lets go of a guest that says that it is closed.
  void drop(Sha256 artefact, GuestKind kind, Guest closed) {
    guests.asMap().remove(new Key(artefact, kind), closed);
  }

  private Guest prepare(Key key) {
    byte[] code =
        artefacts
            .find(key.artefact())
            .orElseThrow(() -> new IllegalStateException("no code is kept as " + key.artefact()));
    try {
      return runtime.prepare(key.kind(), code, limits);
    } catch (InvalidGuest e) {
      throw new IllegalStateException("code that was checked can no longer be prepared", e);
    }
  }

  /// {@return what the sandbox is doing}
  public GuestRuntime.Load load() {
    return runtime.load();
  }

  /// {@return the memory of all that is ready to be called, in bytes}
  public long memory() {
    return guests.asMap().values().stream().mapToLong(Guest::memory).sum();
  }

  /// Lets go of everything; calls under way end.
  @Override
  public void close() {
    guests.invalidateAll();
    guests.cleanUp();
    runtime.close();
  }
}
