package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.evaluation.Secrets;
import dev.tenet.domain.evaluation.Secrets.OfRule;
import dev.tenet.domain.tenant.Limits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a rule set says of the sensitive fields that it is made of.
final class SecretsTest {

  private static final Map<String, Object> SCHEMA =
      Map.of(
          "User",
          Map.of(
              "Age",
              "int",
              "Pin",
              Map.of("type", "string", "sensitive", true),
              "Profile",
              Map.of("object", Map.of("Email", "string"), "sensitive", true),
              "Cards",
              Map.of(
                  "list",
                  Map.of(
                      "object",
                      Map.of(
                          "Number",
                          Map.of("type", "string", "sensitive", true),
                          "Brand",
                          "string")))));

  private static Bench bench() {
    return new Bench(new CelRuleCompiler(Limits.DEFAULT, List.of()), SCHEMA);
  }

  @Test
  void rulesOutputsAndDerivedFieldsOfSensitiveFieldsAreNamed() {
    Secrets secrets =
        bench()
            .derived("known", "User.Pin.startsWith('4')")
            .derived("trusted", "known && User.Age > 3")
            .derived("grown", "User.Age > 3")
            .rule("open", "grown", Map.of("age", "User.Age"))
            .rule("direct", "User.Pin == 'x'", Map.of("age", "User.Age", "pin", "User.Pin"))
            .rule("by derived fields", "trusted")
            .rule("nested", "User.Profile.Email == 'x'")
            .rule("inside", "User.Cards.exists(c, c.Brand == 'visa')")
            .rule("whole", "true", Map.of("all", "User", "size", "size(User.Cards)"))
            .compile()
            .ruleSet()
            .secrets();

    assertThat(secrets.derivedFields()).containsExactlyInAnyOrder("known", "trusted");
    assertThat(secrets.rules())
        .containsOnly(
            Map.entry(Bench.id("direct"), new OfRule(Set.of("User.Pin"), Set.of("pin"))),
            Map.entry(
                Bench.id("by derived fields"),
                new OfRule(Set.of("User.Pin", "known", "trusted"), Set.of())),
            Map.entry(Bench.id("nested"), new OfRule(Set.of("User.Profile.Email"), Set.of())),
            Map.entry(Bench.id("inside"), new OfRule(Set.of("User.Cards"), Set.of())),
            Map.entry(
                Bench.id("whole"),
                new OfRule(Set.of("User", "User.Cards"), Set.of("all", "size"))));
  }

  @Test
  void whatIsInSomethingSensitiveIsMaskedInTraces() {
    var outcome =
        bench()
            .rule("r", "User.Profile.Email + '!' == 'x'")
            .traced("r", Map.of("User", Map.of("Profile", Map.of("Email", "hunter2"))));

    assertThat(String.valueOf(outcome)).contains("***").doesNotContain("hunter2");
  }

  @Test
  void bugsAreLoggedWithoutTheirMessage() {
    Throwable silent = Silent.of(new IllegalStateException("hunter2"));

    assertThat(silent).hasMessage("java.lang.IllegalStateException");
    assertThat(silent.getStackTrace()[0].getClassName()).isEqualTo(SecretsTest.class.getName());
    assertThat(silent.getCause()).isNull();
  }
}
