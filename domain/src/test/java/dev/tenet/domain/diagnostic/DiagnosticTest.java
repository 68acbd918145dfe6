package dev.tenet.domain.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DiagnosticTest {

  private static final Location PLACE = Location.field("name");

  @Test
  void onlyErrorsRefuse() {
    Diagnostic warning = Diagnostic.warning("w", PLACE, "w");
    Diagnostic error = Diagnostic.error("e", PLACE, "e");

    assertThat(Diagnostic.anyError(List.of())).isFalse();
    assertThat(Diagnostic.anyError(List.of(warning))).isFalse();
    assertThat(Diagnostic.anyError(List.of(warning, error))).isTrue();
  }

  @Test
  void movesToAnotherPlace() {
    Diagnostic diagnostic = Diagnostic.error("e", PLACE, "m", "s");

    assertThat(diagnostic.at(Location.root()))
        .isEqualTo(Diagnostic.error("e", new Location.Pointer(""), "m", "s"));
  }

  @Test
  void pointersAreRfc6901() {
    assertThat(Location.root().child("a/b").child("m~n").child(0).child("").child("é").value())
        .isEqualTo("/a~1b/m~0n/0//é");
    assertThat(Location.root().child("~1").value()).isEqualTo("/~01");
  }
}
