package dev.tenet.application.store;

import static dev.tenet.application.store.Journals.entry;
import static dev.tenet.application.store.Journals.first;
import static dev.tenet.application.store.Journals.rule;
import static dev.tenet.application.store.Journals.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.change.AtOnce;
import dev.tenet.application.store.TenantStore.AppendResult;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every store promises when many use it at once. A store's own test extends this class.
@Timeout(120)
public abstract class ConcurrentStoreContract {

  private static final int THREADS = 8;
  private static final int ROUNDS = 20;
  private static final AppendResult APPENDED = new AppendResult.Appended();
  private static final AppendResult CONFLICT = new AppendResult.Conflict();

  private TenantStore store = new NoStore();
  private Journals journals = new Journals(store);

  /// {@return a store without tenants}
  protected abstract TenantStore open();

  @BeforeEach
  final void openStore() {
    store = open();
    journals = new Journals(store);
  }

  @Test
  void oneOfManyAppendsWinsEachRevision() {
    TenantId tenant = journals.created(1, "acme");
    for (int round = 0; round < ROUNDS; round++) {
      TenantState before = journals.state(tenant);
      int first = round * THREADS;

      List<AppendResult> results =
          AtOnce.run(
              THREADS,
              i -> {
                Rule rule = rule(first + i, "rule " + (first + i));
                var entry = entry(before.revision() + 1, new Change.RuleAdded(rule));
                return journals.append(tenant, before, entry);
              });

      assertThat(results).containsOnlyOnce(APPENDED);
      assertThat(results).filteredOn(CONFLICT::equals).hasSize(THREADS - 1);
      assertThat(journals.state(tenant).revision()).isEqualTo(before.revision() + 1);
      assertThat(journals.state(tenant).rules()).hasSize(round + 1);
    }
    assertThat(store.journal(tenant, false, first(100)).items())
        .extracting(JournalEntry::revision)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(0, ROUNDS).map(i -> ROUNDS + 1 - i).boxed().toList());
  }

  @Test
  void oneOfManyCreationsOfAnIdWins() {
    for (int round = 1; round <= ROUNDS; round++) {
      int number = round;

      List<AppendResult> results =
          AtOnce.run(THREADS, i -> journals.create(tenant(number, "by " + i)));

      assertThat(results).containsOnlyOnce(APPENDED);
      int winner = results.indexOf(APPENDED);
      assertThat(journals.state(tenant(number, "").id()).tenant().name()).isEqualTo("by " + winner);
    }
    assertThat(store.tenants(TenantFilter.ALL, first(1000)).items()).hasSize(ROUNDS);
  }

  @Test
  void nothingIsLeftOfATenantDeletedWhileOthersAppend() {
    for (int round = 1; round <= ROUNDS; round++) {
      TenantId tenant = journals.created(round, "acme");
      TenantState before = journals.state(tenant);

      List<AppendResult> results =
          AtOnce.run(
              THREADS,
              i -> {
                Change change =
                    i == 0 ? new Change.TenantDeleted() : new Change.RuleAdded(rule(i, "r" + i));
                return journals.append(tenant, before, entry(2, change));
              });

      assertThat(results).containsOnlyOnce(APPENDED);
      boolean deleted = results.getFirst().equals(APPENDED);
      assertThat(store.load(tenant).isEmpty()).isEqualTo(deleted);
      assertThat(store.journal(tenant, false, first(10)).items()).hasSize(deleted ? 0 : 2);
    }
  }

  @Test
  void aReaderSeesEntriesWholeAndNeverGoesBack() {
    TenantId tenant = journals.created(1, "acme");

    AtOnce.run(
        4,
        i -> {
          if (i == 0) {
            for (int n = 0; n < 100; n++) {
              journals.append(
                  tenant,
                  new Change.RuleAdded(rule(2 * n, "r" + 2 * n)),
                  new Change.RuleAdded(rule(2 * n + 1, "r" + (2 * n + 1))));
            }
          } else {
            long seen = 0;
            for (int n = 0; n < 200; n++) {
              TenantState state = journals.state(tenant);
              assertThat(state.rules()).hasSize((int) (2 * (state.revision() - 1)));
              assertThat(state.revision()).isGreaterThanOrEqualTo(seen);
              seen = state.revision();
            }
          }
          return i;
        });
  }

  @Test
  void tenantsDoNotDisturbEachOther() {
    List<TenantId> tenants =
        LongStream.rangeClosed(1, THREADS)
            .mapToObj(i -> journals.created((int) i, "acme"))
            .toList();

    AtOnce.run(
        THREADS,
        i -> {
          for (int n = 0; n < 25; n++) {
            assertThat(
                    journals.append(
                        tenants.get(i), new Change.RuleAdded(rule(n, "rule " + n + " of " + i))))
                .isEqualTo(APPENDED);
          }
          return i;
        });

    for (int i = 0; i < THREADS; i++) {
      String of = " of " + i;
      assertThat(journals.state(tenants.get(i)).rules())
          .hasSize(25)
          .allMatch(rule -> rule.name().endsWith(of));
    }
  }
}
