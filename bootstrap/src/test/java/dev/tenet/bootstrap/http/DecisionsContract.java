package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.spi.StoreProvider.OpenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The log of decisions, as auditors see it.
abstract class DecisionsContract extends HttpContract {

  private static final String SCHEMA =
      """
      {"definition": {
        "User": {"Age": "int", "Born": "timestamp?", "Pin": {"type": "string", "sensitive": true, "optional": true}}}}
      """;
  private static final String NO_DECISION = "0197a3c2-0000-7000-8000-00000000dead";

  @Override
  abstract OpenStore open();

  private String logging(String mode, String delivery) {
    String tenant = tenantWith(SCHEMA);
    set(tenant, mode, 1.0, delivery);
    return tenant;
  }

  private void set(String tenant, String mode, double rate, String delivery) {
    client()
        .put(
            tenant.replace("/api/v1/", "/api/v1/admin/") + "/decision-log",
            Map.of("mode", mode, "rate", rate, "delivery", delivery, "retentionDays", 30))
        .expect(200);
  }

  private String decide(String tenant, String facts) {
    return evaluate(tenant, facts).expect(200).text("decisionId");
  }

  private Reply find(String tenant, String decision) {
    return client().get(tenant + "/decisions/" + decision);
  }

  private List<?> found(String tenant, String query) {
    return client().get(tenant + "/decisions" + query).expect(200).each("decisions", "decisionId");
  }

  private Reply replay(String tenant, String decision) {
    return client().post(tenant + "/decisions/" + decision + ":replay", "").expect(200);
  }

  private String ruleThen(String tenant, String name, String when, Map<String, String> then) {
    return client()
        .post(tenant + "/rules", Map.of("name", name, "expression", when, "then", then))
        .expect(201)
        .text("id");
  }

  @Test
  void nothingIsKeptUnlessTheTenantWantsIt() {
    String tenant = tenantWith(SCHEMA);
    String decision = decide(tenant, "{\"User\": {\"Age\": 20}}");

    find(tenant, decision).problem(404, "decision_not_found");
    assertThat(found(tenant, "")).isEmpty();
  }

  @Test
  void aDurableDecisionIsThereOnceItIsAnswered() {
    String tenant = logging("all", "durable");
    String adult =
        ruleThen(tenant, "adult", "User.Age >= 18", Map.of("next", "User.Age + 1", "ok", "true"));
    String minor = rule(tenant, "minor", "User.Age < 18");
    String born = rule(tenant, "born", "User.Born < now");
    Reply answer =
        client()
            .send(
                "POST",
                tenant + "/evaluate",
                "{\"facts\": {\"User\": {\"Age\": 20, \"Unknown\": 1}}, \"tags\": []}",
                Map.of("X-Request-ID", "checkout-7f3a"))
            .expect(200);

    Reply kept = find(tenant, answer.text("decisionId")).expect(200);

    assertThat(kept.text("decisionId")).isEqualTo(answer.text("decisionId"));
    assertThat(kept.number("revision")).isEqualTo(answer.number("revision"));
    assertThat(kept.number("schemaVersion")).isEqualTo(1);
    assertThat(kept.at("facts")).isEqualTo(Map.of("User", Map.of("Age", 20L)));
    assertThat(kept.list("maskedFields")).isEmpty();
    assertThat(kept.each("results", "ruleId")).isEqualTo(List.of(adult, minor, born));
    assertThat(kept.at("results")).isEqualTo(answer.at("results"));
    assertThat(kept.number("evaluated")).isEqualTo(3);
    assertThat(kept.number("matched")).isEqualTo(1);
    assertThat(kept.number("failed")).isEqualTo(1);
    assertThat(kept.text("requestId")).isEqualTo("checkout-7f3a");
    assertThat(kept.text("principal")).isEqualTo("anonymous");
    assertThat(kept.text("evaluationTime")).endsWith("ms");
    assertThat(kept.text("selection.include")).isEqualTo("all");
  }

  @Test
  void whatTheRequestSelectedIsKeptWithIt() {
    String tenant = logging("all", "durable");
    String adult = rule(tenant, "adult", "User.Age >= 18");
    rule(tenant, "minor", "User.Age < 18");
    String decision =
        client()
            .post(
                tenant + "/evaluate",
                Map.of(
                    "facts",
                    Map.of("User", Map.of("Age", 20)),
                    "rules",
                    List.of(NO_DECISION, adult),
                    "include",
                    "matched",
                    "trace",
                    true))
            .expect(200)
            .text("decisionId");

    Reply kept = find(tenant, decision).expect(200);

    assertThat(kept.list("selection.rules")).isEqualTo(List.of(NO_DECISION, adult));
    assertThat(kept.text("selection.include")).isEqualTo("matched");
    assertThat(kept.list("notFound")).isEqualTo(List.of(NO_DECISION));
    assertThat(kept.text()).doesNotContain("trace");
    assertThat(replay(tenant, decision).text("outcome")).isEqualTo("identical");
  }

