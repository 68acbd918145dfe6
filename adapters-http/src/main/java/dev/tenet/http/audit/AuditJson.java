package dev.tenet.http.audit;

import dev.tenet.application.reading.Page;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.AuditRecord;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.PageTokens;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A page of records of the audit, newest first.
public record AuditJson(List<RecordJson> records, @Nullable String nextPageToken) {

  static AuditJson of(Page<AuditRecord, Long> page, Call call) {
    return new AuditJson(
        page.items().stream().map(RecordJson::of).toList(),
        call.nextToken(page, PageTokens.BY_NUMBER));
  }

  /// A record. All members but the hash are what is hashed, so that whoever has a page can prove it.
  public record RecordJson(
      String tenantId,
      long sequence,
      String at,
      String actor,
      String action,
      String resource,
      String outcome,
      @Nullable String requestId,
      Map<String, Object> detail,
      String previousHash,
      String hash) {

    static RecordJson of(AuditRecord record) {
      AuditEvent event = record.event();
      return new RecordJson(
          record.tenant().toString(),
          record.sequence(),
          event.at().toString(),
          event.actor(),
          event.action(),
          event.resource(),
          event.outcome().wireName(),
          event.requestId(),
          event.detail().members(),
          record.previousHash().hex(),
          record.hash().hex());
    }
  }
}
