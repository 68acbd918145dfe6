package dev.tenet.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.config.LogFormat;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.json.StrictJson;
import dev.tenet.http.observability.LogLevel;
import dev.tenet.http.routing.ServedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What lines look like, whatever is in them.
final class LinesTest {

  private static final long MILLIS = 1_795_286_028_218L;
  private static final TenantId TENANT = new TenantId(new UUID(1, 2));

  private static String line(
      LogFormat format, String message, @Nullable Throwable thrown, long leftOut) {
    var out = new StringBuilder();
    LineFormat.of(format)
        .event(
            out,
            new LogEvent(
                MILLIS, LogLevel.WARNING, "dev.tenet.x", message, thrown, request("p"), leftOut));
    return out.toString();
  }

  private static ServedRequest request(String principal) {
    var request = new ServedRequest("POST", "/api/v1/tenants/{tenantId}", "r-1", null, 0);
    request.tenant(TENANT);
    request.principal(new Principal(principal, Optional.empty(), Set.of(Role.AUTHOR)));
    request.answered(429, "tenant_rate_limited", false, 1_234_567);
    return request;
  }

  private static Map<?, ?> json(String line) {
    assertThat(line).endsWith("}\n");
    try {
      return StrictJson.parse(line.strip().getBytes(StandardCharsets.UTF_8))
              instanceof Map<?, ?> map
          ? map
          : Map.of();
    } catch (StrictJson.Malformed e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void textIsForPeople() {
    assertThat(line(LogFormat.TEXT, "it is so", null, 0))
        .matches("\\S+ WARNING it is so \\[request=r-1 tenant=" + TENANT + " principal=p]\n");
    assertThat(line(LogFormat.TEXT, "it is so", null, 99))
        .endsWith("] (99 like it were left out)\n");
  }

  @Test
  void jsonIsForMachines() {
    Map<?, ?> event = json(line(LogFormat.JSON, "it is so", new IllegalStateException("bad"), 3));
    assertThat(event.get("time")).isEqualTo("2026-11-21T18:33:48.218Z");
    assertThat(event.get("level")).isEqualTo("WARNING");
    assertThat(event.get("logger")).isEqualTo("dev.tenet.x");
    assertThat(event.get("message")).isEqualTo("it is so");
    assertThat(event.get("requestId")).isEqualTo("r-1");
    assertThat(event.get("tenantId")).isEqualTo(TENANT.toString());
    assertThat(event.get("leftOut")).isEqualTo(3L);
    assertThat(event.get("exception"))
        .isInstanceOfSatisfying(
            Map.class,
            exception -> {
              assertThat(exception.get("type")).isEqualTo("java.lang.IllegalStateException");
              assertThat(exception.get("message")).isEqualTo("bad");
              assertThat(String.valueOf(exception.get("stackTrace")))
                  .startsWith("java.lang.IllegalStateException: bad\n\tat ");
            });
  }

  @ParameterizedTest
  @EnumSource
  void anAnsweredRequestIsALine(LogFormat format) {
    var out = new StringBuilder();
    LineFormat.of(format).request(out, MILLIS, request("p"), 0);
    assertThat(out.toString())
        .contains("POST", "/api/v1/tenants/{tenantId}", "429", "tenant_rate_limited", "r-1")
        .contains(TENANT.toString(), "1.234")
        .containsOnlyOnce("\n");
  }

  @Test
  void timesHaveMillisecondsAlways() {
    LineFormat format = LineFormat.of(LogFormat.JSON);
    for (long millis : new long[] {MILLIS, MILLIS + 1, MILLIS + 782, MILLIS - 1_000, -1}) {
      var out = new StringBuilder();
      format.request(out, millis, request("p"), 0);
      assertThat(json(out.toString()).get("time"))
          .isEqualTo(
              DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                  .format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC)));
    }
  }

  /// Whoever can write a line break, a cursor movement or a change of direction into the log can forge what it says.
  @ParameterizedTest
  @EnumSource
  void nobodyForgesALine(LogFormat format) {
    String forged =
        "x\r\n2026-11-21T00:00:00.000+0000 INFO all is well\u2028\u0085\u001b[2J\u202e\ud800";
    for (String line :
        new String[] {
          line(format, forged, null, 0), access(format, forged),
        }) {
      assertHarmless(line);
      assertThat(line)
          .contains("\\r\\n2026", "\\u2028", "\\u0085", "\\u001b", "\\u202e", "\\ud800");
    }
    String thrown = line(format, "m", new IllegalArgumentException(forged), 0);
    assertThat(thrown.lines().filter(line -> line.contains("all is well")))
        .allMatch(line -> line.startsWith("{") || line.contains("IllegalArgumentException"));
  }

  private static String access(LogFormat format, String principal) {
    var out = new StringBuilder();
    LineFormat.of(format).request(out, MILLIS, request(principal), 0);
    return out.toString();
  }

  @Test
  void randomTextIsHarmlessAndJsonSaysItExactly() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(20); length >= 0; length--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
      }
      assertHarmless(line(LogFormat.TEXT, text.toString(), null, 0));
      String line = line(LogFormat.JSON, text.toString(), null, 0);
      assertHarmless(line);
      if (isUnicode(text)) {
        assertThat(json(line).get("message")).isEqualTo(text.toString());
      }
    }
  }

  private static boolean isUnicode(CharSequence text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private static void assertHarmless(String line) {
    assertThat(line).endsWith("\n");
    String content = line.substring(0, line.length() - 1);
    assertThat(content.codePoints().filter(c -> isHarmful(c)).count()).as(content).isZero();
  }

  private static boolean isHarmful(int c) {
    int type = Character.getType(c);
    return c <= 0xFFFF
        && (type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR
            || type == Character.SURROGATE);
  }
}
