package dev.tenet.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.domain.identity.Principal;
import dev.tenet.http.problem.ProblemException;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is answered by a server without authentication on its own machine.
final class LocalAuthenticatorTest {

  private static Principal authenticate(String bound, String host) {
    var headers = WritableHeaders.create();
    headers.set(HeaderNames.HOST, host);
    return new LocalAuthenticator(bound).authenticate(headers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:8080",
        "127.0.0.1",
        "127.0.0.1:8080",
        "127.1.2.3:1",
        "[::1]",
        "[::1]:8080"
      })
  void namesOfThisMachine(String host) {
    assertThat(authenticate("127.0.0.1", host)).isEqualTo(Principal.ANYBODY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "evil.example/127.0.0.1",
        "128.0.0.1",
        "[::2]",
        "[::1",
        "0.0.0.0:8080"
      })
  void namesOfOthers(String host) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> authenticate("127.0.0.1", host))
        .satisfies(
            e -> {
              assertThat(e.problem().status()).isEqualTo(403);
              assertThat(e.problem().code()).isEqualTo("host_not_local");
            });
  }

  @Test
  void theNameThatTheServerListensOn() {
    assertThat(authenticate("devbox", "DevBox:8080")).isEqualTo(Principal.ANYBODY);
    assertThat(authenticate("0:0:0:0:0:0:0:1", "[0:0:0:0:0:0:0:1]:80"))
        .isEqualTo(Principal.ANYBODY);
    assertThat(new LocalAuthenticator("127.0.0.1").authenticate(WritableHeaders.create()))
        .as("no browser leaves it out")
        .isEqualTo(Principal.ANYBODY);
  }
}
