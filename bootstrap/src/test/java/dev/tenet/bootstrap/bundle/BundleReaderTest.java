package dev.tenet.bootstrap.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.bundle.BundleReader.Reading;
import dev.tenet.bootstrap.yaml.YamlFault.Place;
import dev.tenet.domain.expression.Expression;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleReaderTest {

  private static Bundle valid(String text) {
    Reading reading = BundleReader.read(text);
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid) reading).bundle();
  }

  private static List<String> faults(String text) {
    Reading reading = BundleReader.read(text);
    assertThat(reading).isInstanceOf(Reading.Invalid.class);
    return ((Reading.Invalid) reading)
        .faults().stream().map(fault -> fault.in("tenant.yaml")).toList();
  }

  @Test
  void readsAllThereIs() {
    Bundle bundle =
        valid(
            """
            name: shop
            schema:
              User: { Age: int, Kind: { enum: [a, "1"], optional: true } }
            derived:
              - name: adult
                expression: User.Age >= 18
                description: Of age.
            rules:
              - name: welcome
                expression: adult
                tags: [b, a]
                then: { score: 5, fee: 1.50, free: true, reason: "'x'" }
                enabled: false
              - name: bare
                expression: true
            """);
    assertThat(bundle.name()).isEqualTo("shop");
    assertThat(bundle.schema())
        .isEqualTo(
            Map.of(
                "User",
                Map.of("Age", "int", "Kind", Map.of("enum", List.of("a", "1"), "optional", true))));
    assertThat(bundle.schemaPlaces()).containsEntry("User.Age", new Place(3, 11));
    assertThat(bundle.derivedFields())
        .containsExactly(
            new Bundle.DerivedField(
                "adult", new Expression("User.Age >= 18"), "Of age.", new Place(6, 17)));
    var welcome = bundle.rules().getFirst().draft();
    assertThat(welcome.tags()).containsExactly("a", "b");
    assertThat(welcome.enabled()).isFalse();
    assertThat(welcome.then())
        .containsExactly(
            Map.entry("score", new Expression("5")),
            Map.entry("fee", new Expression("1.50")),
            Map.entry("free", new Expression("true")),
            Map.entry("reason", new Expression("'x'")));
    var bare = bundle.rules().getLast().draft();
    assertThat(bare.expression()).isEqualTo(new Expression("true"));
    assertThat(bare.enabled()).isTrue();
    assertThat(bare.description()).isEmpty();
  }

  @Test
  void takesActiveForEnabled() {
    String bundle = "name: x\nschema: {}\nrules:\n  - {name: r, expression: 'true', %s}\n";
    for (String off : List.of("active: false", "enabled: false", "active: false, enabled: false")) {
      assertThat(valid(bundle.formatted(off)).rules().getFirst().draft().enabled()).isFalse();
    }
    assertThat(faults(bundle.formatted("enabled: true, active: false")))
        .containsExactly(
            "tenant.yaml:4:58: The keys enabled and active contradict each other; leave active out.");
  }

  @Test
  void reportsAllFaultsInTheOrderOfTheFile() {
    assertThat(
            faults(
                """
                name: shop
                shema: {}
                derived:
                  - adult
                  - name: adult
                rules:
                  - name: [welcome]
                    expresion: adult
                    tags: promo
                    active: yes
                    then: [score]
                  - name: twice
                    name: twice
                    expression:
                    then: { a: [1] }
                """))
        .containsExactly(
            "tenant.yaml:1:1: The bundle has no schema.",
            "tenant.yaml:2:1: \"shema\" is no key of a bundle. Did you mean \"schema\"?",
            "tenant.yaml:4:5: Expected a derived field with keys and values but found \"adult\".",
            "tenant.yaml:5:5: The key expression of a derived field is missing.",
            "tenant.yaml:7:5: The key expression of a rule is missing.",
            "tenant.yaml:7:11: Expected the name as text but found a list.",
            "tenant.yaml:8:5: \"expresion\" is no key of a rule. Did you mean \"expression\"?",
            "tenant.yaml:9:11: Expected the tags as a list but found \"promo\".",
            "tenant.yaml:10:13: Expected active as true or false but found \"yes\".",
            "tenant.yaml:11:11: Expected the outputs with keys and values but found a list.",
            "tenant.yaml:13:5: The key \"name\" is there twice.",
            "tenant.yaml:14:16: Expected the expression as text but found nothing.",
            "tenant.yaml:15:16: Expected an expression as text but found a list.");
  }

  @Test
  void refusesWhatUnfoldsOrNestsWithoutEnd() {
    StringBuilder laughs = new StringBuilder("name: x\nschema:\n  a0: &a0 {f: int}\n");
    for (int i = 1; i < 30; i++) {
      laughs.append("  a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(faults(laughs.toString())).singleElement().asString().contains("alias");
    assertThat(faults("schema: " + "[".repeat(100_000)))
        .containsExactly("tenant.yaml:1:72: The YAML nests deeper than 64 levels.");
    assertThat(faults("schema: &a {b: *a}")).isNotEmpty();
    assertThat(faults("#" + "x".repeat(2_000_000)))
        .containsExactly("tenant.yaml:1:1: The file has more than 2,000,000 characters.");
    assertThat(faults("name: !!java.net.URL [\"http://127.0.0.1\"]")).isNotEmpty();
  }

  @Test
  void refusesWhatIsNoYaml() {
    assertThat(faults("")).containsExactly("tenant.yaml:1:1: The file is empty.");
    assertThat(faults("name: 'x")).singleElement().asString().contains("not valid YAML");
    assertThat(faults("\u0000\u0001")).isNotEmpty();
    assertThat(faults("name: a\n---\nname: b\n")).isNotEmpty();
    assertThat(faults("just text"))
        .contains(
            "tenant.yaml:1:1: Expected a bundle with keys and values but found \"just text\".");
  }
}
