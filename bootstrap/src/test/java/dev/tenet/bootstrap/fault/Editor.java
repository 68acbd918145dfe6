package dev.tenet.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.fault.History.Request;
import dev.tenet.bootstrap.http.Client;
import dev.tenet.bootstrap.http.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A client that changes one tenant, one random change after the other, each with a key of its own.
///
/// A change that was refused with 503 or whose connection was lost is sent again with the same key; now and then the client
/// gives up instead, and then nobody knows whether it was made. It changes no rule that another client added.
final class Editor implements Runnable {

  private static final String SCHEMA = "{\"definition\":{\"User\":{\"Age\":\"int\"}}}";

  private static final int MOST_RULES = 12;
  private static final Duration PAUSE_BEFORE_RETRY = Duration.ofMillis(50);

  /// One in so many changes that fail is given up.
  private static final int GIVING_UP = 3;

  private final String name;
  private final String tenant;
  private final String marker;
  private final Supplier<Node> nodes;
  private final History history;
  private final Duration pause;
  private final BooleanSupplier stopped;
  private final Random random;
  private final Map<String, Rule> rules = new ConcurrentHashMap<>();
  private int sent;

  /// What must be found of a rule whose last change was acknowledged.
  record Rule(String name, String expression) {}

  /// @param name unique among the clients
  /// @param nodes where to send the next request
  /// @param pause between two changes
  Editor(
      String name,
      Tenant tenant,
      Supplier<Node> nodes,
      History history,
      Duration pause,
      BooleanSupplier stopped,
      long seed) {
    this.name = name;
    this.tenant = tenant.id();
    this.marker = tenant.marker();
    this.nodes = nodes;
    this.history = history;
    this.pause = pause;
    this.stopped = stopped;
    random = new Random(seed);
  }

  /// A tenant with a schema and a rule that puts out a number, by which decisions show what made them.
  record Tenant(String id, String marker) {

    /// Creates one.
    static Tenant create(String name, Supplier<Node> nodes, History history) {
      String id =
          patient(name, "", nodes, history)
              .settle("create " + name, "POST", "/api/v1/tenants", json("name", name))
              .text("id");
      var editor = patient(name + "-setup", id, nodes, history);
      editor.settle("schema", "POST", Node.path(id) + "/schema", SCHEMA);
      Reply marker =
          editor.settle(
              "add marker User.Age >= 0 [0]",
              "POST",
              Node.path(id) + "/rules",
              "{\"name\":\"marker\",\"expression\":\"User.Age >= 0\",\"then\":{\"number\":\"0\"}}");
      return new Tenant(id, marker.text("id"));
    }

    private static Editor patient(String name, String id, Supplier<Node> nodes, History history) {
      return new Editor(name, new Tenant(id, ""), nodes, history, Duration.ZERO, () -> false, 0);
    }
  }

  String tenant() {
    return tenant;
  }

  /// {@return its rules, by their ids, as they must be until it asks for another change of them}
  Map<String, Rule> rules() {
    return rules;
  }

  @Override
  public void run() {
    try {
      while (!stopped.getAsBoolean()) {
        changeSomething();
        nodes.get().evaluate(tenant, random.nextBoolean() ? history.revision(tenant) : 0);
        LockSupport.parkNanos(pause.toNanos());
      }
    } catch (RuntimeException | AssertionError e) {
      history.failed(e);
    }
  }

  private void changeSomething() {
    int dice = random.nextInt(100);
    if (dice < 5) {
      String title = name + " " + sent;
      change("rename " + title, "PUT", Node.path(tenant), json("name", title));
    } else if (dice < 12) {
      change(
          "schema",
          "PUT",
          Node.path(tenant) + "/schema",
          "{\"definition\":{\"User\":{\"Age\":\"int\",\"Extra%d\":\"string?\"}}}".formatted(sent));
    } else if (dice < 14) {
      String title = "of " + name + " " + sent;
      var founder = new Tenant("", "");
      new Editor(name + "-" + sent++, founder, nodes, history, pause, stopped, random.nextLong())
          .change("create " + title, "POST", "/api/v1/tenants", json("name", title));
    } else if (dice < 30) {
      reviseMarker(random.nextInt(1_000_000));
    } else if (rules.isEmpty() || (dice < 65 && rules.size() < MOST_RULES)) {
      addRule();
    } else if (dice < 85) {
      reviseRule();
    } else {
      removeRule();
    }
  }

  private void reviseMarker(int number) {
    change(
        "revise marker User.Age >= 0 [%d]".formatted(number),
        "PUT",
        Node.path(tenant) + "/rules/" + marker,
        "{\"then\":{\"number\":\"%d\"}}".formatted(number));
  }

  private void addRule() {
    var rule = new Rule(name + " " + sent, expression());
    change(
            "add " + words(rule),
            "POST",
            Node.path(tenant) + "/rules",
            Client.json(Map.of("name", rule.name(), "expression", rule.expression())))
        .ifPresent(added -> rules.put(added.text("id"), rule));
  }

  private void reviseRule() {
    String id = anyRule();
    Rule old = Optional.ofNullable(rules.remove(id)).orElseThrow();
    var rule = new Rule(old.name(), expression());
    change(
            "revise " + words(rule),
            "PUT",
            Node.path(tenant) + "/rules/" + id,
            json("expression", rule.expression()))
        .ifPresent(revised -> rules.put(id, rule));
  }

  private void removeRule() {
    String id = anyRule();
    Rule rule = Optional.ofNullable(rules.remove(id)).orElseThrow();
    change("remove " + rule.name(), "DELETE", Node.path(tenant) + "/rules/" + id, null);
  }

  private String anyRule() {
    List<String> ids = new ArrayList<>(rules.keySet());
    return ids.get(random.nextInt(ids.size()));
  }

  private String expression() {
    return "User.Age >= " + random.nextInt(100);
  }

  private static String words(Rule rule) {
    return rule.name() + " " + rule.expression() + " []";
  }

  private static String json(String member, String value) {
    return Client.json(Map.of(member, value));
  }

  private Optional<Reply> change(String words, String method, String path, @Nullable String body) {
    return change(words, method, path, body, random.nextInt(GIVING_UP) > 0);
  }

  private Reply settle(String words, String method, String path, String body) {
    return change(words, method, path, body, true).orElseThrow();
  }

  /// Sends a change until it is answered or, if the client is not patient, fails.
  ///
  /// @return the answer that acknowledges it
  private Optional<Reply> change(
      String words, String method, String path, @Nullable String body, boolean patient) {
    String key = name + "." + sent++;
    while (true) {
      Optional<Reply> reply = nodes.get().change(tenant, method, path, body, key);
      if (reply.isPresent() && reply.get().status() != 503) {
        assertThat(reply.get().status()).as(reply.get().text()).isBetween(200, 299);
        long revision = Node.revision(reply.get());
        history.settled(new Request(key, tenant, words, Optional.of(revision)));
        return reply;
      }
      reply.ifPresent(refused -> assertThat(refused.header("Retry-After")).isNotNull());
      if (!patient) {
        history.settled(new Request(key, tenant, words, Optional.empty()));
        return Optional.empty();
      }
      LockSupport.parkNanos(PAUSE_BEFORE_RETRY.toNanos());
    }
  }
}
