package dev.tenet.application.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PageTest {

  private static Page<String> page(List<String> list, int size, String... token) {
    var request = new PageRequest(size, List.of(token).stream().findFirst());
    return Page.of(list, request, item -> "key of " + item);
  }

  private static Page<String> part(Optional<String> next, String... items) {
    return new Page<>(List.of(items), next);
  }

  @Test
  void cutsAListIntoPages() {
    List<String> list = List.of("a", "b", "c", "d", "e");

    assertThat(page(list, 2)).isEqualTo(part(Optional.of("key of b"), "a", "b"));
    assertThat(page(list, 2, "key of b")).isEqualTo(part(Optional.of("key of d"), "c", "d"));
    assertThat(page(list, 2, "key of d")).isEqualTo(part(Optional.empty(), "e"));
    assertThat(page(list, 5)).isEqualTo(part(Optional.empty(), "a", "b", "c", "d", "e"));
    assertThat(page(list, 1000)).isEqualTo(part(Optional.empty(), "a", "b", "c", "d", "e"));
    assertThat(page(list, 2, "key of e")).isEqualTo(part(Optional.empty()));
    assertThat(page(List.of(), 2)).isEqualTo(part(Optional.empty()));
  }

  @Test
  void aTokenOfNothingEndsTheList() {
    for (String token : List.of("", "b", "key of x", "\uD800", "x".repeat(10_000))) {
      assertThat(page(List.of("a", "b"), 1, token)).isEqualTo(part(Optional.empty()));
    }
  }

  @Test
  void itemsAddedInFrontOrRemovedMeanwhileNeitherRepeatNorHideOthers() {
    List<String> list = new ArrayList<>(List.of("a", "b", "c", "d"));
    Page<String> first = page(list, 2);
    list.addFirst("new");
    list.remove("a");
    list.remove("c");

    assertThat(page(list, 2, first.nextToken().orElseThrow()).items()).containsExactly("d");
  }

  @Test
  void hasOneTo1000Items() {
    assertThat(new PageRequest(1, Optional.empty()).size()).isEqualTo(1);
    assertThat(new PageRequest(1000, Optional.empty()).size()).isEqualTo(1000);
    for (int size : new int[] {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> new PageRequest(size, Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void mapsItsItems() {
    assertThat(part(Optional.of("t"), "a", "bb").map(String::length))
        .isEqualTo(new Page<>(List.of(1, 2), Optional.of("t")));
  }
}
