package dev.tenet.postgres;

import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.tenant.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Writes journal entries, and the tables that follow from them. The tenant's own row is not among them.
final class JournalWriter {

  private static final String ENTRY =
      "INSERT INTO journal (tenant_id, revision, at, actor, request_key, request_fingerprint,"
          + " changes_schema, changes) VALUES (:tenant, :revision, :at, :actor, :key, :fingerprint,"
          + " :changesSchema, CAST(:changes AS json))";

  private JournalWriter() {}

  /// Writes entries in their order.
  static void write(Handle handle, TenantId tenant, List<JournalEntry> entries) {
    List<Projection.Step> steps = new ArrayList<>();
    entries.forEach(entry -> steps.add(new Projection.Step(ENTRY, row(tenant, entry))));
    entries.forEach(entry -> steps.addAll(Projection.steps(tenant, entry)));
    carryOut(handle, steps);
  }

  private static Map<String, Object> row(TenantId tenant, JournalEntry entry) {
    var request = Optional.ofNullable(entry.request());
    Map<String, Object> row = new HashMap<>();
    row.put("tenant", tenant.value());
    row.put("revision", entry.revision());
    row.put("at", entry.at());
    row.put("actor", StorableText.store(entry.actor()));
    row.put("key", request.map(key -> StorableText.store(key.key())).orElse(null));
    row.put("fingerprint", request.map(key -> StorableText.store(key.fingerprint())).orElse(null));
    row.put("changesSchema", entry.schemaChange().isPresent());
    row.put("changes", ChangeJson.write(entry.changes()));
    return row;
  }

  /// Steps in a row with the same statement go to the server together.
  private static void carryOut(Handle handle, List<Projection.Step> steps) {
    for (int start = 0, end; start < steps.size(); start = end) {
      String sql = steps.get(start).sql();
      try (var batch = handle.prepareBatch(sql)) {
        for (end = start; end < steps.size() && steps.get(end).sql().equals(sql); end++) {
          batch.add(steps.get(end).parameters());
        }
        batch.execute();
      }
    }
  }
}
