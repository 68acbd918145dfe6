package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseAddressTest {

  @ParameterizedTest
  @CsvSource({
    "postgresql://host/db, jdbc:postgresql://host/db",
    "postgres://user:pw@host:5433/db?sslmode=require, jdbc:postgresql://host:5433/db",
    "'postgresql://user@a:1,b:2/db', 'jdbc:postgresql://a:1,b:2/db'",
    "jdbc:postgresql://[::1]:5432/db, jdbc:postgresql://[::1]:5432/db",
    "postgresql://host, jdbc:postgresql://host/",
    "postgresql://host/db?user=app@server&password=p, jdbc:postgresql://host/db",
    "postgresql://[fe80::1%eth0]:5432/db, jdbc:postgresql://[fe80::1%eth0]:5432/db"
  })
  void readsWhereTheDatabaseIs(String url, String jdbcUrl) {
    assertThat(DatabaseAddress.parse("DATABASE_URL", url).jdbcUrl()).isEqualTo(jdbcUrl);
  }

  @Test
  void readsCredentialsAndParameters() {
    var address =
        DatabaseAddress.parse(
            "DATABASE_URL",
            "postgresql://us%40er:p%2Fw+%3A@host/db?sslmode=require&connect_timeout=7&target_session_attrs=read-write&prepareThreshold=5");

    assertThat(address.properties())
        .containsEntry("user", "us@er")
        .containsEntry("password", "p/w+:")
        .containsEntry("sslmode", "require")
        .containsEntry("connectTimeout", "7")
        .containsEntry("targetServerType", "primary")
        .containsEntry("prepareThreshold", "5");
  }

  @Test
  void aConnectionThatIsSilentForLongerThanAnswersTakeIsBrokenUnlessTheUrlSaysOtherwise() {
    Duration half = Duration.ofSeconds(30);

    assertThat(DatabaseAddress.parse("DATABASE_URL", "postgresql://host/db").login(half))
        .containsEntry("socketTimeout", "30");
    assertThat(
            DatabaseAddress.parse("DATABASE_URL", "postgresql://host/db?socketTimeout=7")
                .login(half))
        .containsEntry("socketTimeout", "7");
  }

  @Test
  void doesNotShowCredentials() {
    assertThat(DatabaseAddress.parse("DATABASE_URL", "postgresql://user:geheim@host/db"))
        .hasToString("postgresql://host/db");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://user:geheim@host/db",
        "host/geheim",
        "postgresql://user:geheim@@host/db",
        "postgresql://user:geheim@host/db?sslmood=require",
        "postgresql://user:a/geheim@host:5432/db",
        "postgresql://user:a/geheim%zz@host:5432/db",
        "postgresql://user:a@b/geheim@host:5432/db",
        "postgresql://user:a?geheim@host:5432/db",
        "postgresql://user:a%geheim@host:5432/db",
        "postgresql://user:123?geheim@host:5432/db",
        "geheim"
      })
  void refusesWhatIsNoAddressWithoutRepeatingThePassword(String url) {
    assertThatThrownBy(() -> DatabaseAddress.parse("DATABASE_URL", url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DATABASE_URL")
        .message()
        .doesNotContain("geheim");
  }
}
