package dev.tenet.application.audit;

import static dev.tenet.application.change.Corridor.accepted;
import static dev.tenet.application.change.Corridor.draft;
import static dev.tenet.application.change.Corridor.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.change.AtOnce;
import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.Corridor;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.audit.AuditChain.Verification;
import dev.tenet.domain.audit.AuditDetail;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.change.JournalEntry.RequestKey;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RulePatch;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every audit log promises, and the store that writes to it. A store's own test extends this class.
@Timeout(120)
public abstract class AuditLogContract {

  private static final Instant AT = Instant.parse("2026-01-31T08:30:00Z");
  private static final TenantId NOBODY = new TenantId(new UUID(9, 9));

  /// A store and its log, as one server has them.
  public record Node(TenantStore store, AuditLog log) {}

  private List<Node> nodes = List.of();

  /// {@return two servers over the same place, which is empty}
  protected abstract List<Node> open();

  @BeforeEach
  final void openNodes() {
    nodes = open();
  }

  private AuditLog log() {
    return nodes.getFirst().log();
  }

  private Corridor corridor(int node) {
    return new Corridor(nodes.get(node).store(), new ScriptedRuleCompiler());
  }

  private static AuditEvent event(int number) {
    return AuditEvent.of(
        AT.plusSeconds(number),
        "actor " + number % 3,
        number % 2 == 0 ? "definitions:write" : "keys:write",
        "platform",
        number % 5 == 0 ? Outcome.ACCEPTED : Outcome.DENIED,
        "request " + number,
        AuditDetail.of(Map.of("number", number)));
  }

  private List<AuditRecord> records(TenantId tenant) {
    return records(tenant, AuditFilter.ALL, PageRequest.LARGEST);
  }

  /// {@return all records that the filter accepts, newest first}
  private List<AuditRecord> records(TenantId tenant, AuditFilter filter, int pageSize) {
    List<AuditRecord> records = new ArrayList<>();
    Optional<Long> end = Optional.empty();
    do {
      Page<AuditRecord, Long> page = log().list(tenant, filter, new PageRequest<>(pageSize, end));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(pageSize);
      records.addAll(page.items());
      end = page.end();
    } while (end.isPresent());
    return records;
  }

  private void assertProved(TenantId tenant, long length) {
    List<AuditRecord> records = records(tenant);
    assertThat(records)
        .extracting(AuditRecord::sequence)
        .containsExactlyElementsOf(LongStream.range(0, length).mapToObj(i -> length - i).toList());
    assertThat(log().verify(tenant))
        .isInstanceOfSatisfying(
            Verification.Proved.class,
            proved -> {
              assertThat(proved.head().sequence()).isEqualTo(length);
              assertThat(proved.head().hash())
                  .isEqualTo(length == 0 ? Sha256.ZERO : records.getFirst().hash());
            });
  }

  private static ChangeRequest named(TenantId tenant, String actor, String requestId) {
    return new ChangeRequest(
        tenant, OptionalLong.empty(), false, Optional.empty(), actor, Optional.of(requestId));
  }

