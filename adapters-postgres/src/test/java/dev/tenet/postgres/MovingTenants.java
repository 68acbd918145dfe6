package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.change.Corridor;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import dev.tenet.postgres.TenantMove.Step;
import dev.tenet.spi.StoreProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// A tenant that moves between the databases `main`, `eu` and `us`, the mover, and two nodes that know where it was before.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MovingTenants {

  final TestDatabases databases;
  final List<String> report = new ArrayList<>();
  final Databases operator;
  StoreProvider.OpenStore[] nodes = {};

  /// Ends a mover as a kill would: nothing is put in order.
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  /// @param prefix makes the names of the databases unique
  MovingTenants(String prefix) {
    databases = new TestDatabases(prefix);
    operator = databases.databases();
  }

  @BeforeAll
  void open() {
    nodes = new StoreProvider.OpenStore[] {databases.open(), databases.open()};
  }

  @BeforeEach
  void empty() {
    databases.empty();
    report.clear();
  }

  @AfterAll
  void close() {
    for (StoreProvider.OpenStore node : nodes) {
      node.close();
    }
    operator.close();
  }

  final Corridor node(int number) {
    return new Corridor(
        nodes[number].tenants(), nodes[number].placement(), new ScriptedRuleCompiler());
  }

  /// {@return a tenant with a history, in `main`, which both nodes know}
  final TenantId tenant() {
    return tenant(8);
  }

  final TenantId tenant(int rules) {
    Corridor corridor = node(0);
    TenantId tenant =
        Corridor.accepted(
                corridor.createTenant.create(
                    "acme",
                    Optional.of("main"),
                    false,
                    Optional.empty(),
                    "tester",
                    Optional.empty()))
            .id();
    Corridor.accepted(corridor.define(tenant, Corridor.SCHEMA));
    Corridor.accepted(
        corridor.defineDerivedField.define(
            Corridor.request(tenant), "grown", new Expression("User.Adult"), "of age"));
    for (int i = 0; i < rules; i++) {
      corridor.rule(tenant, "rule " + i, i % 2 == 0 ? "User.Adult" : "User.Vip");
    }
    Corridor.accepted(corridor.define(tenant, Corridor.WITHOUT_ADULT));
    Corridor.accepted(corridor.activateSchema.activate(Corridor.request(tenant), 1, false));
    Corridor.accepted(
        corridor.renameTenant.rename(
            Corridor.keyed(tenant, "key\u241b", "print"), "acme \u241b 🦄"));
    assertThat(nodes[1].tenants().load(tenant)).isPresent();
    return tenant;
  }

  final void move(TenantId tenant, String to, Consumer<Step> done) {
    new TenantMove(operator, tenant, report::add, done).to(to);
  }

  final void move(TenantId tenant, String to) {
    move(tenant, to, step -> {});
  }

  final void crashAfter(Step step, TenantId tenant, String to) {
    assertThatThrownBy(
            () ->
                move(
                    tenant,
                    to,
                    done -> {
                      if (done == step) {
                        throw new Crash();
                      }
                    }))
        .isInstanceOf(Crash.class);
  }

  final List<String> placesOf(TenantId tenant) {
    return operator.names().stream()
        .filter(name -> operator.get(name).tenants().revision(tenant).isPresent())
        .toList();
  }

  final void assertBothNodesFind(TenantState expected) {
    for (StoreProvider.OpenStore node : nodes) {
      TenantStore store = node.tenants();
      assertThat(store.load(expected.id())).contains(expected);
      assertThat(store.revision(expected.id())).hasValue(expected.revision());
      assertThat(ProjectionTest.replay(store, expected.id())).isEqualTo(expected);
      assertThat(store.loadAt(expected.id(), expected.revision())).contains(expected);
      assertThat(store.schemaVersion(expected.id(), 2)).isPresent();
      assertThat(store.tenants(TenantFilter.ALL, new PageRequest<>(10, Optional.empty())).items())
          .containsExactly(expected.tenant());
    }
  }

  final void assertTakesChanges(TenantId tenant) {
    for (int i = 0; i < nodes.length; i++) {
      Corridor.accepted(node(i).renameTenant.rename(Corridor.request(tenant), "name of node " + i));
      assertBothNodesFind(nodes[i].tenants().load(tenant).orElseThrow());
    }
  }
}
