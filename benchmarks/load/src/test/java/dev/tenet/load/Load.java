package dev.tenet.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Users who come one after the other and stay to the end, each with a connection, and ask, wait for the answer and pause, again
/// and again.
abstract class Load extends Simulation {

  private final Settings settings = Settings.read();
  private final Server server = Server.of(settings);
  private final Seed seed = new Seed(server.url());
  private volatile long end;

  /// @param pause between an answer and the next request
  /// @param p99 how long the 99th of a hundred requests may take, in ms
  Load(int users, Duration pause, int p99) {
    List<Assertion> expectations = new ArrayList<>();
    expectations.add(global().failedRequests().count().is(0L));
    if (settings.measures()) {
      expectations.add(global().responseTime().percentile(99.0).lt(p99));
    }
    setUp(
            scenario(getClass().getSimpleName())
                .exec(asLongAs(_ -> System.nanoTime() < end).on(request().pause(pause)))
                .injectOpen(rampUsers(settings.users(users)).during(settings.coming())))
        .protocols(
            http.baseUrl(server.url().resolve("/api/v1").toString())
                .contentTypeHeader("application/json")
                .disableCaching())
        .assertions(expectations);
  }

  /// {@return what a user asks, by chance}
  abstract ChainBuilder request();

  final ChainBuilder evaluate() {
    return exec(
        http("evaluate")
            .post("/evaluate")
            .body(StringBody(_ -> Seed.evaluation(seed.anyTenant())))
            .check(status().is(200), substring("\"matched\":true").exists()));
  }

  final ChainBuilder listRules() {
    return exec(
        http("list rules")
            .get(_ -> "/tenants/" + seed.anyTenant().id() + "/rules")
            .check(status().is(200), substring("\"expression\":").exists()));
  }

  final ChainBuilder readHistory() {
    return exec(
        http("read history")
            .get(_ -> "/tenants/" + seed.anyTenant().id() + "/history?pageSize=20")
            .check(status().is(200), substring("\"revision\":").exists()));
  }

  final ChainBuilder reviseRule() {
    return exec(
        http("revise rule")
            .put(
                _ -> {
                  Seed.Tenant tenant = seed.anyTenant();
                  return "/tenants/" + tenant.id() + "/rules/" + tenant.anyRule();
                })
            .body(StringBody(_ -> Seed.revision()))
            .check(status().is(200)));
  }

  @Override
  public final void before() {
    end = System.nanoTime() + settings.duration().toNanos();
  }

  @Override
  public final void after() {
    server.memory().ifPresent(System.out::println);
    seed.delete();
    server.stop();
  }
}