  @Test
  void eachChangeIsRecordedWithWhatWasBeforeAndIsAfter() {
    Corridor corridor = corridor(0);
    TenantId tenant =
        accepted(
                corridor.createTenant.create(
                    "acme",
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    "alice",
                    Optional.of("request 1")))
            .id();
    accepted(corridor.define(tenant, Corridor.SCHEMA));
    Rule rule =
        accepted(corridor.addRule.add(named(tenant, "bob", "request 3"), draft("r", "true")));
    accepted(
        corridor.reviseRule.revise(
            request(tenant),
            rule.id(),
            new RulePatch(
                Optional.empty(),
                Optional.of("why"),
                Optional.of(new Expression("User.Adult")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
    accepted(corridor.define(tenant, Corridor.WITHOUT_ADULT));
    accepted(corridor.removeRule.remove(request(tenant), rule.id()));
    accepted(corridor.renameTenant.rename(request(tenant), "acme inc"));
    accepted(corridor.deleteTenant.delete(named(tenant, "carol", "request 8")));

    List<AuditRecord> records = records(tenant).reversed();
    assertThat(records)
        .extracting(record -> record.event().action())
        .containsExactly(
            "tenant_created",
            "schema_defined",
            "rule_added",
            "rule_revised",
            "schema_defined",
            "rule_removed",
            "tenant_renamed",
            "tenant_deleted");
    assertThat(records).extracting(AuditRecord::tenant).containsOnly(tenant);
    assertThat(records)
        .extracting(record -> record.event().outcome())
        .containsOnly(Outcome.ACCEPTED);
    AuditEvent created = records.getFirst().event();
    assertThat(created.actor()).isEqualTo("alice");
    assertThat(created.requestId()).isEqualTo("request 1");
    assertThat(created.resource()).isEqualTo("tenant/" + tenant);
    assertThat(created.detail().members())
        .isEqualTo(Map.of("revision", 1L, "after", Map.of("name", "acme")));

    AuditEvent added = records.get(2).event();
    assertThat(added.actor()).isEqualTo("bob");
    assertThat(added.requestId()).isEqualTo("request 3");
    assertThat(added.resource()).isEqualTo("rule/" + rule.id());
    AuditEvent revised = records.get(3).event();
    assertThat(revised.actor()).isEqualTo("tester");
    assertThat(revised.requestId()).isNull();
    assertThat(revised.detail().members().get("before"))
        .isEqualTo(added.detail().members().get("after"))
        .isEqualTo(definition("", "true"));
    assertThat(revised.detail().members().get("after")).isEqualTo(definition("why", "User.Adult"));

    Map<String, Object> broke = records.get(4).event().detail().members();
    assertThat(records.get(4).event().resource()).isEqualTo("schema/2");
    assertThat(broke.get("consequences")).isEqualTo(Map.of("rule_broken", 1L));
    assertThat(broke.get("before"))
        .isEqualTo(records.get(1).event().detail().members().get("after"));
    assertThat(records.get(5).event().detail().members()).containsOnlyKeys("revision", "before");
    assertThat(records.get(7).event().detail().members().get("before"))
        .isEqualTo(
            Map.of("name", "acme inc", "schemaVersion", 2L, "derivedFields", 0L, "rules", 0L));
    assertProved(tenant, 8);
  }

  private static Map<String, Object> definition(String description, String expression) {
    return Map.of(
        "name",
        "r",
        "description",
        description,
        "expression",
        expression,
        "then",
        Map.of(),
        "tags",
        List.of(),
        "enabled",
        true);
  }

  @Test
  void whatChangesNothingIsNotRecorded() {
    Corridor corridor = corridor(0);
    TenantId tenant = corridor.tenantWithSchema();
    var keyed =
        new ChangeRequest(
            tenant,
            OptionalLong.empty(),
            false,
            Optional.of(new RequestKey("key", "print")),
            "tester");
    accepted(corridor.addRule.add(keyed, draft("r", "true")));
    assertProved(tenant, 3);

    accepted(corridor.addRule.add(keyed, draft("r", "true")));
    accepted(corridor.addRule.add(Corridor.dryRun(tenant), draft("s", "true")));
    Corridor.rejected(corridor.addRule.add(request(tenant), draft("r", "true")));
    assertThat(corridor.addRule.add(Corridor.ifRevision(tenant, 1), draft("s", "true")))
        .isInstanceOf(ChangeResult.Stale.class);

    assertProved(tenant, 3);
  }

  @Test
  void whatWasRecordedOfADeletedTenantStaysAndGoesOnWhenItComesBack() {
    Corridor corridor = corridor(0);
    var key = Optional.of(new RequestKey("key", "print"));
    TenantId tenant =
        accepted(
                corridor.createTenant.create(
                    "acme", Optional.empty(), false, key, "tester", Optional.empty()))
            .id();
    accepted(corridor.deleteTenant.delete(request(tenant)));
    assertProved(tenant, 2);
    assertThat(corridor.store.load(tenant)).isEmpty();

    corridor.createTenant.create("acme", Optional.empty(), false, key, "tester", Optional.empty());

    assertThat(corridor.store.load(tenant)).isPresent();
    assertProved(tenant, 3);
    var list = new ListAudit(log(), corridor.store);
    assertThat(list.list(tenant, AuditFilter.ALL, new PageRequest<>(10, Optional.empty())))
        .isInstanceOfSatisfying(
            ListAudit.Result.Listed.class, listed -> assertThat(listed.page().items()).hasSize(3));
  }

  @Test
  void aTenantThatNeverWasIsNotFound() {
    TenantId tenant = corridor(0).tenant();
    var list = new ListAudit(log(), nodes.getFirst().store());
    var page = new PageRequest<Long>(10, Optional.empty());
    var nothing =
        new AuditFilter(
            Optional.of("nobody"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(list.list(NOBODY, AuditFilter.ALL, page))
        .isEqualTo(new ListAudit.Result.TenantNotFound());
    assertThat(log().started(NOBODY)).isFalse();
    for (TenantId known : List.of(tenant, TenantId.PLATFORM)) {
      assertThat(list.list(known, nothing, page)).isInstanceOf(ListAudit.Result.Listed.class);
    }
    assertProved(NOBODY, 0);
  }

  @Test
  void chainsOfTenantsAreApart() {
    Corridor corridor = corridor(0);
    TenantId ours = corridor.tenantWithSchema();
    TenantId theirs = corridor.tenantWithSchema();
    log().append(theirs, List.of(event(1), event(2)));
    log().append(TenantId.PLATFORM, List.of(event(3)));

    assertProved(ours, 2);
    assertProved(theirs, 4);
    assertProved(TenantId.PLATFORM, 1);
    assertThat(records(ours)).extracting(AuditRecord::tenant).containsOnly(ours);
    Optional<Long> end =
        log().list(theirs, AuditFilter.ALL, new PageRequest<>(1, Optional.empty())).end();
    assertThat(log().list(ours, AuditFilter.ALL, new PageRequest<>(10, end)).items())
        .extracting(AuditRecord::tenant)
        .containsOnly(ours);
    assertThat(records(ours).getFirst().hash()).isNotEqualTo(records(theirs).getFirst().hash());
  }

  @Test
  void listsWhatTheFilterAcceptsPageByPage() {
    log().append(TenantId.PLATFORM, IntStream.range(0, 30).mapToObj(i -> event(i)).toList());
    var filter =
        new AuditFilter(
            Optional.of("actor 1"),
            Optional.of("definitions:write"),
            Optional.of(Outcome.DENIED),
            Optional.of(AT.plusSeconds(4)),
            Optional.of(AT.plusSeconds(28)));

    for (AuditFilter one :
        List.of(
            AuditFilter.ALL,
            filter,
            new AuditFilter(
                filter.actor(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new AuditFilter(
                Optional.empty(),
                filter.action(),
                Optional.empty(),
                Optional.empty(),
                filter.until()),
            new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                filter.outcome(),
                filter.since(),
                Optional.empty()))) {
      List<String> expected =
          IntStream.range(0, 30)
              .mapToObj(i -> event(29 - i))
              .filter(one::accepts)
              .map(AuditEvent::requestId)
              .toList();
      assertThat(expected).isNotEmpty();
      assertThat(records(TenantId.PLATFORM, one, 3))
          .extracting(record -> record.event().requestId())
          .isEqualTo(expected);
    }
    assertThat(records(TenantId.PLATFORM, filter, 1))
        .extracting(record -> record.event().requestId())
        .containsExactly("request 22", "request 16", "request 4");
  }

  @Test
  void keepsEveryTextAndEveryDetail() {
    String text = "\"\\\u0000\u0001\n\u2028\u241b\u241bü型🦄\ud800";
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("z", List.of(text, true, -1L, Map.of(), List.of()));
    detail.put(text, Map.of("a", text));
    var event =
        AuditEvent.of(
            Instant.parse("2026-01-31T08:30:00.123456789Z"),
            text,
            text,
            text,
            Outcome.DENIED,
            text,
            AuditDetail.of(detail));
    log().append(TenantId.PLATFORM, List.of(event));

    assertThat(records(TenantId.PLATFORM))
        .singleElement()
        .satisfies(record -> assertThat(record.event()).isEqualTo(event));
    assertProved(TenantId.PLATFORM, 1);
    var filter =
        new AuditFilter(
            Optional.of(text),
            Optional.of(text),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(records(TenantId.PLATFORM, filter, 10)).hasSize(1);
  }

  @Test
  void manyWritersOfTwoNodesMakeOneChain() {
    TenantId tenant = corridor(0).tenantWithSchema();
    List<Corridor> corridors = List.of(corridor(0), corridor(1));

    AtOnce.run(
        8,
        i -> {
          for (int n = 0; n < 20; n++) {
            if (i % 4 < 2) {
              int number = 100 * i + n;
              nodes.get(i % 2).log().append(tenant, List.of(event(number), event(number)));
            } else {
              add(corridors.get(i % 2), tenant, "rule " + n + " of " + i);
            }
          }
          return i;
        });

    assertProved(tenant, 2 + 4 * 20 * 2 + 4 * 20);
    List<AuditRecord> records = records(tenant).reversed();
    assertThat(
            records.stream()
                .filter(record -> record.event().action().equals("rule_added"))
                .map(record -> record.event().detail().members().get("revision")))
        .isEqualTo(LongStream.range(3, 3 + 80).boxed().toList());
    for (int i = 0; i < records.size(); i++) {
      AuditEvent event = records.get(i).event();
      if (event.action().endsWith(":write")) {
        assertThat(records.get(++i).event()).isEqualTo(event);
      }
    }
  }

  /// A node that has to load the newer state may come second again and again.
  private static void add(Corridor corridor, TenantId tenant, String name) {
    ChangeResult<Rule> result;
    do {
      result = corridor.addRule.add(request(tenant), draft(name, "true"));
    } while (result instanceof ChangeResult.Contended<Rule>);
    accepted(result);
  }

  @Test
  void aLongChainIsProved() {
    for (int i = 0; i < 10; i++) {
      int first = 1000 * i;
      log()
          .append(
              TenantId.PLATFORM,
              IntStream.range(first, first + 1000).mapToObj(n -> event(n)).toList());
    }
    assertProved(TenantId.PLATFORM, 10_000);
  }
}
