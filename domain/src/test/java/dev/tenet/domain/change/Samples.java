package dev.tenet.domain.change;

import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.rule.RulePatch;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/// States, definitions and faults for tests.
final class Samples {

  static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant NOW = Instant.parse("2026-02-02T00:00:00Z");
  static final Tenant TENANT = new Tenant(new TenantId(new UUID(1, 1)), "acme-corp", THEN, THEN);
  static final RulePatch NO_CHANGE =
      new RulePatch(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private Samples() {}

  static Schema schema(String... objects) {
    var fields = new ObjectOf(Map.of("x", new Field("x", Scalar.INT, false, "", false)));
    var byName = new LinkedHashMap<String, ObjectOf>();
    Arrays.stream(objects).forEach(name -> byName.put(name, fields));
    return new Schema(byName);
  }

  static SchemaVersion version(int version, String... objects) {
    return new SchemaVersion(new SchemaId(new UUID(5, version)), version, schema(objects), THEN);
  }

  static TenantState withoutSchema() {
    return TenantState.created(TENANT);
  }

  /// A state with the object User at schema version 1.
  static TenantState state(Object... definitions) {
    List<Rule> rules =
        Arrays.stream(definitions).filter(Rule.class::isInstance).map(Rule.class::cast).toList();
    List<DerivedField> fields =
        Arrays.stream(definitions)
            .filter(DerivedField.class::isInstance)
            .map(DerivedField.class::cast)
            .toList();
    return new TenantState(TENANT, 7, version(1, "User"), 1, fields, rules);
  }

  static RuleId ruleId(int number) {
    return new RuleId(new UUID(2, number));
  }

  static Rule rule(int number, String name) {
    return new Rule(
        ruleId(number),
        name,
        "",
        new Expression("User.x > 1"),
        Map.of(),
        new TreeSet<>(),
        true,
        List.of(),
        THEN,
        THEN);
  }

  static Rule brokenRule(int number, String name) {
    return rule(number, name).broken(faults("broken " + name), THEN);
  }

  static DerivedFieldId fieldId(int number) {
    return new DerivedFieldId(new UUID(3, number));
  }

  static DerivedField field(int number, String name) {
    return new DerivedField(
        fieldId(number),
        name,
        new Expression("User.x > 1"),
        "",
        "bool",
        List.of("User.x"),
        List.of(),
        THEN,
        THEN);
  }

  static List<Diagnostic> faults(String message) {
    return List.of(
        Diagnostic.error("undeclared", new Location.Span("expression", 0, 1, 1, 1), message));
  }

  static JournalEntry entry(long revision, Change... changes) {
    return new JournalEntry(revision, NOW, "tester", null, List.of(changes));
  }
}
