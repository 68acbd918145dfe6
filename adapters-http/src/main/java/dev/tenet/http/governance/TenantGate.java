package dev.tenet.http.governance;

import dev.tenet.application.access.AccessRequest;
import dev.tenet.application.access.AccessRules;
import dev.tenet.application.access.AccessVerdict;
import dev.tenet.application.audit.Denials;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.InForce;
import dev.tenet.application.governance.GovernanceObserver;
import dev.tenet.application.governance.GovernanceObserver.Denial;
import dev.tenet.application.governance.GovernanceObserver.Source;
import dev.tenet.application.governance.QuotaVerdict;
import dev.tenet.application.governance.Quotas;
import dev.tenet.application.governance.UsageMeter;
import dev.tenet.application.observer.Observers;
import dev.tenet.domain.governance.Policy;
import dev.tenet.domain.governance.PolicyList;
import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.governance.TenantSettings;
import dev.tenet.domain.identity.Action;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.identity.Authenticator;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.Gate;
import dev.tenet.http.routing.Passage;
import dev.tenet.http.routing.Route;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The way of every request: who asks, in which tenant, whether that is permitted, whether the tenant's policy allows it,
/// and whether it is within the tenant's quota and rate. What is denied on the way has used nothing up.
public final class TenantGate implements Gate {

  /// The statuses of answers that deny what was asked for.
  private static final Set<Integer> DENIED = Set.of(401, 403, 429);

  private static final HeaderName REMAINING_REQUESTS =
      HeaderNames.create("X-Quota-Remaining-Requests");
  private static final HeaderName REMAINING_TOKENS = HeaderNames.create("X-Quota-Remaining-Tokens");
  private static final HeaderName RATE_LIMIT = HeaderNames.create("X-RateLimit-Limit");
  private static final HeaderName RATE_REMAINING = HeaderNames.create("X-RateLimit-Remaining");
  private static final int HEADERS = 4;

  /// What the gate decides with.
  ///
  /// @param rules decide what is permitted
  /// @param ruleSets know the tenants' settings
  /// @param denials record what is denied
  public record Governance(
      AccessRules rules,
      CurrentRuleSets ruleSets,
      Quotas quotas,
      UsageMeter usage,
      Observers<GovernanceObserver> observers,
      Denials denials,
      InstantSource clock) {}

  private final Governance governance;
  private final TenantHeaders headers;
  private final Authenticator authenticator;
  private final RateLimits rateLimits;

  /// @param authenticator says who asks; closing it is the caller's
  public TenantGate(Governance governance, TenantHeaders headers, Authenticator authenticator) {
    this.authenticator = authenticator;
    this.governance = governance;
    this.headers = headers;
    this.rateLimits = new RateLimits(governance.clock());
  }

  @Override
  public Passage passage(Route route, Call call) {
    if (route.action().isEmpty()) {
      return Passage.OPEN;
    }
    Principal principal = authenticator.authenticate(call.headers());
    return new Passing(route, route.action().get(), call, principal);
  }

  /// Records a denial in the chain of the tenant that the principal belongs to, or whose settings denied the request, or
  /// else of the platform.
  @Override
  public void refused(Route route, Call call, Problem problem) {
    if (!DENIED.contains(problem.status())) {
      return;
    }
    Optional<TenantId> known =
        call.passage() instanceof Passing passing ? passing.known() : Optional.empty();
    governance
        .denials()
        .denied(
            known.orElse(TenantId.PLATFORM),
            new Denials.Denial(
                governance.clock().instant(),
                call.actor(),
                route.action().map(Action::key).orElse(""),
                problem.code(),
                named(route, call),
                call.requestId()));
  }

  /// {@return the tenant that the request names, whether there is such a one or not}
  private static Optional<TenantId> named(Route route, Call call) {
    return route.namesTenant() ? TenantId.parse(call.path("tenantId")) : call.subject();
  }

  /// One request on its way.
  private final class Passing implements Passage {

    private final Route route;
    private final Action action;
    private final Call call;
    private final Principal principal;
    private final List<Header> answered = new ArrayList<>(HEADERS);

    /// The tenant that is there, for its settings were looked at.
    private Optional<TenantId> governed = Optional.empty();

    private Passing(Route route, Action action, Call call, Principal principal) {
      this.route = route;
      this.action = action;
      this.call = call;
      this.principal = principal;
    }

    @Override
    public Principal principal() {
      return principal;
    }

    @Override
    public List<Header> headers() {
      return answered;
    }

    @Override
    public void begin() {
      if (route.namesTenant()) {
        TenantId tenant = enter(Optional.of(call.tenant()));
        if (action.isUse() && !route.charges()) {
          charge(tenant, 0);
        }
      } else if (!route.charges()) {
        permit(Optional.empty());
      }
    }

    @Override
    public TenantId enter(Optional<TenantId> named) {
      named.ifPresent(call::about);
      Optional<Resolved> resolved = resolve();
      TenantId tenant =
          resolved.map(Resolved::tenant).or(() -> named).orElseThrow(() -> headers.missing());
      if (named.isPresent() && !named.get().equals(tenant)) {
        throw denied("tenant_forbidden", "The request may not act in this tenant.");
      }
      Source source = resolved.map(Resolved::source).orElse(Source.REQUEST);
      governance.observers().tell(observer -> observer.resolved(tenant, source));
      permit(Optional.of(tenant));
      call.about(tenant);
      if (action.isUse()) {
        settings(tenant).ifPresent(settings -> check(tenant, settings));
      }
      return tenant;
    }

