package dev.tenet.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.recording.DecisionLogContract;
import dev.tenet.application.recording.Entries;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.decision.FoundEntry;
import dev.tenet.spi.StoreProvider;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The log over several databases: ours are in one, theirs in another.
final class PlacedDecisionLogTest extends DecisionLogContract {

  private static final TestDatabases DATABASES = new TestDatabases("decisions");

  private static StoreProvider.@Nullable OpenStore store;

  @BeforeAll
  static void openStore() {
    store = DATABASES.open();
  }

  @AfterAll
  static void closeStore() {
    requireNonNull(store).close();
  }

  @Override
  protected DecisionLog open() {
    DATABASES.empty();
    for (String name : List.of("main", "eu", "us")) {
      DATABASES.execute(name, "TRUNCATE decisions");
    }
    var placement = requireNonNull(store).placement().orElseThrow();
    placement.choose(OURS, "eu");
    placement.choose(THEIRS, "us");
    return log();
  }

  private static DecisionLog log() {
    return requireNonNull(store).decisions().orElseThrow();
  }

  private static List<FoundEntry> found() {
    return log()
        .search(OURS, DecisionLog.Filter.ALL, new PageRequest<>(100, Optional.empty()))
        .items();
  }

  @Test
  void whatWasKeptBeforeAMoveIsFoundAfterwards() {
    try (Databases databases = DATABASES.databases()) {
      var placements = new PlacementTable(databases.main().transactions());
      log().write("eu", List.of(Entries.decision(OURS, 1)));
      placements.replace(OURS, "eu", "us");
      log().write("us", List.of(Entries.decision(OURS, 2)));
      placements.replace(OURS, "us", "main");
      placements.replace(OURS, "main", "us");
      log().write("us", List.of(Entries.decision(OURS, 3)));

      assertThat(placements.everywhere(OURS)).containsExactly("us", "eu", "main");
      assertThat(found())
          .containsExactly(
              Entries.decision(OURS, 3).summary(),
              Entries.decision(OURS, 2).summary(),
              Entries.decision(OURS, 1).summary());
      assertThat(log().find(OURS, Entries.id(1))).isPresent();
      assertThat(log().find(OURS, Entries.id(3))).isPresent();
    }
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNotInTheWayOfOtherTenants() {
    log().write("eu", List.of(Entries.decision(OURS, 1)));
    DATABASES.stop("us");
    try {
      log().write("eu", List.of(Entries.decision(OURS, 2)));

      assertThat(found()).hasSize(2);
      assertThatThrownBy(() -> log().find(THEIRS, Entries.id(1)))
          .isInstanceOf(StoreUnavailable.class);
      assertThatThrownBy(() -> log().tenants()).isInstanceOf(StoreUnavailable.class);
    } finally {
      DATABASES.start("us");
    }
  }
}
