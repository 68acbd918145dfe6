package dev.tenet.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The code keeps the rules.
final class HouseTest {

  static final List<HouseRule> RULES =
      Stream.concat(
              ArrowRules.all().stream(),
              Stream.of(
                  CodeRules.domainTypes(),
                  ApplicationRules.ports(),
                  CodeRules.clocks(),
                  CodeRules.manners(),
                  ApplicationRules.useCases()))
          .toList();

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.tenet");

  @ParameterizedTest
  @FieldSource("RULES")
  void keeps(HouseRule rule) {
    assertThat(rule.violations(HOUSE)).isEmpty();
  }

  @Test
  void thereAreTwelveRules() {
    assertThat(RULES)
        .extracting(HouseRule::number)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
  }
}
