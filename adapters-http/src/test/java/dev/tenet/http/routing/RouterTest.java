package dev.tenet.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RouterTest {

  private static String answer(EventType type, Status status, Throwable cause) {
    var router =
        new Router(
            List.of(),
            Duration.ofSeconds(1),
            () -> new UUID(1, 1),
            (route, call) -> Passage.OPEN,
            request -> {});
    var thrown =
        RequestException.builder().message("Internal error").type(type).cause(cause).build();
    var answer =
        router
            .directHandlers()
            .handler(type)
            .handle(TransportRequest.empty(), type, status, ServerResponseHeaders.create(), thrown);
    return answer.status().code()
        + " "
        + new String(answer.entity().orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void whatFailsOutsideOfRoutesIsTheClientsFaultOnlyWhereTheRequestCannotBeRead() {
    assertThat(
            answer(
                EventType.INTERNAL_ERROR,
                Status.INTERNAL_SERVER_ERROR_500,
                new NumberFormatException("zz")))
        .startsWith("400 ")
        .contains("http_malformed");
    assertThat(
            answer(
                EventType.INTERNAL_ERROR,
                Status.INTERNAL_SERVER_ERROR_500,
                new OutOfMemoryError("heap")))
        .startsWith("500 ")
        .contains("internal_error")
        .doesNotContain("heap");
    assertThat(
            answer(EventType.BAD_REQUEST, Status.REQUEST_URI_TOO_LONG_414, new Exception("long")))
        .startsWith("414 ")
        .contains("path_too_long");
  }
}
