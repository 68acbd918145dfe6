package dev.tenet.postgres;

import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.CheckedCode;
import dev.tenet.domain.hash.Sha256;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Keeps code in the database called `main`.
final class PostgresArtefactStore implements ArtefactStore {

  private final TenantTransaction transactions;

  /// @param transactions of the database called `main`
  PostgresArtefactStore(TenantTransaction transactions) {
    this.transactions = transactions;
  }

  /// Nobody has the right to change code. What is damaged goes, and comes anew.
  @Override
  public Sha256 keep(byte[] code) {
    Sha256 hash = Sha256.of(code);
    transactions.asAdministration(
        handle -> {
          handle
              .createUpdate(
                  "DELETE FROM artefacts WHERE artefact = :artefact AND sha256(code) <> artefact")
              .bind("artefact", PostgresPluginCatalogue.bytes(hash))
              .execute();
          return handle
              .createUpdate(
                  "INSERT INTO artefacts (artefact, code) VALUES (:artefact, :code)"
                      + " ON CONFLICT (artefact) DO UPDATE SET kept_at = now()")
              .bind("artefact", PostgresPluginCatalogue.bytes(hash))
              .bind("code", code)
              .execute();
        });
    return hash;
  }

  @Override
  public Optional<byte[]> find(Sha256 artefact) {
    return transactions
        .asAdministration(
            handle ->
                handle
                    .createQuery("SELECT code FROM artefacts WHERE artefact = :artefact")
                    .bind("artefact", PostgresPluginCatalogue.bytes(artefact))
                    .map((row, context) -> row.getBytes("code"))
                    .findOne())
        .flatMap(code -> CheckedCode.of(code, artefact, "the database"));
  }

  @Override
  public int removeUnused(Set<Sha256> used, Instant before) {
    return transactions.asAdministration(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM artefacts a WHERE kept_at < :before"
                        + " AND encode(artefact, 'hex') <> ALL (:used) AND NOT EXISTS"
                        + " (SELECT FROM plugin_releases r WHERE r.artefact = a.artefact)")
                .bind("before", before)
                .bindArray("used", String.class, used.stream().map(Sha256::hex).toList())
                .execute());
  }
}
