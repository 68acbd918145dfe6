package dev.tenet.http.routing;

import dev.tenet.application.identity.IdSource;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import dev.tenet.http.problem.ProblemJson;
import io.helidon.common.uri.UriValidationException;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.spi.ServerConnectionSelector;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Puts routes on Helidon and sends their answers. The one place where exceptions become problems.
public final class Router implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Router.class.getName());
  private static final Header NO_SNIFFING =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");
  private static final Header NOT_STORED = HeaderValues.createCached("Cache-Control", "no-store");
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final String NOWHERE = "";

  private final Jsonb jsonb =
      JsonbBuilder.create(new JsonbConfig().withSerializers(new RecordSerializer()));
  private final RouteTree routes;
  private final Duration requestTimeout;
  private final RequestIds ids;
  private final Gate gate;
  private final SlowClients slowClients;
  private final RequestObserver observer;
  private final ProblemAnswers problems = new ProblemAnswers();

  /// @param requestTimeout the longest a request's body may take to arrive; about as long may its headers take, the
  ///     client to send its next one, and an answer, or a megabyte of a larger one, to be taken
  /// @param ids names requests that come without a name
  /// @param gate lets requests in
  /// @param observer is told of every request
  public Router(
      List<Route> routes,
      Duration requestTimeout,
      IdSource ids,
      Gate gate,
      RequestObserver observer) {
    this.observer = observer;
    this.routes = new RouteTree(routes);
    this.gate = gate;
    this.requestTimeout = requestTimeout;
    this.ids = new RequestIds(ids);
    this.slowClients = new SlowClients(requestTimeout);
  }

  /// Registers all routes, as one: Helidon would try one path after the other.
  public void register(HttpRouting.Builder routing) {
    slowClients.start();
    routing.any(this::serve);
    routing.error(
        Exception.class,
        (req, res, e) -> answer(exchange(NOWHERE, req, res), exchange -> failure(exchange, e)));
  }

  /// {@return how to speak with clients}
  public ServerConnectionSelector connections() {
    return new GuardedConnections(slowClients);
  }

  /// Lets go of what serving needs.
  @Override
  public void close() {
    slowClients.close();
  }

  /// A request under way.
  ///
  /// @param watch over its client
  /// @param served what observers see of it
  private record Exchange(
      ServerRequest request,
      ServerResponse response,
      RequestBody body,
      SlowClients.Watch watch,
      ServedRequest served) {

    /// {@return what finds it in logs: the id of its trace, or else its name}
    String id() {
      return served.traceId().orElse(served.requestId());
    }
  }

  private Exchange exchange(String route, ServerRequest request, ServerResponse response) {
    return exchange(route, request, response, Route.ORDINARY);
  }

  private Exchange exchange(
      String route, ServerRequest request, ServerResponse response, Route.BodyLimit limit) {
    SlowClients.Watch watch = slowClients.watch();
    watch.awaitsMore();
    long began = System.nanoTime();
    TraceParent parent = TraceParent.of(request.headers());
    var served =
        new ServedRequest(
            request.prologue().method().text(),
            route,
            ids.of(request.headers(), parent),
            parent,
            began);
    served.traced(begun(served));
    return new Exchange(
        request, response, new RequestBody(limit, requestTimeout, watch, began), watch, served);
  }

  private RequestObserver.@Nullable Trace begun(ServedRequest served) {
    try {
      return observer.begun(served);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the observer of requests failed", e);
      return null;
    }
  }

  /// {@return what answers requests that never reach a route}
  public DirectHandlers directHandlers() {
    var builder = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      builder.addHandler(type, new Unrouted());
    }
    return builder.build();
  }

  /// Answers what never reaches a route, or fails where no route can answer.
  private final class Unrouted implements DirectHandler {

    @Override
    public TransportResponse handle(
        TransportRequest request,
        EventType type,
        Status status,
        ServerResponseHeaders headers,
        Throwable thrown,
        @Nullable Logger logger) {
      if (type != EventType.INTERNAL_ERROR) {
        return handle(request, type, status, headers, "");
      }
      return answer(
          request, headers, unreadable(thrown) ? unroutable(BAD_REQUEST) : failed(thrown));
    }

    @Override
    public TransportResponse handle(
        TransportRequest request,
        EventType type,
        Status status,
        ServerResponseHeaders headers,
        String message) {
      return answer(request, headers, unroutable(status.code()));
    }

    private TransportResponse answer(
        TransportRequest request, ServerResponseHeaders headers, Problem problem) {
      String id = ids.next();
      Answer.Whole answer = problems.of(request.headers(), id, problem);
      answered(new ServedRequest("", NOWHERE, id, null, System.nanoTime()), answer);
      headers.set(HeaderNames.CONTENT_TYPE, answer.contentType());
      answer.headers().forEach((name, value) -> headers.set(HeaderNames.create(name), value));
      return TransportResponse.builder()
          .status(Status.create(problem.status()))
          .headers(headers)
          .entity(jsonb.toJson(answer.body()))
          .keepAlive(false)
          .build();
    }
  }

  /// What Helidon's reading of a request cannot make sense of and does not say so itself. Whatever else it calls an
  /// internal error is one.
  private static boolean unreadable(Throwable thrown) {
    return thrown.getCause() instanceof IllegalArgumentException;
  }

  private static Problem failed(Throwable thrown) {
    LOG.log(Level.ERROR, "a request failed outside of its route", thrown);
    return internalError();
  }

  private static Problem unroutable(int status) {
    return switch (status) {
      case 413 -> Problem.of(status, "body_too_large", "The body is too large.");
      case 414 -> Problem.of(status, "path_too_long", "The path and query are too long.");
      case 400 -> Problem.of(status, "http_malformed", "The request is not well-formed HTTP.");
      default ->
          Problem.of(
              status,
              "http_unsupported",
              "The server cannot serve such a request; send it by HTTP/1.1.");
    };
  }

  /// A known path with another method is answered 405, an unknown path 404.
  private void serve(ServerRequest request, ServerResponse response) {
    Optional<Problem> unclear = RequestBody.unclearLength(request.headers());
    if (unclear.isPresent()) {
      answer(exchange(NOWHERE, request, response), other -> problem(other, unclear.get()));
      return;
    }
    Optional<RouteTree.Found> found = routes.find(request.path().path());
    if (found.isEmpty()) {
      answer(exchange(NOWHERE, request, response), other -> problem(other, unknownPath()));
      return;
    }
    RouteTree.Place place = found.get().place();
    Optional<Route> route = place.route(request.prologue().method().text());
    if (route.isEmpty()) {
      answer(
          exchange(place.path(), request, response),
          other -> methodNotAllowed(other, place.methods()));
      return;
    }
    Exchange exchange = exchange(place.path(), request, response, route.get().limit());
    exchange.served().during(() -> serve(route.get(), found.get(), exchange));
  }

  private void serve(Route route, RouteTree.Found found, Exchange exchange) {
    var call = new Call(exchange.request(), found, exchange.body(), exchange.served());
    Answer answer;
    try {
      call.pass(gate.passage(route, call));
      call.passage().begin();
      checkParameters(route, call);
      answer = tried(route, call, route.handler().answer(call));
    } catch (ProblemException e) {
      gate.refused(route, call, e.problem());
      answer = problem(exchange, e.problem());
    } catch (Throwable e) {
      answer = failure(exchange, e);
    }
    for (Header header : call.passage().headers()) {
      exchange.response().header(header);
    }
    send(exchange, answer);
  }

  /// A dry run leads nowhere: its answer names no place and no revision that exists.
  private static Answer tried(Route route, Call call, Answer answer) {
    boolean dryRun = route.parameters().contains("dryRun") && call.dryRun();
    return dryRun && answer instanceof Answer.Whole whole
        ? whole.without(Set.of("Location", "ETag"))
        : answer;
  }

  private static void checkParameters(Route route, Call call) {
    for (String name : call.parameters()) {
      if (!route.parameters().contains(name)) {
        String suggestion =
            Spelling.nearest(name, route.parameters())
                .map(" Did you mean %s?"::formatted)
                .orElse("");
        throw Call.unknownParameter(name, suggestion);
      }
    }
  }

  private Answer failure(Exchange exchange, Throwable failure) {
    if (failure instanceof StoreUnavailable) {
      LOG.log(Level.WARNING, () -> "request " + exchange.id() + ": " + failure.getMessage());
      return problem(exchange, Problem.storeUnavailable());
    }
    if (failure instanceof HttpException || failure instanceof UriValidationException) {
      return problem(
          exchange, Problem.of(400, "http_malformed", "The request is not well-formed HTTP."));
    }
    LOG.log(Level.ERROR, () -> "request " + exchange.id() + " failed", failure);
    return problem(exchange, internalError());
  }

  private static Problem internalError() {
    return Problem.of(
        500,
        "internal_error",
        "Something went wrong in the server; the traceId finds it in its log.");
  }

  private static Problem unknownPath() {
    return Problem.of(
        404, "path_not_found", "There is nothing at this path; see /openapi for what there is.");
  }

  private Answer methodNotAllowed(Exchange exchange, Set<String> allowed) {
    String methods = String.join(", ", allowed);
    return problem(
            exchange,
            Problem.of(405, "method_not_allowed", "This path answers %s only.".formatted(methods)))
        .with("Allow", methods);
  }

  private Answer.Whole problem(Exchange exchange, Problem problem) {
    return problems.of(exchange.request().headers(), exchange.id(), problem);
  }

  private void answer(Exchange exchange, Function<Exchange, Answer> answer) {
    send(exchange, answer.apply(exchange));
  }

  private void send(Exchange exchange, Answer answer) {
    ServerRequest request = exchange.request();
    ServerResponse response = exchange.response();
    response.header(RequestIds.HEADER, exchange.served().requestId());
    response.header(NO_SNIFFING);
    response.header(NOT_STORED);
    if (closes(request, answer)) {
      closeWhenSent(exchange);
    }
    try {
      switch (answer) {
        case Answer.Whole whole -> sendWhole(exchange, whole);
        case Answer.Stream stream -> sendStream(exchange, stream);
      }
    } catch (UncheckedIOException e) {
      LOG.log(Level.DEBUG, "the client went away", e);
      throw new CloseConnectionException("the client went away", e);
    } finally {
      exchange.watch().awaitsRequest();
      answered(exchange.served(), answer);
    }
  }

  /// The one place where observers learn what was answered.
  private void answered(ServedRequest served, Answer answer) {
    long now = System.nanoTime();
    switch (answer) {
      case Answer.Whole whole ->
          served.answered(
              whole.status(),
              whole.body() instanceof ProblemJson problem ? problem.code() : null,
              false,
              now);
      case Answer.Stream _ -> served.answered(OK, null, true, now);
    }
    try {
      observer.answered(served);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the observer of requests failed", e);
    }
  }

  private static void closeWhenSent(Exchange exchange) {
    exchange
        .response()
        .whenSent(
            () -> {
              exchange.body().linger(exchange.request());
              throw new CloseConnectionException("the answer is the last on this connection");
            });
  }

  /// Helidon 4.3 says so and leaves the connection open (helidon-io/helidon#12324).
  private static boolean closes(ServerRequest request, Answer answer) {
    return request.headers().contains(HeaderValues.CONNECTION_CLOSE)
        || (answer instanceof Answer.Whole whole
            && "close".equals(whole.headers().get("Connection")));
  }

  private void sendWhole(Exchange exchange, Answer.Whole answer) {
    ServerRequest request = exchange.request();
    ServerResponse response = exchange.response();
    response.status(answer.status());
    answer.headers().forEach(response::header);
    if (answer.body() == null) {
      response.send();
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    byte[] content =
        answer.body() instanceof byte[] bytes
            ? bytes
            : jsonb.toJson(answer.body()).getBytes(StandardCharsets.UTF_8);
    if (request.prologue().method().equals(Method.HEAD)) {
      response.header("Content-Length", Integer.toString(content.length));
      response.send();
    } else {
      exchange.served().sent(content.length);
      exchange.watch().sending(content.length, () -> response.send(content));
    }
  }

  /// What the answer left of the request would be taken for the next one, or waited for.
  private static void sendStream(Exchange exchange, Answer.Stream answer) {
    ServerResponse response = exchange.response();
    response.header("Content-Type", answer.contentType());
    OutputStream counted = counted(response.outputStream(), exchange.served());
    try (OutputStream out = exchange.watch().writing(counted)) {
      if (!answer.writer().write(out)) {
        closeWhenSent(exchange);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OutputStream counted(OutputStream out, ServedRequest served) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int octet) throws IOException {
        out.write(octet);
        served.sent(1);
      }

      @Override
      public void write(byte[] piece, int offset, int length) throws IOException {
        out.write(piece, offset, length);
        served.sent(length);
      }
    };
  }
}
