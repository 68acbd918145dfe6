package dev.tenet.postgres;

import dev.tenet.domain.change.Change;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Changes of every kind, with texts that are hard to store.
final class RandomChanges {

  /// How many kinds of changes there are.
  static final int KINDS = Change.class.getPermittedSubclasses().length;

  private static final List<FieldType.Scalar> SCALARS = List.of(FieldType.Scalar.values());

  private static final String CHARACTERS =
      "aZ09 _\"'\\/{}[]:?,%\n\r\t\b\u0000\u0001\u001f\u007f\u0085\u2028\u241b\u241büß型\ud83e\udd84\ud800\udc00\ufffe\uffff";

  private final Random random;

  RandomChanges(long seed) {
    random = new Random(seed);
  }

  /// {@return a change of a kind}
  ///
  /// @param kind from 0
  Change change(int kind) {
    Class<?> type = Change.class.getPermittedSubclasses()[kind];
    return Stream.<Supplier<Change>>of(
            () -> new Change.TenantCreated(tenant()),
            () -> new Change.TenantRenamed(tenant()),
            () -> new Change.TenantGoverned(tenant()),
            Change.TenantDeleted::new,
            () -> new Change.SchemaDefined(version(1 + random.nextInt(1000)), random.nextInt(100)),
            () ->
                new Change.SchemaActivated(
                    version(1 + random.nextInt(1000)), random.nextInt(1000), random.nextInt(100)),
            () -> new Change.DerivedFieldDefined(field()),
            () -> new Change.DerivedFieldRevised(field()),
            () -> new Change.DerivedFieldRetyped(fieldId(), text(), text(), text(), texts()),
            () -> new Change.DerivedFieldRemoved(fieldId(), text()),
            () -> new Change.DerivedFieldBroken(fieldId(), text(), faults()),
            () -> new Change.DerivedFieldRepaired(fieldId(), text()),
            () -> new Change.RuleAdded(rule()),
            () -> new Change.RuleRevised(rule()),
            () -> new Change.RuleRemoved(ruleId(), text()),
            () -> new Change.RuleBroken(ruleId(), text(), faults()),
            () -> new Change.RuleRepaired(ruleId(), text(), random.nextBoolean()))
        .map(Supplier::get)
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no example of " + type));
  }

  String text() {
    var text = new StringBuilder();
    IntStream.range(0, random.nextInt(12))
        .forEach(i -> text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length()))));
    return text.toString();
  }

  private List<String> texts() {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> text()).toList();
  }

  private Tenant tenant() {
    return new Tenant(new TenantId(uuid()), text(), instant(), instant());
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  RuleId ruleId() {
    return new RuleId(uuid());
  }

  private DerivedFieldId fieldId() {
    return new DerivedFieldId(uuid());
  }

  private Instant instant() {
    return Instant.ofEpochSecond(
        random.nextLong(4_000_000_000L), random.nextInt(1_000_000) * 1_000L);
  }

  Rule rule() {
    Map<String, Expression> then = new LinkedHashMap<>();
    texts().forEach(name -> then.put(name, new Expression(text())));
    return new Rule(
        ruleId(),
        text(),
        text(),
        new Expression(text()),
        then,
        new TreeSet<>(texts()),
        random.nextBoolean(),
        faults(),
        instant(),
        instant());
  }

  DerivedField field() {
    return new DerivedField(
        fieldId(),
        text(),
        new Expression(text()),
        text(),
        text(),
        texts(),
        faults(),
        instant(),
        instant());
  }

  private List<Diagnostic> faults() {
    return Stream.of(
            new Location.Span(text(), random.nextInt(), random.nextInt(), random.nextInt(), 1),
            new Location.Pointer(text()),
            new Location.Field(text()))
        .map(
            location ->
                new Diagnostic(
                    text(),
                    random.nextBoolean() ? Diagnostic.Severity.ERROR : Diagnostic.Severity.WARNING,
                    location,
                    text(),
                    random.nextBoolean() ? text() : null))
        .toList();
  }

  SchemaVersion version(int number) {
    Map<String, FieldType.ObjectOf> objects = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      objects.put(identifier(), object(2));
    }
    return new SchemaVersion(new SchemaId(uuid()), number, new Schema(objects), instant());
  }

  private String identifier() {
    return "f" + random.nextInt(1_000_000);
  }

  private FieldType.ObjectOf object(int depth) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      String name = identifier();
      fields.put(
          name, new Field(name, type(depth), random.nextBoolean(), text(), random.nextBoolean()));
    }
    return new FieldType.ObjectOf(fields);
  }

  private FieldType type(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 3)) {
      case 0 -> SCALARS.get(random.nextInt(SCALARS.size()));
      case 1 -> new FieldType.Dyn();
      case 2 -> new FieldType.EnumOf(List.of("b" + text(), "a" + text()));
      case 3 -> new FieldType.ListOf(type(depth - 1));
      case 4 -> new FieldType.MapOf(type(depth - 1));
      default -> object(depth - 1);
    };
  }
}
