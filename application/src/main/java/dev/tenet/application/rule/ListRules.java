package dev.tenet.application.rule;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.TenantId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Lists a tenant's rules, active or not, newest first.
public final class ListRules {

  /// Which rules to list.
  ///
  /// @param name only rules whose name contains this, in any case of letters
  /// @param enabled only rules whose author wants them evaluated, or only others
  /// @param active only rules that are active, or only those that are not
  /// @param tag only rules with this tag
  public record Filter(
      Optional<String> name,
      Optional<Boolean> enabled,
      Optional<Boolean> active,
      Optional<String> tag) {
    private boolean accepts(Rule rule) {
      return name.map(n -> lower(rule.name()).contains(lower(n))).orElse(true)
          && enabled.map(e -> rule.enabled() == e).orElse(true)
          && active.map(a -> rule.active() == a).orElse(true)
          && tag.map(rule.tags()::contains).orElse(true);
    }

    private static String lower(String text) {
      return text.toLowerCase(Locale.ROOT);
    }
  }

  private final Definitions definitions;

  public ListRules(Definitions definitions) {
    this.definitions = definitions;
  }

  /// {@return a page of the rules that the filter accepts}
  public ReadResult<Page<Rule, Age>> list(TenantId tenant, Filter filter, PageRequest<Age> page) {
    return definitions.readSeen(
        tenant,
        "tenant",
        state -> {
          List<Rule> rules = state.rules().stream().filter(filter::accepts).toList();
          return Optional.of(Page.newestFirst(rules, page, Age::of));
        });
  }
}
