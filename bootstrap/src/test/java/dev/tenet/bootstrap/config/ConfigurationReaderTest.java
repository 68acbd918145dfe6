package dev.tenet.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.application.recording.DecisionBuffer;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.observability.AccessLogging;
import dev.tenet.http.observability.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {

  @TempDir private Path folder = Path.of("");

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("tenet.yaml"), text);
  }

  private Configuration read(String text) throws Exception {
    return ConfigurationReader.read(Map.of(Setting.CONFIG, file(text).toString()), Map.of());
  }

  private List<String> faults(String text) throws IOException {
    Path file = file(text);
    return assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(
            () -> ConfigurationReader.read(Map.of(Setting.CONFIG, file.toString()), Map.of()))
        .actual()
        .lines()
        .lines()
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }

  @Test
  void defaults() throws Exception {
    assertThat(ConfigurationReader.read(Map.of(), Map.of()))
        .returns("127.0.0.1", Configuration::host)
        .returns(8080, Configuration::port)
        .returns("postgres", Configuration::store)
        .returns(Path.of("./data"), Configuration::dataDirectory)
        .returns(true, Configuration::migrate)
        .returns(java.util.Optional.empty(), Configuration::extensions)
        .returns(Limits.DEFAULT, Configuration::limits)
        .returns(Duration.ofSeconds(60), Configuration::requestTimeout)
        .returns(Duration.ofSeconds(30), Configuration::shutdownGrace);
  }

  @Test
  void loggingAndTelemetryByDefault() throws Exception {
    Configuration configuration = ConfigurationReader.read(Map.of(), Map.of());
    assertThat(configuration.logging()).isEqualTo(LogSettings.DEFAULT);
    assertThat(configuration.telemetry()).isEqualTo(TelemetrySettings.DEFAULT);
    assertThat(configuration.shutdownDelay()).isZero();
  }

  @Test
  void loggingAndTelemetryFromTheFile() throws Exception {
    Configuration configuration =
        read(
            """
            logFormat: json
            logLevel: debug
            accessLog: all
            errorSampleRate: 7
            shutdownDelay: 5s
            metrics: {prefix: plumego, tenants: 5}
            telemetry: {otlp: "http://collector:4318", serviceName: rules}
            """);
    assertThat(configuration.logging())
        .isEqualTo(new LogSettings(LogFormat.JSON, LogLevel.DEBUG, AccessLogging.ALL, 7));
    assertThat(configuration.telemetry())
        .isEqualTo(
            new TelemetrySettings(
                "plumego",
                5,
                java.util.Optional.of("http://collector:4318"),
                java.util.Optional.of("rules")));
    assertThat(configuration.shutdownDelay()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void loggingFromTheEnvironment() throws Exception {
    assertThat(
            ConfigurationReader.read(
                    Map.of(Setting.LOG_FORMAT, "json"),
                    Map.of(
                        "TENET_LOG_FORMAT", "text",
                        "LOG_LEVEL", "WARN",
                        "ERROR_SAMPLE_RATE", "5",
                        "TENET_ERROR_SAMPLE_RATE", "6"))
                .logging())
        .isEqualTo(new LogSettings(LogFormat.JSON, LogLevel.WARNING, AccessLogging.PROBLEMS, 6));
  }

  @Test
  void anEmptyPathIsNoFolder() throws Exception {
    assertThat(faults("dataDir: \"\"\n"))
        .containsExactly(
            "tenet.yaml:1:10: dataDir: it is empty; name a file or folder, or leave it out.");
  }

  @Test
  void loggingAndTelemetryThatMakeNoSense() throws Exception {
    assertThat(
            faults(
                """
                logFormat: xml
                logLevel: loud
                accessLog: some
                errorSampleRate: 0
                metrics: {prefix: 9x, tenants: many, name: x}
                telemetry: {otlp: nowhere}
                """))
        .containsExactly(
            "tenet.yaml:5:19: prefix: \"9x\" is no prefix of metrics; write it like tenet or my_company, in lower case.",
            "tenet.yaml:5:32: tenants: \"many\" is no whole number from 0 to 10000.",
            "tenet.yaml:5:38: \"name\" is no key of the metrics; the keys are prefix, tenants.",
            "tenet.yaml:6:19: otlp: \"nowhere\" is no address; write it like http://localhost:4318.",
            "tenet.yaml:1:12: logFormat: \"xml\" is neither text nor json.",
            "tenet.yaml:2:11: logLevel: \"loud\" is no level; the levels are trace, debug, info, warning, error, off.",
            "tenet.yaml:3:12: accessLog: \"some\" is none of off, problems, all.",
            "tenet.yaml:4:18: errorSampleRate: \"0\" is no whole number from 1 to 1000000; 1 logs every error.");
  }

  @Test
  void fileIsStrongerThanDefault() throws Exception {
    assertThat(
            read(
                """
                host: localhost
                port: 9090
                store: other
                requestTimeout: 5s
                shutdownGrace: 1m30s
                evaluationsAtOnce: 7
                limits: {rules: 7, ruleCost: 9000000000, evaluationTime: 250ms}
                """))
        .returns("localhost", Configuration::host)
        .returns(9090, Configuration::port)
        .returns("other", Configuration::store)
        .returns(Duration.ofSeconds(5), Configuration::requestTimeout)
        .returns(java.util.OptionalInt.of(7), Configuration::evaluationsAtOnce)
        .returns(Duration.ofSeconds(90), Configuration::shutdownGrace)
        .extracting(Configuration::limits)
        .returns(7, Limits::rules)
        .returns(9_000_000_000L, Limits::ruleCost)
        .returns(Duration.ofMillis(250), Limits::evaluationTime)
        .returns(Limits.DEFAULT.factsBytes(), Limits::factsBytes);
  }

  @Test
  void environmentIsStrongerThanFileAndOptionThanEnvironment() throws Exception {
    Path file = file("port: 1\nstore: file\n");
    Map<String, String> environment =
        Map.of("TENET_CONFIG", file.toString(), "TENET_STORE", "variable", "PORT", "2");
    assertThat(ConfigurationReader.read(Map.of(), environment))
        .returns(2, Configuration::port)
        .returns("variable", Configuration::store);
    assertThat(
            ConfigurationReader.read(
                Map.of(Setting.PORT, "3", Setting.STORE, "option"), environment))
        .returns(3, Configuration::port)
        .returns("option", Configuration::store);
  }

  @Test
  void theStoreIsToldWhatHoldsAndNotWhatAWeakerSourceSays() throws Exception {
    Map<String, String> environment = Map.of("TENET_MIGRATE", "on", "DATABASE_POOL_SIZE", "7");
    assertThat(
            ConfigurationReader.read(Map.of(Setting.MIGRATE, "off"), environment)
                .storeSettings()
                .settings())
        .isEqualTo(Map.of("TENET_MIGRATE", "off", "DATABASE_POOL_SIZE", "7"));
    assertThat(read("migrate: false\n").storeSettings().settings())
        .isEqualTo(Map.of("TENET_MIGRATE", "off"));
    assertThat(faults("migrate: perhaps\n"))
        .containsExactly("tenet.yaml:1:10: migrate: \"perhaps\" is neither on nor off.");
  }

  @Test
  void tenetPortIsStrongerThanPortAndEmptyMeansNotSet() throws Exception {
    assertThat(ConfigurationReader.read(Map.of(), Map.of("PORT", "1", "TENET_PORT", "2")).port())
        .isEqualTo(2);
    assertThat(ConfigurationReader.read(Map.of(), Map.of("PORT", "1", "TENET_PORT", "")).port())
        .isEqualTo(1);
  }

  @Test
  void pathsInTheFileAreRelativeToItsFolder() throws Exception {
    Files.createDirectory(folder.resolve("jars"));
    assertThat(read("dataDir: state\nextensions: jars\n"))
        .returns(folder.resolve("state"), Configuration::dataDirectory)
        .returns(java.util.Optional.of(folder.resolve("jars")), Configuration::extensions);
  }

  @Test
  void allFaultsAtOnceEachWithItsPlace() throws IOException {
    assertThat(
            faults(
                """
                hots: a
                port: 99999
                requestTimeout: soon
                shutdownGrace: 0s
                evaluationsAtOnce: 0
                limits:
                  rule: 5
                  rules: 0
                  factsBytes: 3000000000
                  evaluationTime: [2s]
                """))
        .containsExactlyInAnyOrder(
            "tenet.yaml:1:1: \"hots\" is no key of the configuration. Did you mean \"host\"?",
            "tenet.yaml:2:7: port: \"99999\" is no port; give a number from 0 (any free port) to 65535.",
            "tenet.yaml:3:17: requestTimeout: \"soon\" is no duration above zero; write it like 500ms, 2s or 1m30s.",
            "tenet.yaml:4:16: shutdownGrace: \"0s\" is no duration above zero; write it like 500ms, 2s or 1m30s.",
            "tenet.yaml:5:20: evaluationsAtOnce: \"0\" is no whole number from 1 to 2147483647.",
            "tenet.yaml:7:3: \"rule\" is no key of the limits. Did you mean \"rules\"?",
            "tenet.yaml:8:10: rules: \"0\" is no whole number from 1 to 2147483647.",
            "tenet.yaml:9:15: factsBytes: \"3000000000\" is no whole number from 1 to 2147483647.",
            "tenet.yaml:10:19: Expected evaluationTime as text but found a list.");
  }

  @Test
  void theBufferOfTheDecisionLogIsBoundedAsTheFileSays() throws Exception {
    assertThat(read("decisionLog:\n  bufferMemory: 1g\n  longestDelay: 10ms\n").decisionLog())
        .isEqualTo(
            new DecisionBuffer.Settings(
                20_000, 1L << 30, 2_000, Duration.ofMillis(10), Duration.ofSeconds(1)));
    assertThat(read("port: 1\n").decisionLog()).isEqualTo(DecisionBuffer.Settings.DEFAULT);
    assertThat(
            faults(
                """
                decisionLog:
                  buffer: 5
                  bufferedDecisions: 0
                  batchSize: many
                  bufferMemory: 12
                  longestDelay: now
                """))
        .containsExactlyInAnyOrder(
            "tenet.yaml:2:3: \"buffer\" is no key of the decision log; the keys are batchSize, bufferMemory, bufferedDecisions, longestDelay.",
            "tenet.yaml:3:22: bufferedDecisions: \"0\" is no whole number from 1 to 9999999.",
            "tenet.yaml:4:14: batchSize: \"many\" is no whole number from 1 to 9999999.",
            "tenet.yaml:5:17: bufferMemory: \"12\" is no size; write it like 64m or 1g, at least 1m.",
            "tenet.yaml:6:17: longestDelay: \"now\" is no duration above zero; write it like 500ms, 2s or 1m30s.");
  }

  @Test
  void faultyYamlHasItsPlace() throws IOException {
    assertThat(faults("host: [")).singleElement().asString().startsWith("tenet.yaml:1:8: ");
    assertThat(faults("")).containsExactly("tenet.yaml:1:1: The file is empty.");
    assertThat(faults("host: a\nhost: b\n"))
        .contains("tenet.yaml:2:1: The key \"host\" is there twice.");
  }

  @Test
  void bracketsOfAnIpv6AddressAreDropped() throws Exception {
    assertThat(ConfigurationReader.read(Map.of(Setting.HOST, "[::1]"), Map.of()).host())
        .isEqualTo("::1");
  }
}