  @Test
  void batchesAndStreamsAreKeptWhole() {
    String tenant = logging("all", "durable");
    rule(tenant, "adult", "User.Age >= 18");
    List<Map<String, Object>> sets =
        IntStream.range(0, 300)
            .<Map<String, Object>>mapToObj(age -> Map.of("User", Map.of("Age", age)))
            .toList();
    List<String> decided = new ArrayList<>();
    Reply batch = client().post(tenant + "/evaluate:batch", Map.of("facts", sets)).expect(200);
    batch.each("decisions", "decisionId").forEach(id -> decided.add((String) id));
    String lines = String.join("\n", sets.stream().map(Client::json).toList()) + "\n\n{broken\n";
    Reply stream =
        client()
            .send(
                "POST",
                tenant + "/evaluate:batch",
                lines,
                Map.of("Content-Type", "application/x-ndjson"))
            .expect(200);
    assertThat(stream.text().lines()).hasSize(301);
    stream
        .text()
        .lines()
        .limit(300)
        .forEach(line -> decided.add(line.substring(line.indexOf(':') + 2, line.indexOf(',') - 1)));

    List<Object> kept = new ArrayList<>();
    String token = "";
    do {
      Reply page = client().get(tenant + "/decisions?pageSize=170" + token).expect(200);
      kept.addAll(page.each("decisions", "decisionId"));
      token = page.at("nextPageToken") == null ? "" : "&pageToken=" + page.text("nextPageToken");
    } while (!token.isEmpty());

    assertThat(kept).hasSize(600).containsExactlyInAnyOrderElementsOf(decided);
  }

  @Test
  void bestEffortIsKeptSoon() {
    String tenant = logging("all", "best_effort");
    rule(tenant, "adult", "User.Age >= 18");
    String decision = decide(tenant, "{\"User\": {\"Age\": 20}}");
    long end = System.nanoTime() + 30_000_000_000L;
    while (find(tenant, decision).status() != 200 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }

    find(tenant, decision).expect(200);
  }

  @Test
  void aShareIsKeptWhenThatIsWanted() {
    String tenant = logging("all", "durable");
    set(tenant, "sampled", 0.0, "durable");
    decide(tenant, "{}");
    assertThat(found(tenant, "")).isEmpty();
    set(tenant, "sampled", 1.0, "durable");
    decide(tenant, "{}");
    assertThat(found(tenant, "")).hasSize(1);
    set(tenant, "sampled", 0.5, "durable");
    String many = "[" + "{},".repeat(399) + "{}]";
    client().post(tenant + "/evaluate:batch", many).expect(200);

    assertThat(found(tenant, "").size() - 1).isBetween(120, 280);
  }

  @Test
  void decisionsAreFoundByWhatTheyWere() {
    String tenant = logging("all", "durable");
    String adult = rule(tenant, "adult", "User.Age >= 18");
    String child = decide(tenant, "{\"User\": {\"Age\": 7}}");
    long revision = find(tenant, child).number("revision");
    rule(tenant, "minor", "User.Age < 18");
    String grown = decide(tenant, "{\"User\": {\"Age\": 20}}");
    String faulty = decide(tenant, "{}");
    String at = find(tenant, grown).text("at");

    assertThat(found(tenant, "")).isEqualTo(List.of(faulty, grown, child));
    assertThat(found(tenant, "?ruleId=" + adult)).isEqualTo(List.of(grown));
    assertThat(found(tenant, "?revision=" + revision)).isEqualTo(List.of(child));
    assertThat(found(tenant, "?error=true")).isEqualTo(List.of(faulty));
    assertThat(found(tenant, "?since=" + at)).isEqualTo(List.of(faulty, grown));
    assertThat(found(tenant, "?until=" + at)).isEqualTo(List.of(child));
    Reply page = client().get(tenant + "/decisions?pageSize=2").expect(200);
    assertThat(found(tenant, "?pageToken=" + page.text("nextPageToken"))).isEqualTo(List.of(child));
    for (String query :
        List.of(
            "since=2026-02-01T00:00:00Z&until=2026-01-31T00:00:00Z",
            "since=yesterday",
            "until=1",
            "ruleId=x",
            "revision=-1",
            "error=perhaps")) {
      client().get(tenant + "/decisions?" + query).problem(400, "parameter_invalid");
    }
    client().get(tenant + "/decisions?rule=" + adult).problem(400, "parameter_unknown");
  }

  @Test
  void aReplayTakesNothing() {
    String tenant = logging("all", "durable");
    String path = tenant + "/decisions/" + decide(tenant, "{}") + ":replay";
    client().post(path, "{}").expect(200);
    client().post(path, "{\"x\": 1}").problem(400, "member_unknown");
    client().post(path, "garbage").problem(400, "json_malformed");
    client()
        .send("POST", path, "{}", Map.of("Content-Type", "text/plain"))
        .problem(415, "media_type_unsupported");
  }

