package dev.tenet.application.evaluation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Definitions as they were at past revisions, compiled when somebody asks for them and kept for a while.
public final class PastRuleSets {

  private static final Duration KEPT = Duration.ofMinutes(10);

  /// A deleted tenant's revisions are not those of one that was created later with the same id.
  private record Key(TenantId tenant, Instant createdAt, long revision) {}

  private final TenantStore store;
  private final RuleCompiler compiler;
  private final Cache<Key, Optional<InForce>> past;

  /// @param memory about how many bytes they may take
  public PastRuleSets(TenantStore store, RuleCompiler compiler, long memory) {
    this.store = store;
    this.compiler = compiler;
    this.past =
        Caffeine.newBuilder()
            .maximumWeight(memory)
            .weigher((Key key, Optional<InForce> then) -> weight(then))
            .expireAfterAccess(KEPT)
            .build();
  }

  /// {@return the definitions of the same tenant at a revision; empty when it does not have that revision}
  public Optional<InForce> at(InForce inForce, long revision) {
    if (revision == inForce.revision()) {
      return Optional.of(inForce);
    }
    if (revision < 1 || revision > inForce.revision()) {
      return Optional.empty();
    }
    TenantState state = inForce.state();
    var key = new Key(state.id(), state.tenant().createdAt(), revision);
    Optional<InForce> then = past.get(key, _ -> load(inForce, revision));
    if (then.filter(known -> compiler.isOutdated(known.compilation().ruleSet())).isPresent()) {
      past.asMap().remove(key, then);
    }
    return then;
  }

  /// Forgets what is known, because the compiler has changed.
  public void forget() {
    past.invalidateAll();
  }

  private static int weight(Optional<InForce> then) {
    return (int) Math.min(Integer.MAX_VALUE, then.map(InForce::weight).orElse(1L));
  }

  private Optional<InForce> load(InForce inForce, long revision) {
    long began = System.nanoTime();
    return store
        .loadAt(inForce.state().id(), revision)
        .map(
            state ->
                new InForce(
                    state, compiler.compile(state, inForce.compilation().ruleSet()), began));
  }
}
