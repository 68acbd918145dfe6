package dev.tenet.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.store.RevisionFeed;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a follower of several databases is told.
final class PlacedRevisionFeedTest {

  private static final TenantId ACME = new TenantId(new UUID(1, 1));
  private static final TenantId OTHER = new TenantId(new UUID(2, 2));

  private final List<String> told = new ArrayList<>();
  private final Map<String, RevisionFeed.Follower> feeds = new HashMap<>();
  private final Map<String, Duration> ages = new HashMap<>();
  private final List<String> closed = new ArrayList<>();
  private PlacedRevisionFeed.All all = all();

  private PlacedRevisionFeed.All all() {
    return new PlacedRevisionFeed.All(
        List.of("main", "eu", "us"),
        new RevisionFeed.Follower() {
          @Override
          public void announced(TenantId tenant, long revision) {
            told.add("announced " + tenant + " " + revision);
          }

          @Override
          public void looked(Map<TenantId, Long> revisions, long began) {
            told.add("looked " + revisions.values());
          }

          @Override
          public void gone(TenantId tenant) {
            told.add("gone " + tenant);
          }
        });
  }

  @BeforeEach
  void follow() {
    add("main");
    add("eu");
  }

  private void add(String name) {
    all.add(
        name,
        follower -> {
          feeds.put(name, follower);
          return new RevisionFeed.Following() {
            @Override
            public Optional<Duration> age() {
              return Optional.ofNullable(ages.get(name));
            }

            @Override
            public void close() {
              closed.add(name);
            }
          };
        });
  }

  private RevisionFeed.Follower feed(String name) {
    return requireNonNull(feeds.get(name));
  }

  private void look(String name, Map<TenantId, Long> revisions) {
    feed(name).looked(revisions, System.nanoTime());
  }

  @Test
  void announcementsAndLooksArePassedOn() {
    feed("eu").announced(ACME, 7);
    look("main", Map.of(ACME, 3L));

    assertThat(told).containsExactly("announced " + ACME + " 7", "looked [3]");
  }

  @Test
  void aTenantIsGoneWhenNoDatabaseHasIt() {
    add("us");
    long before = System.nanoTime();
    feed("main").gone(ACME);
    feed("eu").looked(Map.of(), before);
    look("us", Map.of());
    look("main", Map.of());
    assertThat(told).doesNotContain("gone " + ACME);

    look("eu", Map.of(OTHER, 1L));
    look("eu", Map.of(OTHER, 1L));
    assertThat(told).containsOnlyOnce("gone " + ACME);
  }

  @Test
  void aTenantThatWasMovedIsNotGone() {
    add("us");
    feed("main").gone(ACME);
    look("eu", Map.of(ACME, 3L));
    look("us", Map.of());
    look("eu", Map.of(ACME, 3L));

    assertThat(told).doesNotContain("gone " + ACME);
  }

  @Test
  void aDatabaseThatDoesNotAnswerMayHaveIt() {
    feed("main").gone(ACME);
    look("eu", Map.of());
    assertThat(told).doesNotContain("gone " + ACME);

    add("us");
    look("us", Map.of());
    assertThat(told).contains("gone " + ACME);
  }

  @Test
  void theAgeIsThatOfTheOldest() {
    ages.put("main", Duration.ofMillis(10));
    ages.put("eu", Duration.ofSeconds(10));
    assertThat(all.age()).isEmpty();
    add("us");
    assertThat(all.age()).isEmpty();
    ages.put("us", Duration.ofMillis(20));
    assertThat(all.age()).contains(Duration.ofSeconds(10));
    assertThat(all.ageOfMain()).contains(Duration.ofMillis(10));
  }

  @Test
  void closingClosesAllAndThoseThatComeLaterAreNotFollowed() {
    all.close();
    add("us");

    assertThat(closed).containsExactlyInAnyOrder("main", "eu");
    assertThat(feeds).doesNotContainKey("us");
  }
}
