package dev.tenet.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.config.Configuration;
import dev.tenet.bootstrap.config.ConfigurationReader;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.bootstrap.server.TenetServer;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoCommandTest {

  private static final String EXAMPLES = "../examples";

  @Test
  void loadsTheExamplesAndShowsADecision() throws Exception {
    Configuration configuration =
        ConfigurationReader.read(Map.of(Setting.PORT, "0", Setting.STORE, "inmemory"), Map.of());
    try (TenetServer server = TenetServer.start(configuration)) {
      Tenet run = Tenet.run("demo", "--url", server.url() + "/", "--examples", EXAMPLES);
      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
      assertThat(run.out())
          .containsPattern("card-fraud +\\S{36}  8 derived fields, 32 rules")
          .containsPattern("loan-eligibility +\\S{36}  8 derived fields, 30 rules")
          .containsPattern("shop-pricing +\\S{36}  8 derived fields, 32 rules")
          .containsPattern("card-testing +matched +score: 50, reason: \"small test payments")
          .containsPattern("\\R31 rules: \\d+ matched, \\d+ did not, 0 failed")
          .containsPattern("\\Rspend-spike matched\\R  amountRatio +  = 14\\.5")
          .contains("curl -s '" + server.url() + "/api/v1/tenants/");
    }
  }

  @Test
  void aServerThatWantsToKnowWhoAsksIsSentTheKeyOfTheEnvironment() throws Exception {
    Configuration configuration =
        ConfigurationReader.read(
            Map.of(Setting.PORT, "0", Setting.STORE, "inmemory", Setting.AUTH, "on"), Map.of());
    try (TenetServer server = TenetServer.start(configuration)) {
      String[] command = {"demo", "--url", server.url(), "--examples", EXAMPLES};
      Tenet without = Tenet.run(command);
      assertThat(without.status()).isEqualTo(1);
      assertThat(without.errLines())
          .containsExactly(
              "tenet: The server at %s wants to know who asks. Put an API key into the environment variable TENET_API_KEY."
                  .formatted(server.url()));

      String key = server.firstKey().orElseThrow().reveal();
      Tenet run = Tenet.run(Map.of("TENET_API_KEY", key), "", command);
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.outLines()).contains("  -H \"Authorization: Bearer $TENET_API_KEY\" \\");
      assertThat(run.out()).doesNotContain(key);
    }
  }

  @Test
  void aServerThatIsNotThereIsOneLine() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + free;
    Tenet run = Tenet.run("demo", "--url", url, "--examples", EXAMPLES);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errLines())
        .containsExactly(
            "tenet: There is no server at %s. Start one with ./tenet serve, or name another with --url."
                .formatted(url));
  }

  @Test
  void wrongUrlAndFolderAreOneLine() {
    for (String url : new String[] {"localhost:8080", "ftp://x", "http://", "a b"}) {
      Tenet run = Tenet.run("demo", "--url", url, "--examples", EXAMPLES);
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.errLines()).singleElement().asString().contains("is no URL of a server");
    }
    Tenet run = Tenet.run("demo", "--examples", "none");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly("tenet: The examples are not in none. Name their folder with --examples.");
  }
}
