package dev.tenet.postgres;

import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.identity.KeyHash;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Keeps what is known of API keys in the database called `main`, which only the administration may read.
final class PostgresApiKeyStore implements ApiKeyStore {

  /// Keys are added one after the other, so that counting them and adding one is one step.
  private static final String IN_TURN = "SELECT pg_advisory_xact_lock(hashtext('api_keys'))";

  private static final String COLUMNS =
      "key_id, prefix, owner_id, name, roles, created_at, created_by, expires_at, revoked_at,"
          + " last_used_at";

  private final TenantTransaction transactions;

  /// @param transactions of the database called `main`
  PostgresApiKeyStore(TenantTransaction transactions) {
    this.transactions = transactions;
  }

  @Override
  public AddResult add(StoredKey key, int most) {
    return transactions.asAdministration(
        handle -> {
          handle.execute(IN_TURN);
          long valid =
              handle
                  .createQuery(
                      "SELECT count(*) FROM api_keys WHERE owner_id = :owner AND revoked_at IS NULL")
                  .bind("owner", key.key().owner().value())
                  .mapTo(Long.class)
                  .one();
          if (valid >= most) {
            return new AddResult.TooMany();
          }
          return insert(handle, key) ? new AddResult.Added() : new AddResult.PrefixTaken();
        });
  }

  @Override
  public boolean addFirst(StoredKey key) {
    return transactions.asAdministration(
        handle -> {
          handle.execute(IN_TURN);
          boolean there =
              handle
                  .createQuery("SELECT EXISTS (SELECT FROM api_keys WHERE owner_id = :owner)")
                  .bind("owner", TenantId.PLATFORM.value())
                  .mapTo(Boolean.class)
                  .one();
          return !there && insert(handle, key);
        });
  }

  private static boolean insert(Handle handle, StoredKey stored) {
    ApiKey key = stored.key();
    return handle
            .createUpdate(
                "INSERT INTO api_keys (key_id, prefix, hash, owner_id, name, roles, created_at,"
                    + " created_by, expires_at) VALUES (:id, :prefix, :hash, :owner, :name, :roles,"
                    + " :createdAt, :createdBy, :expiresAt) ON CONFLICT DO NOTHING")
            .bind("id", key.id().value())
            .bind("prefix", key.prefix())
            .bind("hash", stored.hash().toByteArray())
            .bind("owner", key.owner().value())
            .bind("name", StorableText.store(key.name()))
            .bindArray("roles", String.class, key.roles().stream().map(Role::key).toList())
            .bind("createdAt", key.createdAt())
            .bind("createdBy", StorableText.store(key.createdBy()))
            .bind("expiresAt", key.expiresAt())
            .execute()
        == 1;
  }

  @Override
  public Optional<StoredKey> byPrefix(String prefix) {
    return transactions.acrossTenants(
        handle ->
            handle
                .createQuery("SELECT " + COLUMNS + ", hash FROM api_keys WHERE prefix = :prefix")
                .bind("prefix", prefix)
                .map((row, context) -> new StoredKey(key(row), KeyHash.of(row.getBytes("hash"))))
                .findOne());
  }

  @Override
  public Optional<ApiKey> find(TenantId owner, ApiKeyId key) {
    return transactions.acrossTenants(
        handle ->
            handle
                .createQuery(
                    "SELECT " + COLUMNS + " FROM api_keys WHERE key_id = :id AND owner_id = :owner")
                .bind("id", key.value())
                .bind("owner", owner.value())
                .map((row, context) -> key(row))
                .findOne());
  }

  @Override
  public Page<ApiKey, Age> list(TenantId owner, PageRequest<Age> page) {
    Age before = page.after().orElse(TenantList.NEWEST);
    List<ApiKey> keys =
        transactions.acrossTenants(
            handle ->
                handle
                    .createQuery(
                        "SELECT "
                            + COLUMNS
                            + " FROM api_keys WHERE owner_id = :owner"
                            + " AND (created_at, key_id) < (:createdAt, :id)"
                            + " ORDER BY created_at DESC, key_id DESC LIMIT :most")
                    .bind("owner", owner.value())
                    .bind("createdAt", before.createdAt())
                    .bind("id", before.id())
                    .bind("most", page.size() + 1)
                    .map((row, context) -> key(row))
                    .list());
    return Page.of(keys, page, Age::of);
  }

  @Override
  public Optional<ApiKey> revoke(TenantId owner, ApiKeyId key, Instant at) {
    return transactions.asAdministration(
        handle ->
            handle
                .createQuery(
                    "UPDATE api_keys SET revoked_at = coalesce(revoked_at, :at)"
                        + " WHERE key_id = :id AND owner_id = :owner RETURNING "
                        + COLUMNS)
                .bind("at", at)
                .bind("id", key.value())
                .bind("owner", owner.value())
                .map((row, context) -> key(row))
                .findOne());
  }

  @Override
  public void revokeAll(TenantId owner, Instant at) {
    transactions.asAdministration(
        handle ->
            handle
                .createUpdate(
                    "UPDATE api_keys SET revoked_at = :at WHERE owner_id = :owner"
                        + " AND revoked_at IS NULL")
                .bind("at", at)
                .bind("owner", owner.value())
                .execute());
  }

  @Override
  public void used(Map<ApiKeyId, Instant> uses) {
    if (uses.isEmpty()) {
      return;
    }
    transactions.asAdministration(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  "UPDATE api_keys SET last_used_at = :at WHERE key_id = :id"
                      + " AND coalesce(last_used_at <= :due, true)");
          uses.forEach(
              (id, at) ->
                  batch
                      .bind("at", at)
                      .bind("id", id.value())
                      .bind("due", at.minus(USE_PRECISION))
                      .add());
          return batch.execute();
        });
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    TenantId owner = new TenantId(Rows.uuid(row, "owner_id"));
    return new ApiKey(
        new ApiKeyId(Rows.uuid(row, "key_id")),
        Rows.text(row, "prefix"),
        Rows.text(row, "name"),
        Optional.of(owner).filter(id -> !id.equals(TenantId.PLATFORM)),
        roles(row.getArray("roles")),
        Rows.instant(row, "created_at"),
        Rows.text(row, "created_by"),
        Rows.optionalInstant(row, "expires_at"),
        Rows.optionalInstant(row, "revoked_at"),
        Rows.optionalInstant(row, "last_used_at"));
  }

  /// A role of a newer Tenet is left out: it permits nothing here.
  private static Set<Role> roles(Array array) throws SQLException {
    return Arrays.stream((String[]) array.getArray())
        .flatMap(key -> Role.of(key).stream())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
  }
}
