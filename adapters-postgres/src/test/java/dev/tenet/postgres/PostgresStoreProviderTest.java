package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.change.Corridor;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import dev.tenet.postgres.embedded.TestDirectory;
import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class PostgresStoreProviderTest {

  private static final Path NOWHERE = Path.of("/nonexistent/tenet");

  private static StoreProvider provider() {
    return ServiceLoader.load(StoreProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals("postgres"))
        .findFirst()
        .orElseThrow();
  }

  private static StoreProvider.OpenStore open(Path directory, Map<String, String> settings) {
    return provider().open(new StoreProvider.Settings(directory, settings));
  }

  @Test
  void keepsTenantsOverARestartOfTheEmbeddedServer() {
    try (var directory = TestDirectory.create()) {
      TenantId tenant;
      try (var open = open(directory.path(), Map.of())) {
        var corridor = new Corridor(open.tenants(), new ScriptedRuleCompiler());
        tenant = corridor.tenantWithSchema();
        corridor.rule(tenant, "adults", "User.Adult");
      }
      try (var open = open(directory.path(), Map.of("TENET_MIGRATE", "off"))) {
        assertThat(open.tenants().available()).isTrue();
        var state = open.tenants().load(tenant).orElseThrow();
        assertThat(state.rules()).extracting(rule -> rule.name()).containsExactly("adults");
        assertThat(state).isEqualTo(ProjectionTest.replay(open.tenants(), tenant));
      }
    }
  }

  @Test
  void aCopyOfTheDirectoryOfAStoppedServerIsABackup() {
    try (var directory = TestDirectory.create()) {
      List<TenantState> states = new ArrayList<>();
      try (var open = open(directory.path(), Map.of())) {
        var corridor = new Corridor(open.tenants(), new ScriptedRuleCompiler());
        for (int i = 0; i < 3; i++) {
          TenantId tenant = corridor.tenantWithSchema();
          corridor.rule(tenant, "adults", "User.Adult");
          states.add(corridor.state(tenant));
        }
      }
      try (var backup = directory.copy()) {
        try (var open = open(directory.path(), Map.of())) {
          // What happens after the backup is not in it.
          var corridor = new Corridor(open.tenants(), new ScriptedRuleCompiler());
          corridor.deleteTenant.delete(Corridor.request(states.getFirst().id()));
        }
        try (var restored = open(backup.path(), Map.of())) {
          for (TenantState state : states) {
            assertThat(restored.tenants().load(state.id())).contains(state);
            assertThat(ProjectionTest.replay(restored.tenants(), state.id())).isEqualTo(state);
          }
          var corridor = new Corridor(restored.tenants(), new ScriptedRuleCompiler());
          corridor.rule(states.getFirst().id(), "vips", "User.Vip");
        }
      }
    }
  }

  @Test
  void migratesTheDatabaseThatItIsGivenAndFindsItAgain() {
    Map<String, String> settings = Map.of("DATABASE_URL", TestDatabase.singleLoginUrl("given"));
    TenantId tenant;
    try (var open = open(NOWHERE, settings)) {
      tenant = new Corridor(open.tenants(), new ScriptedRuleCompiler()).tenantWithSchema();
    }
    try (var open = open(NOWHERE, settings)) {
      assertThat(open.tenants().load(tenant)).isPresent();
    }
  }

  @Test
  void refusesADatabaseAtAnotherVersion() throws SQLException {
    String url = TestDatabase.singleLoginUrl("versions");

    assertThatThrownBy(() -> open(NOWHERE, Map.of("DATABASE_URL", url, "TENET_MIGRATE", "off")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The database is at version 0, and this Tenet works with version ");
    open(NOWHERE, Map.of("DATABASE_URL", url)).close();
    open(NOWHERE, Map.of("DATABASE_URL", url, "TENET_MIGRATE", "off")).close();
    execute(url, "UPDATE schema_migrations SET version = '99' WHERE version = '1'");
    assertThatThrownBy(() -> open(NOWHERE, Map.of("DATABASE_URL", url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 99");
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection =
            DatabaseAddress.parse("DATABASE_URL", url).connect(TestDatabase.PATIENCE);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void saysWhenTheDatabaseDoesNotAnswer() {
    assertThatThrownBy(
            () -> open(NOWHERE, Map.of("DATABASE_URL", "postgresql://u:geheim@127.0.0.1:1/db")))
        .isInstanceOf(StoreUnavailable.class)
        .message()
        .doesNotContain("geheim");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DATABASE_POOL_SIZE=0",
        "DATABASE_POOL_SIZE=many",
        "DATABASE_POOL_SIZE=1001",
        "TENET_MIGRATE=perhaps",
        "DATABASE_URL=mysql://host/db",
        "DATABASE_DIRECT_URL=postgresql://host/db",
        "DATABASE_POOL_TIMEOUT=3",
        "DATABASE_POOL_TIMEOUT=249ms",
        "DATABASE_STATEMENT_TIMEOUT=0s",
        "DATABASE_STATEMENT_TIMEOUT=61m",
        "DATABASE_LOCK_TIMEOUT=-1s"
      })
  void refusesSettingsThatMakeNoSense(String setting) {
    String name = setting.substring(0, setting.indexOf('='));

    assertThatThrownBy(() -> open(NOWHERE, Map.of(name, setting.substring(name.length() + 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}
