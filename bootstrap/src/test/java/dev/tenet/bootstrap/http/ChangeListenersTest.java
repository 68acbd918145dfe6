package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.change.ChangeObserver.ChangeEvent;
import dev.tenet.bootstrap.wiring.ExtensionParts;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.inmemory.InMemoryTenantStore;
import dev.tenet.spi.ChangeListener;
import dev.tenet.spi.StoreProvider.OpenStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Extensions are asked before changes, and told after them.
final class ChangeListenersTest extends HttpContract {

  private static final String ADULT = "User.Age > 18";

  private final Reviewer reviewer = new Reviewer();
  private final List<ChangeListener> listeners = List.of(new Fragile(), reviewer);

  /// Wants rules to be described, and remembers what was made.
  private static final class Reviewer implements ChangeListener {

    private final List<ChangeEvent> made = new ArrayList<>();
    private final Set<TenantId> tenants = new HashSet<>();

    @Override
    public String name() {
      return "reviewer";
    }

    @Override
    public Optional<String> before(TenantId tenant, ChangeEvent change) {
      if (change.event().equals("tenant_created")
          && "acme-test".equals(change.after().get("name"))) {
        return Optional.of("Tenants for tests are elsewhere.");
      }
      boolean described = !"".equals(change.after().get("description"));
      return described ? Optional.empty() : Optional.of("Say in description what it is for.");
    }

    @Override
    public void after(TenantId tenant, ChangeEvent change) {
      made.add(change);
      tenants.add(tenant);
    }
  }

  /// Does not bear everything.
  private static final class Fragile implements ChangeListener {
    @Override
    public String name() {
      return "fragile";
    }

    @Override
    public Optional<String> before(TenantId tenant, ChangeEvent change) {
      if ("before".equals(change.after().get("name"))) {
        throw new IllegalStateException("before");
      }
      return Optional.empty();
    }

    @Override
    public void after(TenantId tenant, ChangeEvent change) {
      if ("after".equals(change.after().get("name"))) {
        throw new IllegalStateException("after");
      }
    }
  }

  @Override
  Parts parts() {
    return Parts.of(OpenStore.of(new InMemoryTenantStore()))
        .with(new ExtensionParts(List.of(), List.of(), List.of(), listeners));
  }

  private Reply add(String tenant, String name, String description, String query) {
    return client()
        .post(
            tenant + "/rules" + query,
            Map.of("name", name, "expression", ADULT, "description", description));
  }

  @Test
  void whatIsRefusedIsNotMadeAndNobodyIsToldOfIt() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String before = client().get(tenant).header("ETag");
    reviewer.made.clear();
    for (String query : List.of("", "?dryRun=true")) {
      Reply refused = add(tenant, "adults", "", query);
      refused.problem(409, "change_refused");
      assertThat(refused.text("detail")).isEqualTo("Say in description what it is for.");
    }
    assertThat(client().get(tenant + "/rules").expect(200).list("rules")).isEmpty();
    assertThat(client().get(tenant).header("ETag")).isEqualTo(before);
    client().post("/api/v1/tenants", Map.of("name", "acme-test")).problem(409, "change_refused");
    add(tenant, "adults", "who may buy", "?dryRun=true").expect(201);
    assertThat(reviewer.made).isEmpty();
  }

  @Test
  void whatIsMadeIsToldWithWhatWasBefore() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String rule = tenant + "/rules/" + add(tenant, "adults", "who may buy", "").text("id");
    client().put(rule, Map.of("name", "grown-ups", "expression", ADULT)).expect(200);
    client().send("DELETE", rule, null, Map.of()).expect(204);
    assertThat(reviewer.made)
        .extracting(ChangeEvent::event)
        .containsExactly(
            "tenant_created", "schema_defined", "rule_added", "rule_revised", "rule_removed");
    ChangeEvent revised = reviewer.made.get(3);
    assertThat(revised.before().get("name")).isEqualTo("adults");
    assertThat(revised.after().get("name")).isEqualTo("grown-ups");
    assertThat(revised.resource()).startsWith("rule/");
    assertThat(revised.revision()).isEqualTo(4);
    assertThat(reviewer.tenants)
        .singleElement()
        .satisfies(told -> assertThat(tenant).endsWith(told.toString()));
    assertThat(reviewer.made.getLast().after()).isEmpty();
  }

  @Test
  void whoFailsWhenAskedHasNotAgreedAndWhoFailsWhenToldChangesNothing() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    reviewer.made.clear();
    Reply failed = add(tenant, "before", "it fails", "");
    failed.problem(409, "change_refused");
    assertThat(failed.text("detail")).contains("log of the server");
    assertThat(reviewer.made).isEmpty();
    add(tenant, "after", "it fails", "").expect(201);
    assertThat(reviewer.made).hasSize(1);
    assertThat(client().get("/metrics").expect(200).text())
        .contains("tenet_change_observer_failures_total 2.0");
  }
}
