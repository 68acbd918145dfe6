package dev.tenet.http.history;

import dev.tenet.application.history.ListHistory;
import dev.tenet.domain.identity.Action;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.PageTokens;
import dev.tenet.http.routing.Results;
import dev.tenet.http.routing.Route;
import java.util.List;

/// Reads what happened to a tenant.
public final class HistoryRoutes {

  private final ListHistory history;

  public HistoryRoutes(ListHistory history) {
    this.history = history;
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/tenants/{tenantId}/history", Action.HISTORY_READ, this::list)
            .paged());
  }

  private Answer list(Call call) {
    return Results.found(
        history.list(call.tenant(), ListHistory.Part.ALL, call.page(PageTokens.BY_NUMBER)),
        (page, revision) -> HistoryJson.of(page, call));
  }
}
