package dev.tenet.cel;

import dev.tenet.application.evaluation.RuleCompiler.Check;
import dev.tenet.application.evaluation.RuleCompiler.Compilation;
import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.schema.SchemaReader;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import dev.tenet.spi.Function;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A tenant to try expressions on: definitions are collected, then compiled.
final class Bench {

  static final Instant NOW = Instant.parse("2026-02-03T10:00:00Z");

  static final Map<String, Object> SCHEMA =
      Map.of(
          "User",
          Map.ofEntries(
              Map.entry("Age", "int"),
              Map.entry("Name", "string"),
              Map.entry("Score", "float64"),
              Map.entry("Active", "bool"),
              Map.entry("Citizenship", "string"),
              Map.entry("Joined", "timestamp"),
              Map.entry("Session", "duration"),
              Map.entry("Avatar", "bytes"),
              Map.entry("Tags", "list<string>"),
              Map.entry("Scores", "list<int>"),
              Map.entry("Limits", "map<string,int>"),
              Map.entry("Extra", "dyn"),
              Map.entry("Note", "string?"),
              Map.entry("Secret", Map.of("type", "string", "sensitive", true)),
              Map.entry("Card", Map.of("enum", List.of("visa", "mastercard", "amex"))),
              Map.entry("Backup", Map.of("enum", List.of("amex", "none"))),
              Map.entry("Cards", Map.of("list", Map.of("enum", List.of("visa", "amex")))),
              Map.entry("Profile", Map.of("Email", "string", "Level", "int?")),
              Map.entry(
                  "Orders",
                  Map.of(
                      "list",
                      Map.of(
                          "object",
                          Map.of("Total", "float64", "Id", "string", "Kind", "string"))))),
          "Transaction",
          Map.of("Amount", "float64", "Country", "string", "Note", "string?", "Count", "int64"));

  private final CelRuleCompiler compiler;
  private final @Nullable Map<String, ?> schema;
  private final List<Rule> rules = new ArrayList<>();
  private final List<DerivedField> derived = new ArrayList<>();
  private @Nullable Compilation compilation;

  Bench(CelRuleCompiler compiler, @Nullable Map<String, ?> schema) {
    this.compiler = compiler;
    this.schema = schema;
  }

  Bench(Limits limits, Function... functions) {
    this(new CelRuleCompiler(limits, List.of(functions)), SCHEMA);
  }

  Bench() {
    this(Limits.DEFAULT);
  }

  Bench rule(String name, String expression) {
    return rule(name, expression, Map.of(), Set.of(), true);
  }

  Bench rule(String name, String expression, Map<String, String> then) {
    return rule(name, expression, then, Set.of(), true);
  }

  Bench rule(
      String name, String expression, Map<String, String> then, Set<String> tags, boolean enabled) {
    Map<String, Expression> outputs = new LinkedHashMap<>();
    then.forEach((key, text) -> outputs.put(key, new Expression(text)));
    rules.add(
        new Rule(
            id(name),
            name,
            "",
            new Expression(expression),
            outputs,
            new TreeSet<>(tags),
            enabled,
            List.of(),
            NOW,
            NOW));
    compilation = null;
    return this;
  }

  Bench derived(String name, String expression) {
    derived.add(
        new DerivedField(
            new DerivedFieldId(uuid(name)),
            name,
            new Expression(expression),
            "",
            "",
            List.of(),
            List.of(),
            NOW,
            NOW));
    compilation = null;
    return this;
  }

  static RuleId id(String name) {
    return new RuleId(uuid(name));
  }

  private static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  TenantState state() {
    Tenant tenant = new Tenant(new TenantId(uuid("tenant")), "Test", NOW, NOW);
    SchemaVersion version = null;
    if (schema != null) {
      version =
          switch (SchemaReader.read(schema)) {
            case SchemaReader.Reading.Valid(var read) ->
                new SchemaVersion(new SchemaId(uuid("schema")), 1, read, NOW);
            case SchemaReader.Reading.Invalid(var faults) ->
                throw new IllegalArgumentException(faults.toString());
          };
    }
    return new TenantState(tenant, 7, version, version == null ? 0 : 1, derived, rules);
  }

  Compilation compile() {
    Compilation known = compilation;
    if (known == null) {
      known = compiler.compile(state());
      compilation = known;
    }
    return known;
  }

  CelRuleCompiler compiler() {
    return compiler;
  }

  Check check(String expression) {
    return compiler.check(state(), new Expression(expression));
  }

  List<Diagnostic> faults(String rule) {
    return compile().verdict().ruleFaults().getOrDefault(id(rule), List.of());
  }

  List<Diagnostic> derivedFaults(String name) {
    return compile()
        .verdict()
        .derivedFaults()
        .getOrDefault(new DerivedFieldId(uuid(name)), List.of());
  }

  @Nullable String type(String derivedField) {
    var inference = compile().verdict().inferences().get(new DerivedFieldId(uuid(derivedField)));
    return inference == null ? null : inference.type();
  }

  List<String> dependencies(String derivedField) {
    var inference = compile().verdict().inferences().get(new DerivedFieldId(uuid(derivedField)));
    return inference == null ? List.of() : inference.dependencies();
  }

  Facts facts(Map<String, ?> raw) {
    RuleSet ruleSet = compile().ruleSet();
    return switch (FactReader.read(ruleSet.layout().orElseThrow(), raw, Location.root())) {
      case FactReader.Reading.Valid(var facts) -> facts;
      case FactReader.Reading.Invalid(var faults) ->
          throw new IllegalArgumentException(faults.toString());
    };
  }

  List<RuleOutcome> outcomes(Map<String, ?> raw, Selection selection) {
    return compile().ruleSet().evaluate(facts(raw), selection, NOW).outcomes();
  }

  RuleOutcome outcome(String rule, Map<String, ?> raw) {
    return only(outcomes(raw, new Selection(List.of(id(rule)), Set.of(), false, false)), rule);
  }

  RuleOutcome traced(String rule, Map<String, ?> raw) {
    return only(outcomes(raw, new Selection(List.of(id(rule)), Set.of(), false, true)), rule);
  }

  private RuleOutcome only(List<RuleOutcome> outcomes, String rule) {
    if (outcomes.size() != 1) {
      throw new IllegalArgumentException("rule %s: %s".formatted(rule, faults(rule)));
    }
    return outcomes.getFirst();
  }

  /// {@return the value of an expression over the facts, or its fault as `code: message`}
  @Nullable Object value(String expression, Map<String, ?> raw) {
    Bench bench = new Bench(compiler, schema);
    bench.derived.addAll(derived);
    bench.rule("value", "true", Map.of("value", expression));
    RuleOutcome outcome = bench.outcome("value", raw);
    return outcome.fault() == null
        ? outcome.outputs().get("value")
        : outcome.fault().code() + ": " + outcome.fault().message();
  }

  @Nullable Object value(String expression) {
    return value(expression, Map.of());
  }
}
