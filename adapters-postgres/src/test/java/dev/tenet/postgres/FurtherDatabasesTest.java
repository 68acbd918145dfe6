package dev.tenet.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FurtherDatabasesTest {

  private static final String URL = "postgresql://user:geheim@host/db";

  private static FurtherDatabases read(String... namesAndValues) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return FurtherDatabases.read(settings);
  }

  @Test
  void thereNeedBeNone() {
    FurtherDatabases none = read("DATABASE_URL", URL, "DATABASE_DIRECT_URL", URL, "PATH", "/bin");

    assertThat(none.locations()).isEmpty();
    assertThat(none.names()).containsExactly("main");
    assertThat(none.open()).containsExactly("main");
  }

  @Test
  void areNamedByTheirSettings() {
    FurtherDatabases several =
        read(
            "DATABASE_URL_US_2",
            URL,
            "DATABASE_URL_EU",
            URL,
            "DATABASE_DIRECT_URL_EU",
            "postgresql://primary/db",
            "DATABASE_URL_EMPTY",
            "",
            "TENET_DEDICATED_DATABASES",
            " EU, ");

    assertThat(several.names()).containsExactly("main", "eu", "us_2");
    assertThat(several.open()).containsExactly("main", "us_2");
    assertThat(requireNonNull(several.locations().get("eu")).direct())
        .hasToString("postgresql://primary/db");
    assertThat(FurtherDatabases.setting("us_2")).isEqualTo("DATABASE_URL_US_2");
    assertThat(FurtherDatabases.setting("main")).isEqualTo("DATABASE_URL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DATABASE_URL_eu           | postgresql://h/d | DATABASE_URL_eu names no database
          DATABASE_URL_MAIN         | postgresql://h/d | DATABASE_URL_MAIN is not known
          DATABASE_DIRECT_URL_EU    | postgresql://h/d | DATABASE_DIRECT_URL_EU is set without DATABASE_URL_EU
          DATABASE_REPLICA_URL_EU   | postgresql://h/d | DATABASE_REPLICA_URL_EU is set without DATABASE_URL_EU
          DATABASE_URL_EU           | mysql://geheim   | DATABASE_URL_EU is not of the form
          TENET_DEDICATED_DATABASES | eu               | TENET_DEDICATED_DATABASES names "eu"; the databases are main.
          TENET_DEDICATED_DATABASES | main             | TENET_DEDICATED_DATABASES names all databases
          """)
  void settingsThatMakeNoSenseAreRefused(String setting, String value, String message) {
    assertThatThrownBy(() -> read(setting, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("geheim");
  }
}
