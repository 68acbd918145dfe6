package dev.tenet.domain.audit;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.tenant.TenantId;
import java.util.HashMap;
import java.util.Map;

/// An event in the chain of its tenant.
///
/// @param tenant whose chain it is; the platform's for what belongs to no tenant
/// @param sequence its number in the chain, from 1
/// @param previousHash the hash of the record before it, zero of the first
/// @param hash of everything else here: SHA-256 of the JSON object in canonical form (RFC 8785) that has the other members
///     of the record as the HTTP interface shows them
public record AuditRecord(
    TenantId tenant, long sequence, AuditEvent event, Sha256 previousHash, Sha256 hash) {

  public AuditRecord {
    requireNonNull(tenant);
    requireNonNull(event);
    requireNonNull(previousHash);
    requireNonNull(hash);
  }

  /// {@return the record of the event after the end of the tenant's chain}
  public static AuditRecord after(AuditHead head, TenantId tenant, AuditEvent event) {
    long sequence = head.sequence() + 1;
    return new AuditRecord(
        tenant, sequence, event, head.hash(), hash(tenant, sequence, event, head.hash()));
  }

  /// {@return the end of the chain that this is the last record of}
  public AuditHead head() {
    return new AuditHead(sequence, hash);
  }

  /// {@return whether the hash is that of the rest}
  boolean isWhole() {
    return hash.equals(hash(tenant, sequence, event, previousHash));
  }

  private static Sha256 hash(
      TenantId tenant, long sequence, AuditEvent event, Sha256 previousHash) {
    Map<String, Object> members = new HashMap<>();
    members.put("tenantId", tenant.toString());
    members.put("sequence", sequence);
    members.put("at", event.at().toString());
    members.put("actor", event.actor());
    members.put("action", event.action());
    members.put("resource", event.resource());
    members.put("outcome", event.outcome().wireName());
    if (event.requestId() != null) {
      members.put("requestId", event.requestId());
    }
    members.put("detail", event.detail().members());
    members.put("previousHash", previousHash.hex());
    return Sha256.of(CanonicalJson.write(members));
  }
}
