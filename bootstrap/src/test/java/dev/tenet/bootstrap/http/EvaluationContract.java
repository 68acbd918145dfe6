package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requirements A6.
abstract class EvaluationContract extends HttpContract {

  private static final String CANADIAN =
      "{\"User\":{\"Age\":30,\"Citizenship\":\"CANADA\"},\"Transaction\":{\"Amount\":1500.0,\"Country\":\"US\"}}";

  @Test
  void decidesTheQuickExampleWithFlatFacts() {
    String tenant =
        tenantWith(
            "{\"definition\":{\"facts\":{\"age\":\"int\",\"country\":\"string\",\"is_premium\":\"bool\"}}}");
    client()
        .post(
            tenant + "/rules",
            "{\"name\":\"Adult Check\",\"expression\":\"facts.age >= 18\",\"description\":\"User must be 18 or older\"}")
        .expect(201);
    String id = tenant.substring(tenant.lastIndexOf('/') + 1);
    Reply flat =
        client()
            .post(
                "/api/v1/evaluate",
                "{\"tenantId\":\""
                    + id
                    + "\",\"facts\":{\"age\":25,\"country\":\"US\",\"is_premium\":true}}")
            .expect(200);
    assertThat(flat.text("results.0.ruleName")).isEqualTo("Adult Check");
    assertThat(flat.at("results.0.matched")).isEqualTo(true);
    assertThat(flat.text("evaluationTime")).matches("[0-9]+\\.[0-9]{3}ms");
    assertThat(flat.number("revision")).isEqualTo(3);
    assertThat(flat.number("schemaVersion")).isEqualTo(1);
    assertThat(flat.text("decisionId")).hasSize(36);
    assertThat(evaluate(tenant, "{\"facts\":{\"age\":17}}").at("results.0.matched"))
        .isEqualTo(false);
  }

  @Test
  void requiresTenantAndFacts() {
    assertThat(
            client()
                .post("/api/v1/evaluate", "{}")
                .problem(400, "tenant_id_required")
                .text("error"))
        .isEqualTo("tenantId is required");
    String id = tenant("acme");
    String body = "{\"tenantId\":\"" + id + "\"";
    assertThat(
            client()
                .post("/api/v1/evaluate", body + "}")
                .problem(400, "facts_required")
                .text("error"))
        .isEqualTo("facts are required");
    client().post("/api/v1/evaluate", body + ",\"facts\":null}").problem(400, "facts_required");
    client().post("/api/v1/evaluate", body + ",\"facts\":[]}").problem(400, "wrong_type");
    client().post("/api/v1/evaluate", body + ",\"facts\":{}}").problem(409, "schema_not_found");
    client()
        .post("/api/v1/evaluate", "{\"tenantId\":\"nobody\",\"facts\":{}}")
        .problem(404, "tenant_not_found");
  }

