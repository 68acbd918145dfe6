package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.identity.ApiKeyStoreContract;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresApiKeyStoreTest extends ApiKeyStoreContract {

  @Override
  protected ApiKeyStore open() {
    TestDatabase.empty();
    return new PostgresApiKeyStore(TestDatabase.transactions());
  }

  /// Who serves requests of tenants reads no key, and nobody changes what a key is for, or lets one disappear.
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "application: SELECT prefix FROM api_keys",
        "application: UPDATE api_keys SET revoked_at = NULL",
        "administration: UPDATE api_keys SET roles = ARRAY['platform-admin']",
        "administration: UPDATE api_keys SET hash = sha256('')",
        "administration: UPDATE api_keys SET expires_at = NULL",
        "administration: DELETE FROM api_keys",
        "administration: TRUNCATE api_keys"
      })
  void rolesHaveTheLeastPrivilege(String role, String sql) throws SQLException {
    String login =
        role.equals("application") ? EmbeddedPostgres.APPLICATION : EmbeddedPostgres.ADMINISTRATION;
    try (Connection connection = TestDatabase.connect(login);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied for table api_keys");
    }
  }
}
