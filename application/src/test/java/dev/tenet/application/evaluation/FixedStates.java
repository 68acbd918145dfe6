package dev.tenet.application.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.store.NoStore;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType.ObjectOf;
import dev.tenet.domain.schema.FieldType.Scalar;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// A store of states that are put into it; it can do nothing but load them.
final class FixedStates extends NoStore {

  static final TenantId TENANT = new TenantId(new UUID(1, 1));

  private final Map<TenantId, TenantState> states = new ConcurrentHashMap<>();

  @Override
  public Optional<TenantState> load(TenantId tenant) {
    return Optional.ofNullable(states.get(tenant));
  }

  FixedStates put(TenantState state) {
    states.put(state.id(), state);
    return this;
  }

  void remove(TenantId tenant) {
    states.remove(tenant);
  }

  static TenantState withoutSchema(TenantId id) {
    return TenantState.created(new Tenant(id, "acme", Instant.EPOCH, Instant.EPOCH));
  }

  /// A tenant at this revision with the object User, its boolean field `Adult`, and one rule for each expression.
  static TenantState state(TenantId id, long revision, String... expressions) {
    var adult = new Field("Adult", Scalar.BOOL, false, "", false);
    var schema = new Schema(Map.of("User", new ObjectOf(Map.of("Adult", adult))));
    var version = new SchemaVersion(new SchemaId(new UUID(5, 5)), 1, schema, Instant.EPOCH);
    List<Rule> rules = List.of(expressions).stream().map(FixedStates::rule).toList();
    return new TenantState(withoutSchema(id).tenant(), revision, version, 1, List.of(), rules);
  }

  private static Rule rule(String expression) {
    return new Rule(
        new RuleId(UUID.nameUUIDFromBytes(expression.getBytes(UTF_8))),
        expression,
        "",
        new Expression(expression),
        Map.of(),
        new TreeSet<>(),
        true,
        List.<Diagnostic>of(),
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
