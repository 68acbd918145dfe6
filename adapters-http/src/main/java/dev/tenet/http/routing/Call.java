package dev.tenet.http.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.change.JournalEntry.RequestKey;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.json.StrictJson;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One request, as routes see it.
public final class Call {

  private static final int LONGEST_KEY = 255;
  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

  private final ServerRequest request;
  private final RouteTree.Found found;
  private final RequestBody body;
  private final ServedRequest served;
  private Passage passage = Passage.OPEN;
  private @Nullable TenantId tenant;
  private byte @Nullable [] content;

  Call(ServerRequest request, RouteTree.Found found, RequestBody body, ServedRequest served) {
    this.request = request;
    this.found = found;
    this.body = body;
    this.served = served;
  }

  /// {@return the name of the request}
  public String requestId() {
    return served.requestId();
  }

  /// {@return who asks}
  public Principal principal() {
    return passage.principal();
  }

  /// {@return what the request may do}
  public Passage passage() {
    return passage;
  }

  /// Notes what the request may do.
  void pass(Passage granted) {
    passage = granted;
    served.principal(granted.principal());
  }

  /// {@return the path of the request, decoded, normalised, and with ids in lower case}
  public String path() {
    return found.path();
  }

  /// {@return the parameter of the path}
  public String path(String name) {
    return found.value(name);
  }

  /// {@return the id in the path}
  ///
  /// @param what what it names, for the answer when it is no id: what is not well-formed cannot exist
  public <T> T id(String name, String what, Function<String, Optional<T>> parse) {
    return parse.apply(path(name)).orElseThrow(() -> new ProblemException(Problem.notFound(what)));
  }

  /// {@return the tenant in the path}
  public TenantId tenant() {
    TenantId known = tenant;
    if (known == null) {
      known = about(id("tenantId", "tenant", TenantId::parse));
      tenant = known;
    }
    return known;
  }

  /// {@return the tenant, noted as the one that the request is about}
  public TenantId about(TenantId known) {
    served.tenant(known);
    return known;
  }

  /// {@return the tenant that the request is about, as far as that is known}
  public Optional<TenantId> subject() {
    return served.tenant();
  }

  /// Notes what decides, for those who watch.
  ///
  /// @param rules how many are evaluated for one set of facts
  public void decidedBy(long revision, long rules) {
    served.decidedBy(revision, rules);
  }

  /// {@return the query parameter}
  public Optional<String> parameter(String name) {
    if (!request.query().contains(name)) {
      return Optional.empty();
    }
    List<String> values = request.query().all(name);
    if (values.size() > 1) {
      throw bad("parameter_repeated", "The query parameter %s stands twice.".formatted(name));
    }
    return Optional.of(values.isEmpty() ? "" : values.getFirst());
  }

  /// {@return the query parameter as `parse` reads it}
  ///
  /// @param expected what it must be, for the answer to something else
  public <T> Optional<T> parameter(
      String name, Function<String, Optional<T>> parse, String expected) {
    return parameter(name)
        .map(
            text ->
                parse
                    .apply(text)
                    .orElseThrow(
                        () ->
                            bad(
                                "parameter_invalid",
                                "The query parameter %s must be %s.".formatted(name, expected))));
  }

  /// {@return the names of all query parameters}
  Set<String> parameters() {
    return request.query().isEmpty() ? Set.of() : request.query().names();
  }

  /// {@return the values of a query parameter that may stand several times}
  public List<String> parameterValues(String name) {
    return request.query().contains(name) ? request.query().all(name) : List.of();
  }

  /// {@return whether a query parameter is true; an empty one is}
  public boolean flag(String name) {
    return optionalFlag(name).orElse(false);
  }

  /// {@return whether a query parameter is true, or empty when it is missing}
  public Optional<Boolean> optionalFlag(String name) {
    return parameter(name)
        .map(
            value ->
                switch (value) {
                  case "true", "" -> true;
                  case "false" -> false;
                  default ->
                      throw bad(
                          "parameter_invalid",
                          "The query parameter %s must be true or false.".formatted(name));
                });
  }

  /// {@return which page is asked for}
  ///
  /// @param tokens those of the list
  public <K> PageRequest<K> page(PageTokens<K> tokens) {
    int size =
        parameter("pageSize")
            .map(
                text -> {
                  try {
                    int value = Integer.parseInt(text);
                    if (value >= 1 && value <= PageRequest.LARGEST) {
                      return value;
                    }
                  } catch (NumberFormatException notANumber) {
                    // answered below
                  }
                  throw bad(
                      "parameter_invalid",
                      "The query parameter pageSize must be 1 to %d."
                          .formatted(PageRequest.LARGEST));
                })
            .orElse(PageRequest.LARGEST);
    return new PageRequest<>(size, parameter("pageToken").map(token -> place(tokens, token)));
  }

  private <K> K place(PageTokens<K> tokens, String token) {
    return tokens
        .place(path(), token)
        .orElseThrow(
            () ->
                bad(
                    "page_token_invalid",
                    "The pageToken is none that this list gave out; pass the nextPageToken of the page before as it is."));
  }

  /// {@return the token that asks for the next page, as clients see it}
  public <K> @Nullable String nextToken(Page<?, K> page, PageTokens<K> tokens) {
    return page.end().map(end -> tokens.token(path(), end)).orElse(null);
  }

  /// {@return the body as a JSON object}
  ///
  /// @param known the members that it may have
  public JsonBody json(Set<String> known) {
    return JsonBody.of(document(), known);
  }

