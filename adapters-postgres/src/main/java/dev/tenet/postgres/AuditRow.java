package dev.tenet.postgres;

import dev.tenet.domain.audit.AuditChain.Link;
import dev.tenet.domain.audit.AuditDetail;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.AuditHead;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A row of the table `audit_log` as it stands there, whether it makes sense or not. The hashes are hexadecimal.
record AuditRow(
    long sequence,
    OffsetDateTime at,
    String actor,
    String action,
    String resource,
    String outcome,
    @Nullable String requestId,
    String detail,
    String previousHash,
    String hash) {

  /// Inserts a row; its parameters are those of [#parameters(TenantId)].
  static final String INSERT =
      "INSERT INTO audit_log (tenant_id, sequence, at, actor, action, resource, outcome, request_id,"
          + " detail, previous_hash, hash) VALUES (:tenant, :sequence, :at, :actor, :action,"
          + " :resource, :outcome, :requestId, CAST(:detail AS json), :previousHash, :hash)";

  /// {@return the row of the record}
  static AuditRow of(AuditRecord record) {
    AuditEvent event = record.event();
    return new AuditRow(
        record.sequence(),
        event.at().atOffset(ZoneOffset.UTC),
        StorableText.store(event.actor()),
        StorableText.store(event.action()),
        StorableText.store(event.resource()),
        event.outcome().wireName(),
        event.requestId() == null ? null : StorableText.store(event.requestId()),
        Json.write(event.detail().members()),
        record.previousHash().hex(),
        record.hash().hex());
  }

  /// {@return the row of the table}
  static AuditRow read(ResultSet row) throws SQLException {
    return new AuditRow(
        row.getLong("sequence"),
        row.getObject("at", OffsetDateTime.class),
        row.getString("actor"),
        row.getString("action"),
        row.getString("resource"),
        row.getString("outcome"),
        row.getString("request_id"),
        row.getString("detail"),
        hex(row, "previous_hash"),
        hex(row, "hash"));
  }

  /// {@return the end of a chain that a row of the table `audit_heads` tells}
  static AuditHead head(ResultSet row) throws SQLException {
    return new AuditHead(row.getLong("sequence"), new Sha256(hex(row, "hash")));
  }

  private static String hex(ResultSet row, String column) throws SQLException {
    return HexFormat.of().formatHex(row.getBytes(column));
  }

  /// {@return what the statement [#INSERT] needs}
  Map<String, @Nullable Object> parameters(TenantId tenant) {
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("tenant", tenant.value());
    parameters.put("sequence", sequence);
    parameters.put("at", at);
    parameters.put("actor", actor);
    parameters.put("action", action);
    parameters.put("resource", resource);
    parameters.put("outcome", outcome);
    parameters.put("requestId", requestId);
    parameters.put("detail", detail);
    parameters.put("previousHash", HexFormat.of().parseHex(previousHash));
    parameters.put("hash", HexFormat.of().parseHex(hash));
    return parameters;
  }

  /// {@return what the row is in the tenant's chain}
  Link link(TenantId tenant) {
    try {
      return new Link.Legible(record(tenant));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return new Link.Illegible(sequence, String.valueOf(e.getMessage()));
    }
  }

  /// {@return the record that the row holds}
  ///
  /// @throws IllegalStateException with a message for the operator when Tenet would not write such a row
  AuditRecord legible(TenantId tenant) {
    try {
      return record(tenant);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IllegalStateException(
          "Record %d of the tenant %s cannot be read: %s. Somebody altered it: tenet audit verify tells the first broken link."
              .formatted(sequence, tenant, e.getMessage()),
          e);
    }
  }

  private AuditRecord record(TenantId tenant) {
    return new AuditRecord(
        tenant,
        sequence,
        new AuditEvent(
            at.toInstant(),
            StorableText.load(actor),
            StorableText.load(action),
            StorableText.load(resource),
            knownOutcome(),
            Optional.ofNullable(requestId).map(StorableText::load).orElse(null),
            readDetail()),
        new Sha256(previousHash),
        new Sha256(hash));
  }

  private Outcome knownOutcome() {
    return Outcome.parse(outcome)
        .orElseThrow(() -> new IllegalArgumentException("its outcome is none that there is"));
  }

  /// The text must be the one that its content is written as, so that nothing hides in it.
  private AuditDetail readDetail() {
    Map<String, Object> members = new LinkedHashMap<>();
    Members.of(Json.readObject(detail))
        .object()
        .forEach((name, value) -> members.put((String) name, value));
    if (!Json.write(members).equals(detail)) {
      throw new IllegalArgumentException("its detail is not as Tenet writes it");
    }
    return new AuditDetail(members);
  }
}
