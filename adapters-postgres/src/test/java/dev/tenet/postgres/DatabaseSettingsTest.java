package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DatabaseSettingsTest {

  @Test
  void nothingSaidIsTheEmbeddedDatabase() {
    assertThat(DatabaseSettings.read(Map.of("DATABASE_URL", " ")))
        .returns(Optional.empty(), DatabaseSettings::location)
        .returns(true, DatabaseSettings::migrate)
        .extracting(DatabaseSettings::connections)
        .returns(20, ConnectionSettings::poolSize)
        .returns(Duration.ofSeconds(3), ConnectionSettings::poolTimeout)
        .returns(Duration.ofSeconds(10), ConnectionSettings::statementTimeout)
        .returns(Duration.ofSeconds(5), ConnectionSettings::lockTimeout);
  }

  @Test
  void readsAllOfThem() {
    var settings =
        DatabaseSettings.read(
            Map.of(
                "DATABASE_URL", "postgresql://pooler:6432/db",
                "DATABASE_DIRECT_URL", "postgresql://primary/db",
                "DATABASE_REPLICA_URL", "postgresql://replica/db",
                "DATABASE_POOL_SIZE", "7",
                "DATABASE_POOL_TIMEOUT", "500ms",
                "DATABASE_STATEMENT_TIMEOUT", "1m30s",
                "DATABASE_LOCK_TIMEOUT", " 2s ",
                "TENET_MIGRATE", "off"));

    assertThat(settings.location().orElseThrow().main()).hasToString("postgresql://pooler:6432/db");
    assertThat(settings.location().orElseThrow().direct()).hasToString("postgresql://primary/db");
    assertThat(settings.location().orElseThrow().replica().orElseThrow())
        .hasToString("postgresql://replica/db");
    assertThat(settings.connections())
        .isEqualTo(
            new ConnectionSettings(
                7, Duration.ofMillis(500), Duration.ofSeconds(90), Duration.ofSeconds(2)));
    assertThat(settings.migrate()).isFalse();
  }

  @Test
  void oneAddressIsDirectToo() {
    assertThat(
            DatabaseSettings.read(Map.of("DATABASE_URL", "postgresql://host/db"))
                .location()
                .orElseThrow()
                .direct())
        .hasToString("postgresql://host/db");
  }

  @Test
  void faultsNameTheSettingAndTheRemedy() {
    assertThatThrownBy(() -> DatabaseSettings.read(Map.of("DATABASE_POOL_TIMEOUT", "soon")))
        .hasMessage(
            "DATABASE_POOL_TIMEOUT must be a duration from 250ms to 1h, written like 500ms, 2s or 1m30s, not \"soon\".");
    assertThatThrownBy(
            () ->
                DatabaseSettings.read(
                    Map.of(
                        "DATABASE_URL", "postgresql://host/db", "DATABASE_DIRECT_URL", "geheim")))
        .hasMessageStartingWith("DATABASE_DIRECT_URL is not of the form postgresql://")
        .message()
        .doesNotContain("geheim");
    assertThatThrownBy(
            () -> DatabaseSettings.read(Map.of("DATABASE_DIRECT_URL", "postgresql://host/db")))
        .hasMessage("DATABASE_DIRECT_URL is set without DATABASE_URL: set both, or neither.");
    assertThatThrownBy(
            () -> DatabaseSettings.read(Map.of("DATABASE_REPLICA_URL", "postgresql://host/db")))
        .hasMessage("DATABASE_REPLICA_URL is set without DATABASE_URL: set both, or neither.");
  }
}
