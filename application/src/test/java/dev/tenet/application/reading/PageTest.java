package dev.tenet.application.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PageTest {

  private static Page<String, Integer> page(List<String> list, int size, Integer... after) {
    var request = new PageRequest<>(size, List.of(after).stream().findFirst());
    return Page.newestFirst(list, request, String::length);
  }

  private static Page<String, Integer> part(Optional<Integer> end, String... items) {
    return new Page<>(List.of(items), end);
  }

  @Test
  void cutsAListIntoPages() {
    List<String> list = List.of("a", "bb", "ccc", "dddd", "eeeee");

    assertThat(page(list, 2)).isEqualTo(part(Optional.of(4), "eeeee", "dddd"));
    assertThat(page(list, 2, 4)).isEqualTo(part(Optional.of(2), "ccc", "bb"));
    assertThat(page(list, 2, 2)).isEqualTo(part(Optional.empty(), "a"));
    assertThat(page(list, 5)).isEqualTo(part(Optional.empty(), "eeeee", "dddd", "ccc", "bb", "a"));
    assertThat(page(list, 1000).items()).hasSize(5);
    assertThat(page(list, 2, 1)).isEqualTo(part(Optional.empty()));
    assertThat(page(List.of(), 2)).isEqualTo(part(Optional.empty()));
  }

  @Test
  void itemsAddedOrRemovedMeanwhileNeitherRepeatNorHideOthers() {
    List<String> list = new ArrayList<>(List.of("a", "bb", "ccc", "dddd"));
    Page<String, Integer> first = page(list, 2);
    list.add("eeeee");
    list.remove("ccc");

    assertThat(page(list, 2, first.end().orElseThrow()).items()).containsExactly("bb", "a");
  }

  @Test
  void hasOneTo1000Items() {
    assertThat(new PageRequest<>(1, Optional.empty()).size()).isEqualTo(1);
    assertThat(new PageRequest<>(1000, Optional.empty()).size()).isEqualTo(1000);
    for (int size : new int[] {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> new PageRequest<>(size, Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void mapsItsItems() {
    assertThat(part(Optional.of(2), "a", "bb").map(String::length))
        .isEqualTo(new Page<>(List.of(1, 2), Optional.of(2)));
  }

  @Test
  void agesAreOrderedByMomentAndThenByIdAsText() {
    Instant now = Instant.parse("2026-02-02T00:00:00Z");
    List<Age> ages = new ArrayList<>();
    for (UUID id : List.of(new UUID(-1, 0), new UUID(1, -1), new UUID(1, 1), new UUID(0, 9))) {
      ages.add(new Age(now, id));
    }
    ages.add(new Age(now.minusNanos(1000), new UUID(-1, -1)));

    var request = new PageRequest<Age>(9, Optional.empty());
    assertThat(Page.newestFirst(ages.reversed(), request, age -> age))
        .isEqualTo(new Page<>(ages, Optional.empty()));
  }
}
