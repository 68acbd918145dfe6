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
  void aLineSaysWhereWhatAndWhatWasMeant() {
    assertThat(Diagnostic.error("e", new Location.Span("then.x", 7, 1, 2, 3), "No a.", "b").line())
        .isEqualTo("then.x, line 2, column 3: No a. Did you mean \"b\"?");
    assertThat(Diagnostic.error("e", PLACE, "No a; did you mean b?", "b").line())
        .isEqualTo("name: No a; did you mean b?");
    assertThat(Diagnostic.error("e", Location.root().child("User"), "No.").line())
        .isEqualTo("/User: No.");
    assertThat(Diagnostic.error("e", Location.root(), "No.").line())
        .isEqualTo("the whole document: No.");
  }

  @Test
  void pointersAreRfc6901() {
    assertThat(Location.root().child("a/b").child("m~n").child(0).child("").child("é").value())
        .isEqualTo("/a~1b/m~0n/0//é");
    assertThat(Location.root().child("~1").value()).isEqualTo("/~01");
  }
}
