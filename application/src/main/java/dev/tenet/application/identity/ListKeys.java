package dev.tenet.application.identity;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.tenant.TenantId;

/// Lists the keys of an owner, newest first.
public final class ListKeys {

  private final ApiKeyStore keys;
  private final TenantStore tenants;

  public ListKeys(ApiKeyStore keys, TenantStore tenants) {
    this.keys = keys;
    this.tenants = tenants;
  }

  /// What asking for keys gives.
  public sealed interface Result {
    /// A page of them.
    record Listed(Page<ApiKey, Age> page) implements Result {}

    /// There is no such tenant, or it is none of the reader's business, which looks the same.
    record TenantNotFound() implements Result {}
  }

  /// {@return a page of the owner's keys}
  public Result list(TenantId owner, PageRequest<Age> page, Principal reader) {
    return Ownership.mayManage(reader, owner) && Ownership.exists(owner, tenants)
        ? new Result.Listed(keys.list(owner, page))
        : new Result.TenantNotFound();
  }
}
