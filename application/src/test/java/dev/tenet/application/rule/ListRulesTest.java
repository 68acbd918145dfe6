package dev.tenet.application.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.application.store.NoStore;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ListRulesTest {

  private static final TenantId TENANT = new TenantId(new UUID(1, 1));
  private static final List<Diagnostic> FAULTS =
      List.of(Diagnostic.error("e", Location.field("x"), "m"));
  private static final TenantState STATE =
      new TenantState(
          new Tenant(TENANT, "acme", Instant.EPOCH, Instant.EPOCH),
          5,
          null,
          0,
          List.of(),
          List.of(
              rule(1, "Adults only", true, List.of(), "age", "shop"),
              rule(2, "adult DRINKS", false, List.of(), "shop"),
              rule(3, "vips", true, FAULTS),
              rule(4, "İstanbul", true, List.of())));
  private static final ListRules LIST =
      new ListRules(new Definitions(new NoStore(), ListRulesTest::state, ListRulesTest::state));

  private static Optional<TenantState> state(TenantId tenant) {
    return Optional.of(STATE).filter(state -> state.id().equals(tenant));
  }

  private static Rule rule(
      int number, String name, boolean enabled, List<Diagnostic> faults, String... tags) {
    return new Rule(
        new RuleId(new UUID(2, number)),
        name,
        "",
        new Expression("true"),
        Map.of(),
        new TreeSet<>(List.of(tags)),
        enabled,
        faults,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static List<String> names(
      Optional<String> name, Optional<Boolean> active, Optional<String> tag) {
    var page = new PageRequest<Age>(100, Optional.empty());
    var result = LIST.list(TENANT, new ListRules.Filter(name, Optional.empty(), active, tag), page);
    if (result instanceof ReadResult.Found<Page<Rule, Age>> found) {
      assertThat(found.revision()).isEqualTo(5);
      return found.value().items().stream().map(Rule::name).toList();
    }
    throw new AssertionError("not found: " + result);
  }

  @Test
  void listsAllRulesNewestFirst() {
    assertThat(names(Optional.empty(), Optional.empty(), Optional.empty()))
        .containsExactly("İstanbul", "vips", "adult DRINKS", "Adults only");
  }

  @Test
  void filters() {
    assertThat(names(Optional.of("ADULT"), Optional.empty(), Optional.empty()))
        .containsExactly("adult DRINKS", "Adults only");
    assertThat(names(Optional.empty(), Optional.of(true), Optional.empty()))
        .containsExactly("İstanbul", "Adults only");
    assertThat(names(Optional.empty(), Optional.of(false), Optional.empty()))
        .containsExactly("vips", "adult DRINKS");
    assertThat(names(Optional.empty(), Optional.empty(), Optional.of("shop")))
        .containsExactly("adult DRINKS", "Adults only");
    assertThat(names(Optional.of("adult"), Optional.of(true), Optional.of("age")))
        .containsExactly("Adults only");
    assertThat(names(Optional.empty(), Optional.empty(), Optional.of("SHOP"))).isEmpty();
    assertThat(names(Optional.of("%"), Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void anUnknownTenantIsNotFound() {
    var filter =
        new ListRules.Filter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    var page = new PageRequest<Age>(1, Optional.empty());

    assertThat(LIST.list(new TenantId(new UUID(9, 9)), filter, page))
        .isEqualTo(new ReadResult.NotFound<Page<Rule, Age>>("tenant"));
  }
}