  @Test
  void nothingOfAnotherTenantIsFound() {
    String ours = logging("all", "durable");
    String theirs = logging("all", "durable");
    String decision = decide(theirs, "{}");

    find(ours, decision).problem(404, "decision_not_found");
    find(ours, "nonsense").problem(404, "decision_not_found");
    client()
        .post(ours + "/decisions/" + decision + ":replay", "")
        .problem(404, "decision_not_found");
    assertThat(found(ours, "")).isEmpty();
    String nobody = "/api/v1/tenants/" + NO_DECISION;
    find(nobody, decision).problem(404, "tenant_not_found");
    client().get(nobody + "/decisions").problem(404, "tenant_not_found");
    client()
        .post(nobody + "/decisions/" + decision + ":replay", "")
        .problem(404, "tenant_not_found");
  }

  @Test
  void aReplayIsIdenticalAfterTheDefinitionsChangedAndTimeWentOn() {
    String tenant = logging("all", "durable");
    String adult =
        ruleThen(
            tenant,
            "adult",
            "now - User.Born > duration('157680h')",
            Map.of("asked", "now", "age", "now - User.Born", "half", "0.1 + 0.2"));
    String decision = decide(tenant, "{\"User\": {\"Born\": \"2000-02-29T12:00:00.123456789Z\"}}");
    client().put(tenant + "/rules/" + adult, Map.of("expression", "false")).expect(200);
    client()
        .put(tenant + "/schema", "{\"definition\": {\"User\": {\"Name\": \"string\"}}}")
        .expect(200);

    Reply replay = replay(tenant, decision);

    assertThat(replay.text("outcome")).as(replay.text()).isEqualTo("identical");
    assertThat(replay.at("identical")).isEqualTo(true);
    assertThat(replay.at("replayable")).isEqualTo(true);
    assertThat(replay.list("differences")).isEmpty();
    assertThat(replay.number("revision")).isEqualTo(find(tenant, decision).number("revision"));
    assertThat(replay.text("now"))
        .isEqualTo(find(tenant, decision).text("at"))
        .isEqualTo(find(tenant, decision).text("results.0.outputs.asked"));
    assertThat(found(tenant, "")).as("a replay is no decision").hasSize(1);
  }

  @Test
  void aReplayDoesNotPretendToKnowWhatIsMasked() {
    String tenant = logging("all", "durable");
    client()
        .post(
            tenant + "/derived",
            Map.of("name", "isKnown", "expression", "User.Pin.startsWith('47')"))
        .expect(201);
    String known = rule(tenant, "known", "isKnown");
    String adult = rule(tenant, "adult", "User.Age >= 18");
    String decision = decide(tenant, "{\"User\": {\"Age\": 20, \"Pin\": \"4711\"}}");
    String without = decide(tenant, "{\"User\": {\"Age\": 20}}");

    Reply replay = replay(tenant, decision);

    assertThat(replay.text("outcome")).isEqualTo("undetermined");
    assertThat(replay.at("identical")).isEqualTo(false);
    assertThat(replay.at("replayable")).isEqualTo(false);
    assertThat(replay.list("maskedFields")).isEqualTo(List.of("User.Pin"));
    assertThat(replay.each("differences", "ruleId")).isEqualTo(List.of(known));
    assertThat(replay.text("differences.0.outcome")).isEqualTo("undetermined");
    assertThat(replay.list("differences.0.maskedFields")).isEqualTo(List.of("User.Pin"));
    assertThat(replay.at("differences.0.logged.matched")).isEqualTo(true);
    assertThat(replay.at("differences.0.replayed")).isNull();
    assertThat(find(tenant, decision).at("facts"))
        .isEqualTo(Map.of("User", Map.of("Age", 20L, "Pin", "***")));
    assertThat(replay(tenant, without).text("outcome")).isEqualTo("identical");
    client().delete(tenant + "/rules/" + adult).expect(204);
  }

  @Test
  void outputsMadeOfSensitiveFieldsAreAnsweredAndNotKept() {
    String tenant = logging("all", "durable");
    ruleThen(
        tenant,
        "all of it",
        "User.Age >= 18",
        Map.of("pin", "User.Pin", "long", "User.Pin + User.Pin", "known", "User.Pin != ''"));
    Reply answer = evaluate(tenant, "{\"User\": {\"Age\": 20, \"Pin\": \"4711\"}}").expect(200);

    Reply kept = find(tenant, answer.text("decisionId")).expect(200);

    assertThat(answer.text("results.0.outputs.pin")).isEqualTo("4711");
    assertThat(kept.at("results.0.outputs"))
        .isEqualTo(Map.of("pin", "***", "long", "***", "known", true));
    assertThat(kept.text()).doesNotContain("4711");
  }
}
