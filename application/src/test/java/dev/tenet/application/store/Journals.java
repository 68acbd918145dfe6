package dev.tenet.application.store;

import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantStore.AppendResult;
import dev.tenet.domain.audit.ChangeAudit;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Evolver;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.change.JournalEntry.RequestKey;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.schema.SchemaReader;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes journals into a store by hand, and reads long lists page by page.
final class Journals {

  static final Instant START = Instant.parse("2026-01-31T08:30:00.123456Z");

  private final TenantStore store;

  Journals(TenantStore store) {
    this.store = store;
  }

  static Instant at(long revision) {
    return START.plusSeconds(revision);
  }

  static Tenant tenant(int number, String name) {
    return new Tenant(new TenantId(new UUID(1, number)), name, at(number), at(number));
  }

  static JournalEntry entry(long revision, Change... changes) {
    return new JournalEntry(revision, at(revision), "tester", null, List.of(changes));
  }

  static JournalEntry keyed(long revision, String key, Change... changes) {
    return new JournalEntry(
        revision, at(revision), "tester", new RequestKey(key, "print of " + key), List.of(changes));
  }

  AppendResult create(Tenant tenant) {
    return create(entry(1, new Change.TenantCreated(tenant)));
  }

  /// Creates the tenant that the entry creates.
  AppendResult create(JournalEntry entry) {
    TenantState state = Evolver.begin(entry);
    return store.create(state, entry, ChangeAudit.of(state.id(), Optional.empty(), entry, null));
  }

  TenantId created(int number, String name) {
    Tenant tenant = tenant(number, name);
    if (!(create(tenant) instanceof AppendResult.Appended)) {
      throw new AssertionError("not created: " + tenant);
    }
    return tenant.id();
  }

  TenantState state(TenantId tenant) {
    return store.load(tenant).orElseThrow();
  }

  /// Appends an entry after what the store holds.
  AppendResult append(TenantId tenant, Change... changes) {
    TenantState state = state(tenant);
    return append(tenant, state, entry(state.revision() + 1, changes));
  }

  AppendResult append(TenantId tenant, TenantState state, JournalEntry entry) {
    return store.append(
        tenant,
        Evolver.evolve(state, entry),
        entry,
        ChangeAudit.of(tenant, Optional.of(state), entry, "request " + entry.revision()));
  }

  /// {@return all items of a list read in pages of this size}
  static <T, K> List<T> all(int size, Function<PageRequest<K>, Page<T, K>> list) {
    List<T> items = new ArrayList<>();
    Optional<K> end = Optional.empty();
    do {
      Page<T, K> page = list.apply(new PageRequest<>(size, end));
      if (page.items().size() > size || (page.items().isEmpty() && page.end().isPresent())) {
        throw new AssertionError("not a page of " + size + ": " + page);
      }
      items.addAll(page.items());
      end = page.end();
    } while (end.isPresent());
    return items;
  }

  static <K> PageRequest<K> first(int size) {
    return new PageRequest<>(size, Optional.empty());
  }

  static SchemaVersion version(int number, Map<String, ?> definition) {
    return new SchemaVersion(
        new SchemaId(UUID.nameUUIDFromBytes(new byte[] {(byte) number})),
        number,
        schema(definition),
        at(number));
  }

  static Schema schema(Map<String, ?> definition) {
    if (SchemaReader.read(definition) instanceof SchemaReader.Reading.Valid(var schema)) {
      return schema;
    }
    throw new AssertionError("not a schema: " + definition);
  }

  /// Everything that a schema can hold, in an order that no sorting gives.
  static SchemaVersion richVersion(int number) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("z", "int?");
    fields.put("a", "list<map<string,dyn>>");
    fields.put("m", Map.of("enum", List.of("visa", "Zoë's", "")));
    fields.put("b", Map.of("type", "bytes", "description", "型 \"x\"\n", "sensitive", true));
    fields.put("o", Map.of("object", Map.of("type", "string")));
    return version(number, Map.of("User", fields));
  }

  static Rule rule(int number, String name) {
    Map<String, Expression> then = new LinkedHashMap<>();
    then.put("z", new Expression("'ü'"));
    then.put("a", new Expression("1"));
    return new Rule(
        new RuleId(new UUID(2, number)),
        name,
        "who \"may\"\n'buy' 🦄",
        new Expression("User.z >= 18 && name != '\\n'"),
        then,
        new TreeSet<>(List.of("b", "a")),
        number % 2 == 0,
        List.of(),
        at(number),
        at(number + 1));
  }

  static DerivedField field(int number, String name) {
    return new DerivedField(
        new DerivedFieldId(new UUID(3, number)),
        name,
        new Expression("User.z > 1"),
        "text",
        "list(map(string, dyn))",
        List.of("User.a", "User.z"),
        List.of(),
        at(number),
        at(number));
  }

  /// One fault for each kind of place.
  static List<Diagnostic> faults() {
    return List.of(
        Diagnostic.error(
            "undeclared", new Location.Span("then.score", 3, 4, 2, 1), "no such x", "y"),
        Diagnostic.error("pointed", Location.root().child("a/b").child(0), "pointed"),
        Diagnostic.warning("named", Location.field("User.x"), "named ü"));
  }
}
