package dev.tenet.bootstrap.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.config.LogFormat;
import dev.tenet.bootstrap.config.LogSettings;
import dev.tenet.http.observability.AccessLogging;
import dev.tenet.http.observability.LogLevel;
import dev.tenet.http.routing.ServedRequest;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which requests have a line.
final class AccessLogTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Logging logging =
      new Logging(
          out, new LogSettings(LogFormat.TEXT, LogLevel.INFO, AccessLogging.PROBLEMS, 1_000));

  private static ServedRequest request(int status, Duration took, boolean streamed) {
    var request = new ServedRequest("GET", "/r" + status, "id", null, 0);
    request.answered(status, null, streamed, took.toNanos());
    return request;
  }

  private List<String> routes(AccessLogging mode, ServedRequest... requests) {
    var log = new AccessLog(logging, mode);
    for (ServedRequest request : requests) {
      log.answered(request);
    }
    return out.toString(UTF_8)
        .lines()
        .map(line -> line.replaceAll(".*GET (\\S+) .*", "$1"))
        .toList();
  }

  @Test
  void problemsAreWhatWentWrongOrTookLong() {
    assertThat(
            routes(
                AccessLogging.PROBLEMS,
                request(200, Duration.ofMillis(999), false),
                request(201, Duration.ofMillis(1_001), false),
                request(202, Duration.ofHours(1), true),
                request(304, Duration.ZERO, false),
                request(404, Duration.ZERO, false),
                request(503, Duration.ZERO, false)))
        .containsExactly("/r201", "/r404", "/r503");
  }

  @Test
  void allAreAllHoweverOften() {
    ServedRequest[] requests = new ServedRequest[500];
    java.util.Arrays.setAll(requests, i -> request(404, Duration.ZERO, false));
    assertThat(routes(AccessLogging.ALL, requests)).hasSize(500);
  }

  @Test
  void problemsThatComeOftenAreSampled() {
    ServedRequest[] requests = new ServedRequest[500];
    java.util.Arrays.setAll(requests, i -> request(404, Duration.ZERO, false));
    assertThat(routes(AccessLogging.PROBLEMS, requests)).hasSize(10);
  }

  @Test
  void offIsOff() {
    assertThat(routes(AccessLogging.OFF, request(500, Duration.ofHours(1), false))).isEmpty();
  }
}
