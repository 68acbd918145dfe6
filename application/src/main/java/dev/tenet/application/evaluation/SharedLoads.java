package dev.tenet.application.evaluation;

import dev.tenet.application.store.StoreUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Lets those who want the same loaded at the same time wait for one load of it.
///
/// @param <K> says what is loaded
/// @param <V> what loading it gives
final class SharedLoads<K, V> {

  private final ConcurrentMap<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();

  /// {@return what a load gives: of one that is under way, or else of this one}
  ///
  /// @param enough whether what another load gave will do. It may have begun too early; then the next one will, which begins
  ///     after this was called.
  /// @throws StoreUnavailable when the load fails that is waited for, or this one
  V get(K key, Predicate<? super V> enough, Supplier<V> load) {
    var mine = new CompletableFuture<V>();
    CompletableFuture<V> other = underWay.putIfAbsent(key, mine);
    if (other != null) {
      V loaded = outcome(other);
      if (enough.test(loaded)) {
        return loaded;
      }
      other = underWay.putIfAbsent(key, mine);
    }
    return other == null ? load(key, load, mine) : outcome(other);
  }

  private V outcome(CompletableFuture<V> load) {
    try {
      return load.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreUnavailable unavailable) {
        throw new StoreUnavailable("The store did not answer.", unavailable);
      }
      throw e;
    }
  }

  private V load(K key, Supplier<V> load, CompletableFuture<V> everybodys) {
    try {
      V loaded = load.get();
      underWay.remove(key, everybodys);
      everybodys.complete(loaded);
      return loaded;
    } catch (RuntimeException | Error e) {
      underWay.remove(key, everybodys);
      everybodys.completeExceptionally(e);
      throw e;
    }
  }
}