  @Test
  void selectsRules() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String first = rule(tenant, "first", "User.Age > 18");
    String second = rule(tenant, "second", "User.Age > 40");
    client()
        .post(
            tenant + "/rules", "{\"name\":\"third\",\"expression\":\"true\",\"tags\":[\"fraud\"]}")
        .expect(201);
    assertThat(evaluate(tenant, CANADIAN).each("results", "ruleName"))
        .isEqualTo(List.of("first", "second", "third"));
    Reply chosen =
        client()
            .post(
                tenant + "/evaluate",
                "{\"facts\":"
                    + CANADIAN
                    + ",\"rules\":[\""
                    + second
                    + "\",\"nope\",\""
                    + first
                    + "\"]}")
            .expect(200);
    assertThat(chosen.each("results", "ruleId")).isEqualTo(List.of(second, first));
    assertThat(chosen.list("notFound")).isEqualTo(List.of("nope"));
    assertThat(
            client()
                .post(tenant + "/evaluate", "{\"facts\":" + CANADIAN + ",\"rules\":[]}")
                .list("results"))
        .hasSize(3);
    assertThat(
            client()
                .post(tenant + "/evaluate", "{\"facts\":" + CANADIAN + ",\"tags\":[\"fraud\"]}")
                .each("results", "ruleName"))
        .isEqualTo(List.of("third"));
    assertThat(
            client()
                .post(tenant + "/evaluate", "{\"facts\":" + CANADIAN + ",\"include\":\"matched\"}")
                .each("results", "ruleName"))
        .isEqualTo(List.of("first", "third"));
  }

  @Test
  void reportsFaultsOfRulesUnder200() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String missing = rule(tenant, "missing", "User.Age > 18");
    rule(tenant, "division", "1 / (User.Age - User.Age) > 0 || false");
    rule(tenant, "fine", "Transaction.Amount > 1000");
    rule(tenant, "text", "Transaction.Country");
    Reply decision =
        evaluate(tenant, "{\"Transaction\":{\"Amount\":1001,\"Country\":\"CA\"}}").expect(200);
    assertThat(decision.text("results.0.errorCode")).isEqualTo("fact_missing");
    assertThat(decision.text("results.0.error")).contains("User");
    assertThat(decision.at("results.2.matched")).isEqualTo(true);
    assertThat(decision.at("results.2.error")).isNull();
    assertThat(decision.at("results.3.matched")).isEqualTo(false);
    assertThat(decision.at("results.3.error")).isNull();
    Reply chosen =
        client()
            .post(tenant + "/evaluate", "{\"facts\":{},\"rules\":[\"" + missing + "\"]}")
            .expect(200);
    assertThat(chosen.text("results.0.errorCode")).isEqualTo("fact_missing");
    assertThat(evaluate(tenant, "{\"User\":{\"Age\":3}}").text("results.1.errorCode"))
        .isEqualTo("division_by_zero");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"User\":{\"Age\":\"30\"}}|/facts/User/Age",
        "{\"User\":{\"Age\":30.5}}|/facts/User/Age",
        "{\"User\":{\"Age\":null}}|/facts/User/Age",
        "{\"User\":[]}|/facts/User",
        "{\"Transaction\":{\"Amount\":true}}|/facts/Transaction/Amount",
      })
  void refusesFactsThatContradictTheSchema(String facts, String pointer) {
    Reply refused =
        evaluate(tenantWith(USER_AND_TRANSACTION), facts).problem(400, "fact_type_mismatch");
    assertThat(refused.text("errors.0.pointer")).isEqualTo(pointer);
    assertThat(refused.text("field")).isEqualTo(pointer);
  }

  @Test
  void coercesByType() {
    String tenant =
        tenantWith(
            """
            {"definition": {"X": {"i": "int64", "f": "float64", "t": "timestamp", "d": "duration",
             "b": "bytes", "l": "list<int>", "m": "map<string,float64>", "o": {"p": "string?"},
             "e": {"enum": ["a", "b"]}, "any": "dyn"}, "Y": {"z": "int"}}}
            """);
    rule(tenant, "int", "X.i == 9223372036854775807");
    rule(tenant, "arithmetic", "X.f + 1.0 == 26.0");
    rule(tenant, "timestamp", "X.t > timestamp('2024-01-01T00:00:00Z') && X.t < now");
    rule(tenant, "duration", "X.d == duration('5400s')");
    rule(tenant, "bytes", "X.b == b'hello'");
    rule(tenant, "list", "X.l.exists(i, i > 2) && 3 in X.l");
    rule(tenant, "map", "X.m['k'] > 1");
    rule(tenant, "optional", "!has(X.o.p) && X.o.?p.orValue('none') == 'none'");
    rule(tenant, "enum", "X.e == 'a'");
    rule(tenant, "dyn", "X.any.deep[1] == 'x'");
    Reply decision =
        evaluate(
                tenant,
                """
                {"X": {"i": 9223372036854775807, "f": 25, "t": "2024-06-01T00:00:00+02:00",
                 "d": "1h30m", "b": "aGVsbG8=", "l": [1, 2, 3.0], "m": {"k": 2}, "o": {"p": null},
                 "e": "a", "any": {"deep": [1, "x"]}, "unknown": {}}, "Unknown": 1}
                """)
            .expect(200);
    decision.all("results", result -> Boolean.TRUE.equals(result.get("matched")));
  }

  @Test
  void givesOutputs() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    client()
        .post(
            tenant + "/rules",
            """
            {"name": "large", "expression": "Transaction.Amount > 1000",
             "then": {"score": "Transaction.Amount / 100.0", "reason": "'large'"}}
            """)
        .expect(201);
    client()
        .post(
            tenant + "/rules",
            "{\"name\":\"fails\",\"expression\":\"true\",\"then\":{\"x\":\"1 / (User.Age - 30)\"}}")
        .expect(201);
    Reply decision = evaluate(tenant, CANADIAN).expect(200);
    assertThat(decision.at("results.0.outputs"))
        .isEqualTo(Map.of("score", 15.0, "reason", "large"));
    assertThat(decision.at("results.1.matched")).isEqualTo(false);
    assertThat(decision.text("results.1.errorCode")).isEqualTo("division_by_zero");
    assertThat(evaluate(tenant, "{\"Transaction\":{\"Amount\":1}}").at("results.0.outputs"))
        .isNull();
  }

  @Test
  void tracesOnDemand() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    rule(tenant, "r", "User.Age >= 65 && Transaction.Amount > 1000");
    assertThat(evaluate(tenant, CANADIAN).at("results.0.trace")).isNull();
    Reply traced =
        client().post(tenant + "/evaluate?trace=true", "{\"facts\":" + CANADIAN + "}").expect(200);
    assertThat(traced.at("results.0.trace"))
        .isEqualTo(
            Map.of(
                "User.Age", 30L,
                "User.Age >= 65", false,
                "User.Age >= 65 && Transaction.Amount > 1000", false));
    assertThat(traced.list("results.0.skipped")).isEqualTo(List.of("Transaction.Amount > 1000"));
    assertThat(traced.text("results.0.decidedBy")).isEqualTo("User.Age >= 65");
  }

  @Test
  void masksSensitiveFieldsInsideListsAndMaps() {
    String tenant =
        tenantWith(
            """
            {"definition": {"P": {"l": "list<int>",
             "os": {"list": {"secret": {"type": "int", "sensitive": true}, "open": "int"}},
             "m": {"map": {"secret": {"type": "string", "sensitive": true}}}}}}
            """);
    rule(tenant, "index", "P.os[0].secret == 1");
    rule(tenant, "map", "P.m.k.secret == 'x'");
    rule(tenant, "loop", "P.os.map(o, o.secret + 1) == [1]");
    rule(tenant, "error", "P.l[P.os[0].secret] == 1");
    Reply decision =
        client()
            .post(
                tenant + "/evaluate?trace=true",
                "{\"facts\":{\"P\":{\"l\":[1],\"os\":[{\"secret\":77777,\"open\":1}],\"m\":{\"k\":{\"secret\":\"hush\"}}}}}")
            .expect(200);
    assertThat(decision.list("results")).hasSize(4);
    assertThat(decision.text()).doesNotContain("77777", "77778", "hush");
  }

  @Test
  void keepsAnExplosiveRuleToItself() {
    String tenant = tenantWith("{\"definition\":{\"X\":{\"l\":\"list<int>\",\"s\":\"string\"}}}");
    rule(tenant, "loops", "X.l.all(a, X.l.all(b, X.l.all(c, a + b + c >= 0)))");
    rule(tenant, "fine", "size(X.l) == 300");
    StringBuilder list = new StringBuilder("[0");
    for (int i = 1; i < 300; i++) {
      list.append(',').append(i);
    }
    Reply decision = evaluate(tenant, "{\"l\":" + list + "]}").expect(200);
    assertThat(decision.text("results.0.errorCode")).isEqualTo("cost_exceeded");
    assertThat(decision.at("results.1.matched")).isEqualTo(true);
  }

  @Test
  void evaluatesBatches() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    rule(tenant, "r", "User.Age > 18");
    Reply batch =
        client()
            .post(
                tenant + "/evaluate:batch",
                "{\"facts\":[{\"User\":{\"Age\":20}},{\"User\":{\"Age\":\"x\"}},7,{\"User\":{\"Age\":2}}]}")
            .expect(200);
    assertThat(batch.at("decisions.0.results.0.matched")).isEqualTo(true);
    assertThat(batch.text("decisions.1.code")).isEqualTo("fact_type_mismatch");
    assertThat(batch.text("decisions.1.errors.0.pointer")).isEqualTo("/facts/1/User/Age");
    assertThat(batch.text("decisions.2.code")).isEqualTo("facts_not_object");
    assertThat(batch.at("decisions.3.results.0.matched")).isEqualTo(false);
    assertThat(client().post(tenant + "/evaluate:batch", "[{},{}]").expect(200).list("decisions"))
        .hasSize(2);
  }

  @Test
  void streamsNdjson() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    rule(tenant, "r", "User.Age > 18");
    Reply stream =
        client()
            .send(
                "POST",
                tenant + "/evaluate:batch?include=matched",
                "{\"User\":{\"Age\":20}}\n\n{\"User\":\r\n{\"User\":{\"Age\":2}}",
                Map.of("Content-Type", "application/x-ndjson"))
            .expect(200);
    assertThat(stream.header("Content-Type")).isEqualTo("application/x-ndjson");
    List<String> lines = stream.text().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).contains("\"matched\":true");
    assertThat(lines.get(1)).contains("json_malformed");
    assertThat(lines.get(2)).contains("\"results\":[]");
  }

  @Test
  void passesOverALineThatIsTooLong() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    List<String> lines =
        client()
            .send(
                "POST",
                tenant + "/evaluate:batch",
                "{}\n{\"User\":\"" + "x".repeat(2 << 20) + "\"}\n{}\n",
                Map.of("Content-Type", "application/x-ndjson"))
            .expect(200)
            .text()
            .lines()
            .toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).contains("facts_too_large");
    assertThat(lines.get(2)).contains("decisionId");
  }

  @Test
  void waitsForNoRevisionThatDoesNotExist() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    client().post(tenant + "/evaluate", "{\"facts\":{},\"minRevision\":2}").expect(200);
    Reply behind =
        client()
            .post(tenant + "/evaluate", "{\"facts\":{},\"minRevision\":3}")
            .problem(503, "revision_not_reached");
    assertThat(behind.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void evaluatesAsAtAPastRevision() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String rule = rule(tenant, "adult", "User.Age >= 18");
    client().put(tenant + "/rules/" + rule, "{\"expression\":\"User.Age >= 21\"}").expect(200);
    client()
        .put(tenant + "/schema", "{\"definition\":{\"User\":{\"Name\":\"string\"}}}")
        .expect(200);
    String facts = "{\"facts\":{\"User\":{\"Age\":20}}";

    Reply first = client().post(tenant + "/evaluate", facts + ",\"revision\":3}").expect(200);
    assertThat(first.at("results.0.matched")).isEqualTo(true);
    assertThat(first.at("revision")).isEqualTo(3L);
    assertThat(first.header("ETag")).isEqualTo("\"3\"");
    Reply second = client().post(tenant + "/evaluate", facts + ",\"revision\":4}").expect(200);
    assertThat(second.at("results.0.matched")).isEqualTo(false);
    assertThat(second.at("schemaVersion")).isEqualTo(1L);
    Reply present = client().post(tenant + "/evaluate", facts + "}").expect(200);
    assertThat(present.list("results")).isEmpty();
    assertThat(present.at("revision")).isEqualTo(5L);
    client()
        .post(tenant + "/evaluate", facts + ",\"revision\":1}")
        .problem(409, "schema_not_found");
    client()
        .post(tenant + "/evaluate", facts + ",\"revision\":6}")
        .problem(404, "revision_not_found");
    client()
        .post(tenant + "/evaluate", facts + ",\"revision\":2,\"minRevision\":1}")
        .problem(400, "revision_invalid");
    assertThat(
            client()
                .post(tenant + "/evaluate:batch?revision=3", "[{\"User\":{\"Age\":20}}]")
                .expect(200)
                .at("decisions.0.results.0.matched"))
        .isEqualTo(true);
  }

  @Test
  void aPastOfOneTenantIsNoneOfAnother() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String other = tenantWith(USER_AND_TRANSACTION);
    rule(tenant, "ours", "true");
    rule(tenant, "later", "true");
    String body = "{\"facts\":{},\"revision\":3}";

    Reply ours = client().post(tenant + "/evaluate", body).expect(200);
    assertThat(ours.at("results.0.ruleName")).isEqualTo("ours");
    client().post(other + "/evaluate", body).problem(404, "revision_not_found");
    client().delete(tenant).expect(204);
    client().post(tenant + "/evaluate", body).problem(404, "tenant_not_found");
  }

  @Test
  void faultsOfAStreamNameItsLines() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    byte[] lines =
        "{}\n\n{\"User\": }\n{\"User\":{\"Age\":1,\"Age\":2}}\n\"\u00ff\"\n{}{}\n{\"User\":{\"Age\":1e999}}\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    Reply answer =
        client()
            .sendBytes(
                "POST",
                tenant + "/evaluate:batch",
                lines,
                Map.of("Content-Type", "application/x-ndjson"))
            .expect(200);
    assertThat(answer.text().lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).contains("The line is not valid JSON (line 3, column 11)."),
            line -> assertThat(line).contains("twice in one object (line 4, column "),
            line -> assertThat(line).contains("Line 5 is not valid UTF-8."),
            line -> assertThat(line).contains("behind the end of the JSON document (line 6, "),
            line -> assertThat(line).contains("json_number_out_of_range", "(line 7, column "));
    Reply whole = client().post(tenant + "/evaluate", "{\n\"facts\": }");
    assertThat(whole.problem(400, "json_malformed").text("error"))
        .contains("The body is not valid JSON (line 2, ");
  }

  /// Facts are read once, as late as it is known how; what is wrong with them as JSON is told as of any body.
  @Test
  void factsThatAreNoJsonAreToldFromTheBeginningOfTheBody() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String facts = "{\n\"facts\": {\"User\": {%s}},\n \"include\": \"all\"}";
    assertThat(
            client()
                .post(tenant + "/evaluate", facts.formatted("\"Age\": tru"))
                .problem(400, "json_malformed")
                .text("error"))
        .contains("The body is not valid JSON (line 2, column 31)");
    client()
        .post(tenant + "/evaluate", facts.formatted("\"Age\": 1, \"Age\": 2"))
        .problem(400, "json_duplicate_key");
    client()
        .post(tenant + "/evaluate", facts.formatted("\"x\": {\"y\": 1e999}"))
        .problem(400, "json_number_out_of_range");
    client().post(tenant + "/evaluate", "{\"facts\": {\"a\": \"}}").problem(400, "json_malformed");
    client().post(tenant + "/evaluate", "{\"facts\": {\"a\": [}]}}").problem(400, "json_malformed");
    client().post(tenant + "/evaluate", "{\"facts\": {}}}").problem(400, "json_malformed");
  }
}