    private Optional<Resolved> resolve() {
      return principal
          .tenant()
          .map(tenant -> new Resolved(tenant, Source.PRINCIPAL))
          .or(() -> headers.tenant(call));
    }

    private void permit(Optional<TenantId> tenant) {
      if (principal.equals(Principal.ANYBODY)) {
        return;
      }
      AccessVerdict verdict =
          governance
              .rules()
              .decide(new AccessRequest(principal, action, tenant, route.method(), call.path()));
      switch (verdict.reason()) {
        case PERMITTED_BY_ROLE, ALLOWED_BY_RULE -> {}
        case OTHER_TENANT ->
            throw denied("tenant_forbidden", "The request may not act in this tenant.");
        case DENIED_BY_RULE -> throw denied("access_denied", "An access rule denies the request.");
        case NOT_PERMITTED ->
            throw denied(
                "permission_required",
                "The request needs the permission %s, which no role of its principal has."
                    .formatted(action.key()));
      }
    }

    private Optional<TenantSettings> settings(TenantId tenant) {
      return governance.ruleSets().of(tenant, 0).map(InForce::state).map(state -> state.settings());
    }

    private Optional<TenantId> known() {
      return principal.tenant().or(() -> governed);
    }

    private void check(TenantId tenant, TenantSettings settings) {
      governed = Optional.of(tenant);
      if (settings.suspended()) {
        throw denied(
            "tenant_suspended",
            "The tenant is suspended; an administrator of the platform can resume it.");
      }
      Optional<Denial> denial = denial(settings.policy());
      governance.observers().tell(observer -> observer.policyChecked(tenant, denial.orElse(null)));
      denial.ifPresent(
          denied -> {
            throw denied("tenant_policy_denied", denied.list().reason());
          });
    }

    private Optional<Denial> denial(Policy policy) {
      for (PolicyList list : policy.lists().keySet()) {
        String value =
            switch (list) {
              case MODELS -> headers.model(call);
              case TOOLS -> headers.tool(call);
              case METHODS -> route.method();
              case PATHS -> call.path();
              case FUNCTIONS, MACROS -> "";
            };
        if (!policy.allows(list, value)) {
          return Optional.of(new Denial(list, value));
        }
      }
      return Optional.empty();
    }

    @Override
    public void charge(TenantId tenant, long tokens) {
      Optional<TenantSettings> settings = settings(tenant);
      if (settings.isPresent()) {
        charge(tenant, settings.get(), Math.max(tokens, headers.tokens(call)));
      }
    }

    private void charge(TenantId tenant, TenantSettings settings, long tokens) {
      governed = Optional.of(tenant);
      QuotaVerdict verdict = governance.quotas().consume(tenant, settings.quota(), 1, tokens);
      governance.observers().tell(observer -> observer.quotaChecked(tenant, 1, tokens, verdict));
      if (!verdict.allowed()) {
        remaining(verdict);
        governance.usage().denied(tenant);
        QuotaLimit exceeded = verdict.exceeded().orElseThrow();
        throw tooMany(
            "tenant_quota_exceeded",
            exceeded(exceeded, settings.quota().limits().getOrDefault(exceeded, 0L), tokens),
            verdict.retryAfter());
      }
      if (settings.rateLimit().limited()) {
        var rate = rateLimits.take(tenant, settings.rateLimit());
        answer(RATE_LIMIT, settings.rateLimit().requestsPerSecond());
        answer(RATE_REMAINING, rate.remaining());
        if (!rate.allowed()) {
          governance.quotas().giveBack(tenant, verdict, 1, tokens);
          remaining(verdict.givenBack(1, tokens));
          governance.usage().denied(tenant);
          throw tooMany(
              "tenant_rate_limited",
              "The tenant's requests come too fast; at most %d a second are allowed."
                  .formatted(settings.rateLimit().requestsPerSecond()),
              rate.retryAfter());
        }
      }
      remaining(verdict);
      governance.usage().used(tenant, 1, tokens);
    }

    private void remaining(QuotaVerdict verdict) {
      answer(REMAINING_REQUESTS, verdict.remainingRequests());
      answer(REMAINING_TOKENS, verdict.remainingTokens());
    }

    /// {@return what is in the way of the request}
    private static String exceeded(QuotaLimit limit, long most, long tokens) {
      return limit.unit() == QuotaLimit.Unit.TOKENS && tokens > most
          ? "The request needs %d tokens at once, and the tenant's quota of %s is %d: it will never be allowed. Send less at once, or have the quota raised."
              .formatted(tokens, limit.key(), most)
          : "The tenant has used up its quota of %s.".formatted(limit.key());
    }

    /// A stream, whose headers are gone by then, is charged again and again.
    private void answer(HeaderName name, long value) {
      if (value != QuotaVerdict.UNLIMITED && answered.size() < HEADERS) {
        answered.add(HeaderValues.create(name, value));
      }
    }

    private static ProblemException denied(String code, String detail) {
      return new ProblemException(Problem.of(403, code, detail));
    }

    private static ProblemException tooMany(String code, String detail, Duration retryAfter) {
      return new ProblemException(Problem.of(429, code, detail).retryAfter(retryAfter));
    }
  }
}
