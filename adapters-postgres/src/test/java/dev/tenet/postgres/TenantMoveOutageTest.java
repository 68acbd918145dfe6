package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.change.Corridor;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.TenantMove.Step;
import dev.tenet.spi.StoreProvider;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Moving a tenant while one of its databases is away.
final class TenantMoveOutageTest extends MovingTenants {

  private static final long POLL_NANOS = 20_000_000;

  TenantMoveOutageTest() {
    super("move_outage");
  }

  @AfterEach
  void startAll() {
    startAgain("eu");
  }

  @Test
  void aTargetThatDoesNotAnswerPausesNothing() {
    TenantId tenant = tenant();
    databases.stop("eu");

    assertThatThrownBy(() -> move(tenant, "eu")).isInstanceOf(StoreUnavailable.class);
    Corridor.accepted(node(0).renameTenant.rename(Corridor.request(tenant), "renamed"));
  }

  @Test
  void aTargetThatGoesAwayLeavesTheTenantWhereItWas() {
    TenantId tenant = tenant();

    assertThatThrownBy(() -> move(tenant, "eu", stopping("eu", Step.COPY)))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(report).last().isEqualTo("The tenant stays in main, and takes changes again.");
    Corridor.accepted(node(0).renameTenant.rename(Corridor.request(tenant), "renamed"));
    Corridor.accepted(node(1).renameTenant.rename(Corridor.request(tenant), "renamed again"));

    startAgain("eu");
    assertBothNodesFind(nodes[0].tenants().load(tenant).orElseThrow());
    move(tenant, "eu");
    assertTakesChanges(tenant);
  }

  /// All nodes have connections again afterwards.
  private void startAgain(String database) {
    databases.start(database);
    for (StoreProvider.OpenStore node : nodes) {
      while (!listsAll(node.tenants())) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
    while (!operator.get(database).tenants().available()) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static boolean listsAll(TenantStore store) {
    try {
      store.tenants(TenantFilter.ALL, new PageRequest<>(1, Optional.empty()));
      return true;
    } catch (StoreUnavailable notYet) {
      return false;
    }
  }

  private Consumer<Step> stopping(String database, Step after) {
    return step -> {
      if (step == after) {
        databases.stop(database);
      }
    };
  }

  @Test
  void anUnfinishedMoveIsUndoneWhileItsTargetIsAway() {
    TenantId tenant = tenant();
    crashAfter(Step.VERIFY, tenant, "eu");
    databases.stop("eu");

    move(tenant, "main");
    assertThat(report)
        .contains("The tenant is in main, and takes changes again.")
        .last()
        .asString()
        .contains("left a copy in eu is not known");
    Corridor.accepted(node(0).renameTenant.rename(Corridor.request(tenant), "renamed"));
    startAgain("eu");
    assertBothNodesFind(nodes[0].tenants().load(tenant).orElseThrow());
    move(tenant, "main");
    assertThat(placesOf(tenant)).containsExactly("main");
  }
}
