package dev.tenet.postgres;

import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.ArtefactStoreContract;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

final class PostgresArtefactStoreTest extends ArtefactStoreContract {

  @Override
  protected ArtefactStore open() {
    TestDatabase.empty();
    return new PostgresArtefactStore(TestDatabase.transactions());
  }

  @Override
  protected boolean damage(Sha256 artefact) {
    try (Connection owner = TestDatabase.connect(EmbeddedPostgres.OWNER);
        PreparedStatement statement =
            owner.prepareStatement(
                "UPDATE artefacts SET code = 'other' WHERE artefact = decode(?, 'hex')")) {
      statement.setString(1, artefact.hex());
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
