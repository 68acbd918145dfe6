package dev.tenet.application.change;

import static dev.tenet.application.change.Corridor.accepted;
import static dev.tenet.application.change.Corridor.draft;
import static dev.tenet.application.change.Corridor.keyed;
import static dev.tenet.application.change.Corridor.rejected;
import static dev.tenet.application.change.Corridor.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.NoStore;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.change.Command.DefineSchema.Precondition;
import dev.tenet.domain.change.JournalEntry.RequestKey;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests with an idempotency key, sent again and at the same time. A store's own test extends this class.
@Timeout(120)
public abstract class RepeatedRequestsContract {

  private static final Map<String, Object> SCHEMA_OF_CARDS =
      Map.of("Card", Map.of("Number", "string"));

  private Corridor corridor = new Corridor(new NoStore(), new ScriptedRuleCompiler());

  /// {@return a store without tenants}
  protected abstract TenantStore open();

  /// {@return a compiler to which `true` and `User.Adult` are expressions}
  protected abstract RuleCompiler compiler();

  @BeforeEach
  final void openCorridor() {
    corridor = new Corridor(open(), compiler());
  }

  @Test
  void theSameRequestIsAnsweredAsBeforeAndDoesNothing() {
    TenantId tenant = corridor.tenantWithSchema();
    var request = keyed(tenant, "key", "print");
    ChangeResult<Rule> first = corridor.addRule.add(request, draft("r", "true"));
    corridor.rule(tenant, "later", "true");

    ChangeResult<Rule> again = corridor.addRule.add(request, draft("r", "true"));

    assertThat(first)
        .isInstanceOfSatisfying(
            ChangeResult.Accepted.class, a -> assertThat(a.replayed()).isFalse());
    assertThat(again)
        .isInstanceOfSatisfying(
            ChangeResult.Accepted.class,
            a -> {
              assertThat(a.replayed()).isTrue();
              assertThat(a.revision()).isEqualTo(3);
              assertThat(a.value()).isEqualTo(accepted(first));
            });
    assertThat(corridor.state(tenant).rules()).extracting(Rule::name).containsExactly("r", "later");
  }

  @Test
  void anotherRequestWithTheSameKeyIsRefused() {
    TenantId tenant = corridor.tenantWithSchema();
    accepted(corridor.addRule.add(keyed(tenant, "key", "print"), draft("r", "true")));

    assertThat(corridor.addRule.add(keyed(tenant, "key", "other"), draft("s", "true")))
        .isInstanceOf(ChangeResult.KeyReused.class);
    assertThat(corridor.state(tenant).rules()).hasSize(1);
  }

  @Test
  void aRequestThatChangesNothingIsRememberedToo() {
    TenantId tenant = corridor.tenantWithSchema();
    ChangeResult<?> first =
        corridor.activateSchema.activate(keyed(tenant, "key", "print"), 1, false);
    accepted(
        corridor.defineSchema.define(request(tenant), SCHEMA_OF_CARDS, Precondition.ANY, false));

    ChangeResult<?> again =
        corridor.activateSchema.activate(keyed(tenant, "key", "print"), 1, false);

    assertThat(accepted(again)).isEqualTo(accepted(first));
    assertThat(again)
        .isInstanceOfSatisfying(
            ChangeResult.Accepted.class, a -> assertThat(a.replayed()).isTrue());
    assertThat(corridor.state(tenant).activeSchema().orElseThrow().version()).isEqualTo(2);
    assertThat(
            corridor.store.journal(tenant, true, new PageRequest<>(10, Optional.empty())).items())
        .hasSize(2);
  }

  @Test
  void theKeyOfARefusedRequestMayBeUsedAgain() {
    TenantId tenant = corridor.tenantWithSchema();
    rejected(corridor.addRule.add(keyed(tenant, "key", "print"), draft("r", "User.Nope")));

    accepted(corridor.addRule.add(keyed(tenant, "key", "print"), draft("r", "User.Adult")));

    assertThat(corridor.outcomes(tenant)).containsExactly("r+");
  }

  @Test
  void theSameRequestAtTheSameTimeAddsOneRule() {
    for (int round = 0; round < 10; round++) {
      TenantId tenant = corridor.tenantWithSchema();
      var request = keyed(tenant, "key", "print");

      List<ChangeResult<Rule>> results =
          AtOnce.run(8, i -> corridor.addRule.add(request, draft("r", "true")));

      assertThat(results).allMatch(r -> r instanceof ChangeResult.Accepted<Rule>);
      assertThat(results.stream().map(Corridor::accepted).distinct()).hasSize(1);
      assertThat(corridor.state(tenant).rules()).hasSize(1);
    }
  }

  @Test
  void theSameRequestToTwoNodesAddsOneRule() {
    var otherNode = new Corridor(corridor.store, compiler());
    for (int round = 0; round < 10; round++) {
      TenantId tenant = corridor.tenantWithSchema();
      var request = keyed(tenant, "key", "print");

      List<ChangeResult<Rule>> results =
          AtOnce.run(
              8, i -> (i % 2 == 0 ? corridor : otherNode).addRule.add(request, draft("r", "true")));

      assertThat(results).allMatch(r -> r instanceof ChangeResult.Accepted<Rule>);
      assertThat(corridor.state(tenant).rules()).hasSize(1);
    }
  }

  @Test
  void whatWasMadeOnAnotherNodeIsInForceHereOnceItIsAcknowledgedHere() {
    var otherNode = new Corridor(corridor.store, compiler());
    TenantId tenant = corridor.tenantWithSchema();
    assertThat(corridor.outcomes(tenant)).isEmpty();
    var request = keyed(tenant, "key", "print");
    accepted(otherNode.addRule.add(request, draft("r", "true")));

    accepted(corridor.addRule.add(request, draft("r", "true")));

    assertThat(corridor.outcomes(tenant)).containsExactly("r+");
  }

  @Test
  void theSameCreationCreatesOneTenant() {
    var key = Optional.of(new RequestKey("key", "print"));

    List<ChangeResult<Tenant>> results = AtOnce.run(8, i -> create("acme", key, "tester"));

    Tenant tenant = accepted(results.getFirst());
    assertThat(results).allSatisfy(r -> assertThat(accepted(r)).isEqualTo(tenant));
    assertThat(create("acme", key, "tester"))
        .isInstanceOfSatisfying(
            ChangeResult.Accepted.class, a -> assertThat(a.replayed()).isTrue());
    assertThat(create("other", Optional.of(new RequestKey("key", "other")), "tester"))
        .isInstanceOf(ChangeResult.KeyReused.class);
    assertThat(accepted(create("acme", key, "another actor")).id()).isNotEqualTo(tenant.id());
  }

  private ChangeResult<Tenant> create(String name, Optional<RequestKey> key, String actor) {
    return corridor.createTenant.create(
        name, Optional.empty(), false, key, actor, Optional.empty());
  }

  @Test
  void aDeletionSentAgainFindsNoTenant() {
    TenantId tenant = corridor.tenantWithSchema();
    var request = keyed(tenant, "key", "print");
    accepted(corridor.deleteTenant.delete(request));

    assertThat(corridor.deleteTenant.delete(request))
        .isInstanceOf(ChangeResult.TenantNotFound.class);
    assertThat(corridor.renameTenant.rename(request(tenant), "x"))
        .isInstanceOf(ChangeResult.TenantNotFound.class);
  }
}
