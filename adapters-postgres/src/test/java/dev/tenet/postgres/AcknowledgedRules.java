package dev.tenet.postgres;

import static dev.tenet.application.change.Corridor.accepted;
import static dev.tenet.application.change.Corridor.draft;
import static dev.tenet.application.change.Corridor.keyed;

import dev.tenet.application.change.Corridor;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.change.JournalEntry.RequestKey;
import dev.tenet.domain.tenant.TenantId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// A tenant to which one client adds numbered rules, asking again with the same key until each is acknowledged.
final class AcknowledgedRules {

  private final Corridor corridor;
  private final TenantId tenant;
  private int count;

  AcknowledgedRules(TenantStore store) {
    corridor = new Corridor(store, new ScriptedRuleCompiler());
    var key = new RequestKey(UUID.randomUUID().toString(), "create");
    tenant =
        untilAcknowledged(
            () ->
                accepted(
                        corridor.createTenant.create(
                            "acme", Optional.empty(), false, Optional.of(key), "tester"))
                    .id());
    untilAcknowledged(() -> corridor.define(tenant, Corridor.SCHEMA));
  }

  static String name(int number) {
    return "rule " + number;
  }

  TenantId tenant() {
    return tenant;
  }

  /// {@return how many rules were acknowledged}
  int count() {
    return count;
  }

  void addNext() {
    String name = name(count);
    untilAcknowledged(
        () ->
            accepted(
                corridor.addRule.add(keyed(tenant, name, "print"), draft(name, "User.Adult"))));
    count++;
  }

  private static <T> T untilAcknowledged(Supplier<T> request) {
    while (true) {
      try {
        return request.get();
      } catch (StoreUnavailable away) {
        Thread.onSpinWait();
      }
    }
  }
}
