package dev.tenet.bootstrap.telemetry;

import dev.tenet.application.plugin.InvocationObserver;
import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.http.routing.ServedRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// The meters with one value of the label `tenant_id`, looked up once.
final class TenantMeters {

  private static final String TENANT = "tenant_id";
  private static final String QUOTA_EXCEEDED = "tenant_quota_exceeded";
  private static final String RATE_LIMITED = "tenant_rate_limited";
  private static final String POLICY_DENIED = "tenant_policy_denied";

  private final String label;
  private final boolean shared;
  private final List<Meter> meters = new ArrayList<>();
  private final List<Counter> requests = new ArrayList<>();
  private final Timer duration;
  private final Counter quotaRejections;
  private final Counter policyDenials;
  private final Counter evaluations;
  private final Counter ruleErrors;
  private final Counter pluginCalls;
  private final Counter pluginErrors;
  private final LongAdder recent = new LongAdder();

  /// @param label the value of the label
  /// @param shared whether it stands for many
  TenantMeters(MeterRegistry registry, String prefix, String label, boolean shared) {
    this.label = label;
    this.shared = shared;
    for (String status : StatusClass.ALL) {
      requests.add(
          kept(
              Counter.builder(prefix + ".tenant.requests")
                  .description("Answered requests of a tenant, by the class of their status.")
                  .tags(TENANT, label, "status", status)
                  .register(registry)));
    }
    duration =
        kept(
            Timer.builder(prefix + ".tenant.request.duration")
                .description("How long requests of a tenant took.")
                .tag(TENANT, label)
                .serviceLevelObjectives(Metrics.buckets())
                .register(registry));
    quotaRejections =
        counter(registry, prefix + ".tenant.quota.rejections", "Requests beyond a quota or rate.");
    policyDenials =
        counter(registry, prefix + ".tenant.policy.denials", "Requests that a policy denied.");
    evaluations = counter(registry, prefix + ".tenant.evaluations", "Sets of facts evaluated.");
    ruleErrors =
        counter(registry, prefix + ".tenant.rule.errors", "Rules that failed in an evaluation.");
    pluginCalls =
        counter(registry, prefix + ".tenant.plugin.calls", "Functions of plugins invoked.");
    pluginErrors =
        counter(registry, prefix + ".tenant.plugin.errors", "Invocations that gave no result.");
  }

  private Counter counter(MeterRegistry registry, String name, String description) {
    return kept(
        Counter.builder(name).description(description).tag(TENANT, label).register(registry));
  }

  private <M extends Meter> M kept(M meter) {
    meters.add(meter);
    return meter;
  }

  /// {@return whether it stands for many tenants}
  boolean isShared() {
    return shared;
  }

  void answered(ServedRequest request) {
    recent.increment();
    requests.get(StatusClass.of(request.status())).increment();
    duration.record(request.nanos(), TimeUnit.NANOSECONDS);
    request.problem().ifPresent(this::refused);
  }

  private void refused(String problem) {
    switch (problem) {
      case QUOTA_EXCEEDED, RATE_LIMITED -> quotaRejections.increment();
      case POLICY_DENIED -> policyDenials.increment();
      default -> {
        // Told by the class of the status.
      }
    }
  }

  void decided(Decision decision) {
    evaluations.increment();
    int failed = 0;
    List<RuleOutcome> outcomes = decision.outcomes();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i).fault() != null) {
        failed++;
      }
    }
    if (failed > 0) {
      ruleErrors.increment(failed);
    }
  }

  void invoked(InvocationObserver.Invocation invocation) {
    pluginCalls.increment();
    if (!invocation.code().equals("ok")) {
      pluginErrors.increment();
    }
  }

  /// {@return how many requests there were since this was asked last}
  long takeRecent() {
    return recent.sumThenReset();
  }

  /// Takes the meters out of the registry.
  void remove(MeterRegistry registry) {
    meters.forEach(registry::remove);
  }
}
