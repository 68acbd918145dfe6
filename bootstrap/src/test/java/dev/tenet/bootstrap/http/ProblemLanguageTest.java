package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.store.TenantStore;
import dev.tenet.inmemory.InMemoryTenantStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Problems are explained in the language that `Accept-Language` asks for.
final class ProblemLanguageTest extends HttpContract {

  private static final String UNKNOWN_TENANT =
      "/api/v1/tenants/0197a3c2-5d1e-7b6a-9f00-3c1d2e4f5a6b";

  @Override
  TenantStore store() {
    return new InMemoryTenantStore();
  }

  private Reply in(String acceptLanguage, String method, String path, @Nullable String body) {
    return client()
        .send(
            method, path, body, Map.of("Accept-Language", acceptLanguage, "X-Request-ID", "same"));
  }

  private Reply in(String acceptLanguage, String path) {
    return client()
        .send("GET", path, null, Map.of("Accept-Language", acceptLanguage, "X-Request-ID", "same"));
  }

  private static void german(Reply reply, String title) {
    assertThat(reply.header("Content-Language")).isEqualTo("de");
    assertThat(reply.header("Vary")).isEqualTo("Accept-Language");
    assertThat(reply.text("title")).isEqualTo(title);
    assertThat(reply.text("message")).endsWith(".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "de-AT", "en;q=0.5, de;q=0.9", "fr, de;q=0.2", "de, nonsense=="})
  void germanWhereItIsPreferred(String acceptLanguage) {
    Reply reply = in(acceptLanguage, UNKNOWN_TENANT).problem(404, "tenant_not_found");
    german(reply, "Mandant nicht gefunden");
    assertThat(reply.text("message"))
        .isEqualTo("Diesen Mandanten gibt es nicht; prüfen Sie seine Kennung, die eine UUID ist.");
    assertThat(reply.text("error")).isEqualTo("tenant not found");
    assertThat(reply.text("detail")).isEqualTo("tenant not found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "en",
        "*",
        "en, de;q=0.9",
        "de;q=0",
        "tlh",
        "fr-CA, fr",
        "",
        ";;;q=,,,=",
        "de;q=nonsense",
        "de\u00ff"
      })
  void otherwiseEnglishAsWithoutTheHeader(String acceptLanguage) {
    Reply without =
        client()
            .send("GET", UNKNOWN_TENANT, null, Map.of("X-Request-ID", "same"))
            .problem(404, "tenant_not_found");
    Reply reply = in(acceptLanguage, UNKNOWN_TENANT);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text()).isEqualTo(without.text()).doesNotContain("message");
    assertThat(reply.header("Content-Language")).isNull();
    for (Reply each : List.of(without, reply)) {
      assertThat(each.header("Vary")).isEqualTo("Accept-Language");
    }
  }

  @Test
  void longHeadersAreNoRequestForALanguage() {
    Reply reply = in("de," + "fr,".repeat(3_000), UNKNOWN_TENANT).problem(404, "tenant_not_found");
    assertThat(reply.header("Content-Language")).isNull();
    Reply refused = in("de," + "x".repeat(20_000), UNKNOWN_TENANT);
    assertThat(refused.status()).isIn(400, 431);
    assertThat(refused.text("code")).isEqualTo("http_malformed");
  }

  @Test
  void whatReachesNoRouteIsGermanToo() throws IOException {
    german(in("de", "/nothing/here").problem(404, "path_not_found"), "Pfad nicht gefunden");
    Reply method = in("de", "PATCH", "/api/v1/tenants", "{}").problem(405, "method_not_allowed");
    german(method, "Methode nicht erlaubt");
    assertThat(method.header("Allow")).isEqualTo("GET, POST");
    assertThat(raw("POST /api/v1/tenants HTTP/1.1\r\nHost: a\r\n", "Content-Length: ten\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("Content-Language: de", "http_malformed", "Anfrage ist kein gültiges HTTP");
  }

  @Test
  void whatFailsBeforeItsHeadersAreReadIsEnglish() throws IOException {
    assertThat(raw("GET /a%zz HTTP/1.1\r\nHost: a\r\n", ""))
        .startsWith("HTTP/1.1 400 ")
        .contains("Vary: Accept-Language", "http_malformed", "Http malformed")
        .doesNotContain("Content-Language");
  }

  private String raw(String head, String headers) throws IOException {
    String request = head + "Accept-Language: de\r\n" + headers + "\r\n";
    return RawRequest.send(client().base().getPort(), request);
  }

  @Test
  void detailsStayAsTheyAre() {
    String rules = tenantWith(USER_AND_TRANSACTION) + "/rules";
    String rule = "{\"name\":\"r\",\"expression\":\"User.Aeg > 1\"}";
    Reply english = in("en", "POST", rules, rule).problem(400, "unknown_field");
    Reply german = in("de", "POST", rules, rule).problem(400, "unknown_field");
    german(german, "Unbekanntes Feld");
    for (String member : List.of("detail", "error", "code", "field", "errors", "type", "status")) {
      assertThat(german.at(member)).as(member).isEqualTo(english.at(member));
    }
  }

  @Test
  void whatIsNoProblemHasNoLanguage() {
    Reply health = in("de", "/health").expect(200);
    assertThat(health.header("Vary")).isNull();
    assertThat(health.header("Content-Language")).isNull();
  }
}
