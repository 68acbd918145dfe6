package dev.tenet.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each rule fails on classes that break it, and names them.
final class PlantedViolationsTest {

  private static JavaClasses planted(String... names) {
    return new ClassFileImporter().importClasses(classes(names));
  }

  private static List<Class<?>> classes(String... names) {
    return List.of(names).stream().<Class<?>>map(PlantedViolationsTest::load).toList();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName("dev.tenet." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertBroken(HouseRule rule, String... names) {
    for (String name : names) {
      assertThat(rule.violations(planted(name)))
          .as("%s on %s", rule, name)
          .isNotEmpty()
          .anyMatch(line -> line.contains(name.substring(name.lastIndexOf('.') + 1)));
    }
  }

  @Test
  void rule1() {
    HouseRule rule = ArrowRules.everyModuleContributes(List.of("domain", "stray", "postgres"));

    assertThat(rule.violations(planted("stray.Stray")))
        .hasSize(3)
        .contains("no class in dev.tenet.domain", "no class in dev.tenet.postgres");
    assertThat(ArrowRules.everyModuleContributes(Layout.MODULES).violations(planted("stray.Stray")))
        .hasSize(Layout.MODULES.size() + 1);
  }

  @Test
  void rule2() {
    assertBroken(
        ArrowRules.domain(),
        "domain.planted.SeesSql",
        "domain.planted.SeesTheApplication",
        "domain.planted.SeesReflection");
  }

  @Test
  void rule3() {
    assertBroken(ArrowRules.application(), "application.planted.SeesAnAdapter");
  }

  @Test
  void rule4() {
    assertBroken(
        ArrowRules.adapters(), "cel.planted.SeesAnotherAdapter", "http.planted.SeesTheSpi");
  }

  @Test
  void rule5() {
    assertBroken(
        ArrowRules.libraries(), "inmemory.planted.SeesCel", "application.planted.SeesJdbc");
  }

  @Test
  void rule6() {
    HouseRule rule = ArrowRules.cycles();

    assertThat(rule.violations(planted("domain.here.Here"))).isEmpty();
    assertThat(rule.violations(planted("domain.here.Here", "domain.there.There")))
        .isNotEmpty()
        .allMatch(line -> line.contains("Cycle detected"));
  }

  @Test
  void rule7() {
    assertBroken(ArrowRules.nullMarked(), "unmarked.Unmarked");
  }

  @Test
  void rule8() {
    assertBroken(
        CodeRules.domainTypes(),
        "domain.planted.Open",
        "domain.planted.Mutable",
        "domain.planted.HoldsAnArray");
  }

  @Test
  void rule9() {
    assertThat(ApplicationRules.ports().violations(planted("application.planted.ForgetfulStore")))
        .hasSize(2)
        .allMatch(line -> line.contains("ForgetfulStore.find"));
  }

  @Test
  void rule10() {
    List<String> violations =
        CodeRules.clocks().violations(planted("application.planted.ReadsTheClock"));

    for (String call :
        List.of(
            "Instant.now",
            "LocalDate.now",
            "currentTimeMillis",
            "UUID.randomUUID",
            "Random.<init>",
            "Clock.systemUTC",
            "ThreadLocalRandom.current",
            "Math.random")) {
      assertThat(violations).anyMatch(line -> line.contains(call));
    }
  }

  @Test
  void rule11() {
    assertBroken(
        CodeRules.manners(),
        "application.planted.Throws",
        "application.planted.Prints",
        "cel.planted.NeedlesslyPublic");
  }

  @Test
  void rule12() {
    assertBroken(
        ApplicationRules.useCases(),
        "application.rule.planted.OpenUseCase",
        "application.rule.planted.TwoUseCases",
        "application.rule.planted.PlainUseCase",
        "application.rule.planted.CallingUseCase");
  }
}