  /// {@return the body as a JSON object that says what to change of something, or is all of it as it was read}
  ///
  /// @param known the members that it may change
  /// @param given the members that the server gives; they are passed over
  /// @param id which the body must not contradict
  public JsonBody revision(Set<String> known, Set<String> given, Object id) {
    JsonBody body = JsonBody.of(document(), known, given);
    Object written = body.raw("id");
    if (body.has("id") && !id.toString().equals(written)) {
      body.report(
          "id_mismatch",
          "id",
          "The id in the body is not the one in the path, %s; leave it out of the body."
              .formatted(id),
          null);
    }
    return body;
  }

  /// Answers 400 when the body says something; an empty one or `{}` does not.
  public void nothing() {
    if (content().length > 0) {
      json(Set.of()).check();
    }
  }

  /// {@return the body as a JSON document}
  public @Nullable Object document() {
    byte[] read = content();
    return orProblem(() -> StrictJson.parse(read));
  }

  /// {@return the body as a JSON object, with one member unread, see [StrictJson#parseAround(String, byte\[\])]}
  ///
  /// @param known the members that it may have, this one among them
  public JsonBody jsonAround(String member, Set<String> known) {
    byte[] read = content();
    return JsonBody.of(orProblem(() -> StrictJson.parseAround(member, read)), known);
  }

  /// {@return the body as a JSON document, see [StrictJson#parseExcept(String, byte\[\])]}
  public Object documentExcept(String member) {
    byte[] read = content();
    return orProblem(() -> StrictJson.parseExcept(member, read));
  }

  private interface Reading<T extends @Nullable Object> {
    T read() throws StrictJson.Malformed;
  }

  private static <T extends @Nullable Object> T orProblem(Reading<T> reading) {
    try {
      return reading.read();
    } catch (StrictJson.Malformed e) {
      throw new ProblemException(Problem.of(e));
    }
  }

  /// {@return the bytes of the body}
  public byte[] content() {
    byte[] read = content;
    if (read == null) {
      read = body.readAll(request);
      content = read;
    }
    return read;
  }

  /// {@return whether the request has taken longer than it may}
  public boolean overdue() {
    return body.overdue();
  }

  /// {@return the body, to be read piece by piece}
  public RequestLines lines(int longest) {
    return body.lines(request, longest);
  }

  /// {@return the types that the client would like the answer to be of, as it wrote them; empty for any}
  public String accept() {
    return request.headers().first(HeaderNames.ACCEPT).orElse("");
  }

  /// {@return whether the body is of this type}
  public boolean isMediaType(String mediaType) {
    return request
        .headers()
        .contentType()
        .map(type -> type.mediaType().text().equalsIgnoreCase(mediaType))
        .orElse(false);
  }

  /// {@return what is common to all changes of the tenant in the path}
  public ChangeRequest change() {
    return new ChangeRequest(
        tenant(), ifMatch(), dryRun(), requestKey(), actor(), Optional.of(requestId()));
  }

  /// {@return whether the change is only to be tried}
  public boolean dryRun() {
    return flag("dryRun");
  }

  /// {@return the name of who asks}
  public String actor() {
    return principal().name();
  }

  private OptionalLong ifMatch() {
    Optional<String> header = header(HeaderNames.IF_MATCH);
    if (header.isEmpty() || header.get().strip().equals("*")) {
      return OptionalLong.empty();
    }
    String tag = header.get().strip();
    if (tag.matches("\"[0-9]{1,18}\"")) {
      return OptionalLong.of(Long.parseLong(tag.substring(1, tag.length() - 1)));
    }
    throw bad(
        "if_match_invalid",
        "If-Match must be the ETag of an earlier answer, a revision in double quotes such as \"7\", or *.");
  }

  /// {@return how the client names the request}
  public Optional<RequestKey> requestKey() {
    return header(IDEMPOTENCY_KEY).map(key -> new RequestKey(validKey(key), fingerprint()));
  }

  private static String validKey(String key) {
    boolean printable = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (key.isEmpty() || key.length() > LONGEST_KEY || !printable) {
      throw bad(
          "idempotency_key_invalid",
          "The Idempotency-Key must be 1 to %d visible ASCII characters, for example a UUID."
              .formatted(LONGEST_KEY));
    }
    return key;
  }

  private String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((request.prologue().method().text() + ' ' + path() + '\n').getBytes(UTF_8));
      digest.update(request.query().rawValue().getBytes(UTF_8));
      digest.update((byte) '\n');
      digest.update(content());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// {@return the value of the header, which may stand there several times if it always says the same: a proxy in between may
  /// look at another one than Tenet}
  public Optional<String> header(HeaderName name) {
    Headers headers = request.headers();
    if (!headers.contains(name)) {
      return Optional.empty();
    }
    Header header = headers.get(name);
    if (header.valueCount() > 1 && Set.copyOf(header.allValues()).size() > 1) {
      throw bad(
          "header_repeated",
          "The header %s says several things; send it once.".formatted(name.defaultCase()));
    }
    return Optional.of(header.get());
  }

  /// {@return all headers}
  public Headers headers() {
    return request.headers();
  }

  private static ProblemException bad(String code, String message) {
    return new ProblemException(Problem.of(400, code, message));
  }

  /// {@return the answer to a query parameter that the route does not know}
  static ProblemException unknownParameter(String name, String suggestion) {
    return bad(
        "parameter_unknown",
        "There is no query parameter %s here.%s".formatted(Quoted.text(name), suggestion));
  }
}
