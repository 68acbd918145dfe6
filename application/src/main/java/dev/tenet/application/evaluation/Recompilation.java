package dev.tenet.application.evaluation;

import com.github.benmanes.caffeine.cache.Cache;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Compiles definitions in memory anew, in the background, because the compiler has changed.
final class Recompilation {

  private static final Logger LOG = System.getLogger(Recompilation.class.getName());

  /// How many tenants are compiled anew at the same time: others need processors, too.
  private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final int IDLE_SECONDS = 10;

  private final Cache<TenantId, InForce> current;
  private final RuleCompiler compiler;
  private final ExecutorService threads = threads();

  /// @param current the definitions in memory
  Recompilation(Cache<TenantId, InForce> current, RuleCompiler compiler) {
    this.current = current;
    this.compiler = compiler;
  }

  private static ExecutorService threads() {
    var executor =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("tenet-recompile-", 0).factory());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /// Compiles what is outdated of all tenants, those that are used most first.
  ///
  /// @return completes when that is done
  CompletableFuture<Void> all() {
    Set<TenantId> tenants =
        current
            .policy()
            .eviction()
            .map(all -> all.hottest(Integer.MAX_VALUE))
            .orElseGet(current::asMap)
            .keySet();
    return CompletableFuture.allOf(
        tenants.stream().map(this::of).toArray(CompletableFuture<?>[]::new));
  }

  /// Compiles what is outdated of a tenant.
  ///
  /// @return completes when that is done
  CompletableFuture<Void> of(TenantId tenant) {
    return CompletableFuture.runAsync(() -> compile(tenant), threads);
  }

  /// {@return whether the compiler has changed since it compiled these}
  boolean isDue(InForce inForce) {
    return compiler.isOutdated(inForce.compilation().ruleSet());
  }

  /// What is published meanwhile is either compiled by the present compiler or begins this again.
  private void compile(TenantId tenant) {
    try {
      InForce known = current.policy().getIfPresentQuietly(tenant);
      while (known != null && isDue(known)) {
        var compilation = compiler.compile(known.state(), known.compilation().ruleSet());
        current.asMap().replace(tenant, known, known.compiled(compilation));
        known = current.policy().getIfPresentQuietly(tenant);
      }
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.ERROR,
          () -> "the definitions of tenant " + tenant + " stay as they were compiled",
          e);
    }
  }
}
