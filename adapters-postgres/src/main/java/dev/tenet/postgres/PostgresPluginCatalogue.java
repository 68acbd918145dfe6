package dev.tenet.postgres;

import dev.tenet.application.plugin.PluginCatalogue;
import dev.tenet.application.plugin.PluginRelease;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keeps what was published in the database called `main`.
final class PostgresPluginCatalogue implements PluginCatalogue {

  /// Releases of one name are added one after the other, so that counting them and adding one is one step.
  private static final String IN_TURN =
      "SELECT pg_advisory_xact_lock(hashtext('plugin_releases'), hashtext(?))";

  private static final String SELECT =
      "SELECT name, version, manifest, artefact, size, published_at, published_by, approved_by"
          + " FROM plugin_releases WHERE owner_id = :owner";

  private final TenantTransaction transactions;

  /// @param transactions of the database called `main`
  PostgresPluginCatalogue(TenantTransaction transactions) {
    this.transactions = transactions;
  }

  @Override
  public Added add(TenantId owner, PluginRelease release, int most) {
    return transactions.asAdministration(
        handle -> {
          handle.execute(IN_TURN, owner + release.name());
          List<String> versions =
              handle
                  .createQuery(
                      "SELECT version FROM plugin_releases WHERE owner_id = :owner AND name = :name")
                  .bind("owner", owner.value())
                  .bind("name", release.name())
                  .mapTo(String.class)
                  .list();
          if (versions.contains(release.version())) {
            return Added.VERSION_TAKEN;
          }
          if (versions.size() >= most) {
            return Added.TOO_MANY;
          }
          handle
              .createUpdate(
                  "INSERT INTO plugin_releases (owner_id, name, version, manifest, artefact, size,"
                      + " published_at, published_by, approved_by) VALUES (:owner, :name, :version,"
                      + " cast(:manifest AS json), :artefact, :size, :publishedAt, :publishedBy,"
                      + " :approvedBy)")
              .bind("owner", owner.value())
              .bind("name", release.name())
              .bind("version", release.version())
              .bind("manifest", Json.write(release.manifest()))
              .bind("artefact", bytes(release.artefact()))
              .bind("size", release.size())
              .bind("publishedAt", release.publishedAt())
              .bind("publishedBy", StorableText.store(release.publishedBy()))
              .bind("approvedBy", release.approvedBy().orElse(null))
              .execute();
          return Added.ADDED;
        });
  }

  static byte[] bytes(Sha256 hash) {
    return HexFormat.of().parseHex(hash.hex());
  }

  @Override
  public Optional<PluginRelease> find(TenantId owner, String name, String version) {
    return transactions.asAdministration(
        handle ->
            handle
                .createQuery(SELECT + " AND name = :name AND version = :version")
                .bind("owner", owner.value())
                .bind("name", name)
                .bind("version", version)
                .map((row, context) -> release(row))
                .findOne());
  }

  @Override
  public List<PluginRelease> releases(TenantId owner, String name) {
    return transactions.asAdministration(
        handle ->
            handle
                .createQuery(SELECT + " AND name = :name ORDER BY published_at DESC, version DESC")
                .bind("owner", owner.value())
                .bind("name", name)
                .map((row, context) -> release(row))
                .list());
  }

  @Override
  public List<PluginRelease> newest(TenantId owner) {
    return transactions.asAdministration(
        handle ->
            handle
                .createQuery(
                    SELECT.replace("SELECT", "SELECT DISTINCT ON (name)")
                        + " ORDER BY name, published_at DESC, version DESC")
                .bind("owner", owner.value())
                .map((row, context) -> release(row))
                .list());
  }

  @Override
  public void removeAll(TenantId owner) {
    transactions.asAdministration(
        handle ->
            handle
                .createUpdate("DELETE FROM plugin_releases WHERE owner_id = :owner")
                .bind("owner", owner.value())
                .execute());
  }

  @Override
  public Set<Sha256> artefacts() {
    return transactions.asAdministration(
        handle ->
            handle
                .createQuery("SELECT DISTINCT artefact FROM plugin_releases")
                .map((row, context) -> hash(row.getBytes("artefact")))
                .collect(Collectors.toUnmodifiableSet()));
  }

  private static Sha256 hash(byte[] bytes) {
    return new Sha256(HexFormat.of().formatHex(bytes));
  }

  private static PluginRelease release(ResultSet row) throws SQLException {
    Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
    Json.readObject(row.getString("manifest"))
        .forEach((name, value) -> manifest.put((String) name, value));
    return new PluginRelease(
        row.getString("name"),
        row.getString("version"),
        manifest,
        hash(row.getBytes("artefact")),
        row.getInt("size"),
        Rows.instant(row, "published_at"),
        Rows.text(row, "published_by"),
        Optional.ofNullable(row.getString("approved_by")));
  }
}
