package dev.tenet.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.application.store.TenantStore;
import dev.tenet.bootstrap.fault.History.Request;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a store has after everything has stopped, compared with what the clients were told.
final class StoredTenants {

  private final TenantStore store;
  private final Map<String, List<JournalEntry>> journals = new HashMap<>();

  StoredTenants(TenantStore store) {
    this.store = store;
    for (Tenant tenant : all((PageRequest<Age> page) -> store.tenants(TenantFilter.ALL, page))) {
      List<JournalEntry> entries =
          new ArrayList<>(all((PageRequest<Long> page) -> store.journal(tenant.id(), false, page)));
      entries.sort(Comparator.comparingLong(JournalEntry::revision));
      journals.put(tenant.id().toString(), entries);
    }
  }

  private static <T, K> List<T> all(Function<PageRequest<K>, Page<T, K>> list) {
    List<T> items = new ArrayList<>();
    Optional<K> end = Optional.empty();
    do {
      Page<T, K> page = list.apply(new PageRequest<>(PageRequest.LARGEST, end));
      items.addAll(page.items());
      end = page.end();
    } while (end.isPresent());
    return items;
  }

  /// Checks that every journal is whole and gives the state in the tables; that what was acknowledged is there, what was
  /// given up is there as a whole or not at all, and nothing is there twice or that nobody asked for.
  void assertAgree(History history) {
    Set<String> found = new HashSet<>();
    journals.forEach(
        (tenant, entries) -> {
          assertWhole(tenant, entries);
          for (JournalEntry entry : entries) {
            Request request = request(entry, history);
            assertThat(found.add(request.key())).as("made once: %s", request).isTrue();
            assertThat(words(entry.changes().getFirst())).isEqualTo(request.words());
            assertThat(entry.changes()).as(request.toString()).hasSize(1);
            assertThat(tenant).as(request.toString()).contains(request.tenant());
            assertThat(request.outcome().filter(revision -> revision > 0).orElse(entry.revision()))
                .as(request.toString())
                .isEqualTo(entry.revision());
          }
        });
    assertThat(found)
        .containsAll(
            history.requests().values().stream()
                .filter(request -> request.outcome().isPresent())
                .map(Request::key)
                .toList());
  }

  private void assertWhole(String tenant, List<JournalEntry> entries) {
    TenantId id = TenantId.parse(tenant).orElseThrow();
    for (int i = 0; i < entries.size(); i++) {
      assertThat(entries.get(i).revision())
          .as("a gap in the journal of %s", tenant)
          .isEqualTo(i + 1);
    }
    assertThat(store.revision(id)).hasValue(entries.size());
    assertThat(store.load(id)).isPresent().isEqualTo(store.loadAt(id, entries.size()));
  }

  private static Request request(JournalEntry entry, History history) {
    return Optional.ofNullable(entry.request())
        .map(asked -> history.requests().get(asked.key()))
        .orElseThrow(() -> new AssertionError("nobody asked for " + entry));
  }

  /// Checks that the rules of the clients are as they were last acknowledged.
  void assertHasRules(Collection<Editor> editors) {
    for (Editor editor : editors) {
      Map<String, Editor.Rule> rules =
          store.load(TenantId.parse(editor.tenant()).orElseThrow()).orElseThrow().rules().stream()
              .collect(
                  Collectors.toMap(
                      rule -> rule.id().toString(),
                      rule -> new Editor.Rule(rule.name(), rule.expression().text())));
      assertThat(rules).containsAllEntriesOf(editor.rules());
    }
  }

  /// {@return by tenant and revision, what the marker rule puts out}
  Map<String, Map<Long, Long>> markers() {
    Map<String, Map<Long, Long>> markers = new HashMap<>();
    journals.forEach(
        (tenant, entries) -> {
          Map<Long, Long> numbers = new HashMap<>();
          long number = -1;
          for (JournalEntry entry : entries) {
            Rule changed =
                switch (entry.changes().getFirst()) {
                  case Change.RuleAdded(var rule) -> rule;
                  case Change.RuleRevised(var rule) -> rule;
                  default -> null;
                };
            if (changed != null && changed.then().containsKey("number")) {
              number = Long.parseLong(outputs(changed));
            }
            numbers.put(entry.revision(), number);
          }
          markers.put(tenant, numbers);
        });
    return markers;
  }

  private static String words(Change change) {
    return switch (change) {
      case Change.TenantCreated(var tenant) -> "create " + tenant.name();
      case Change.TenantRenamed(var tenant) -> "rename " + tenant.name();
      case Change.SchemaDefined defined -> "schema";
      case Change.RuleAdded(var rule) -> "add " + words(rule);
      case Change.RuleRevised(var rule) -> "revise " + words(rule);
      case Change.RuleRemoved(var id, var name) -> "remove " + name;
      default -> "unexpected: " + change;
    };
  }

  private static String words(Rule rule) {
    return rule.name() + " " + rule.expression().text() + " [" + outputs(rule) + "]";
  }

  private static String outputs(Rule rule) {
    return rule.then().values().stream().map(e -> e.text()).collect(Collectors.joining(","));
  }
}
