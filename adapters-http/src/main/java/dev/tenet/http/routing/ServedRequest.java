package dev.tenet.http.routing;

import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.tenant.TenantId;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One request as those see it who watch: more of it is known the longer it is served. Confined to the thread that serves
/// it, and unchanging as soon as it is answered.
public final class ServedRequest {

  private static final ScopedValue<ServedRequest> CURRENT = ScopedValue.newInstance();
  private static final int UNKNOWN = -1;

  private final String method;
  private final String route;
  private final String requestId;
  private final @Nullable TraceParent parent;
  private final long began;
  private RequestObserver.@Nullable Trace trace;
  private @Nullable TenantId tenant;
  private String principal = Principal.ANYBODY.name();
  private long revision = UNKNOWN;
  private long rules = UNKNOWN;
  private int status;
  private @Nullable String problem;
  private boolean streamed;
  private long bytes;
  private long nanos;

  /// @param method such as `POST`; what the client wrote where no route has it
  /// @param route the path of the route with its parameters in braces; empty where there is nothing
  /// @param parent the trace that it belongs to
  /// @param began when it came, as `System.nanoTime()` gives it
  public ServedRequest(
      String method, String route, String requestId, @Nullable TraceParent parent, long began) {
    this.began = began;
    this.method = method;
    this.route = route;
    this.requestId = requestId;
    this.parent = parent;
  }

  /// {@return the request that this thread serves}
  public static Optional<ServedRequest> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// Does work of which this is the current request.
  public void during(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }

  /// {@return such as `POST`; what the client wrote where no route has it}
  public String method() {
    return method;
  }

  /// {@return the path of the route with its parameters in braces, such as `/api/v1/tenants/{tenantId}`; empty where there
  /// is nothing}
  public String route() {
    return route;
  }

  /// {@return its name}
  public String requestId() {
    return requestId;
  }

  /// {@return the trace that the client says it belongs to}
  public Optional<TraceParent> parent() {
    return Optional.ofNullable(parent);
  }

  /// {@return the trace that is made of it}
  public Optional<RequestObserver.Trace> trace() {
    return Optional.ofNullable(trace);
  }

  /// {@return the id of its trace: of the one that is made of it, or else the client's}
  public Optional<String> traceId() {
    if (trace != null) {
      return Optional.of(trace.id());
    }
    return parent == null ? Optional.empty() : Optional.of(parent.traceId());
  }

  /// {@return the tenant that it is about; nobody has said that there is such a one}
  public Optional<TenantId> tenant() {
    return Optional.ofNullable(tenant);
  }

  /// {@return the name of who asks}
  public String principal() {
    return principal;
  }

  /// {@return the revision that decided, when facts were evaluated}
  public OptionalLong revision() {
    return revision == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(revision);
  }

  /// {@return how many rules were evaluated for one set of facts}
  public OptionalLong rules() {
    return rules == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(rules);
  }

  /// {@return the status it was answered with}
  public int status() {
    return status;
  }

  /// {@return the code of the problem it was answered with}
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /// {@return whether the answer was written piece by piece, so that how long it took is up to the client}
  public boolean streamed() {
    return streamed;
  }

  /// {@return how many bytes the body of the answer had}
  public long bytes() {
    return bytes;
  }

  /// {@return how long it took until the answer was sent, in nanoseconds}
  public long nanos() {
    return nanos;
  }

  void traced(RequestObserver.@Nullable Trace made) {
    trace = made;
  }

  /// Notes which tenant it is about.
  public void tenant(TenantId known) {
    tenant = known;
  }

  /// Notes who asks.
  public void principal(Principal known) {
    principal = known.name();
  }

  /// Notes what decided.
  public void decidedBy(long knownRevision, long knownRules) {
    revision = knownRevision;
    rules = knownRules;
  }

  /// Notes bytes of the body of the answer.
  void sent(long more) {
    bytes += more;
  }

  /// Notes the answer; the request is over.
  ///
  /// @param code of the problem, or null when it was none
  /// @param ended when it was sent, as `System.nanoTime()` gives it
  public void answered(int knownStatus, @Nullable String code, boolean inPieces, long ended) {
    status = knownStatus;
    problem = code;
    streamed = inPieces;
    nanos = ended - began;
  }
}
