package dev.tenet.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.config.Setting;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class TenetCommandTest {

  @Test
  void helpNamesTheCommands() {
    Tenet run = Tenet.run("--help");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("serve", "eval", "demo", "migrate", "tenants", "bench", "Exit status: 0 done");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void helpExplainsEverySettingOfTheServer(Setting setting) {
    String help = Tenet.run("serve", "--help").out();
    assertThat(help)
        .contains(setting.option())
        .contains(setting.variables())
        .contains(setting.key())
        .contains(setting.fallback());
  }

  @Test
  void benchmarksAreNotShipped() {
    Tenet run = Tenet.run("bench", "--json");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines())
        .containsExactly(
            "tenet: Benchmarks are not part of a distribution. Run ./tenet bench in a clone of the sources.");
  }

  @Test
  void versionIsThatOfTheBuild() {
    Tenet run = Tenet.run("--version");
    assertThat(run.status()).isZero();
    assertThat(run.outLines().getFirst()).matches("Tenet \\d+\\.\\d+\\.\\d+.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve --prot 3            | Unknown option: --prot. Did you mean --port? See tenet serve --help
          serve --prt=3             | Unknown option: --prt. Did you mean --port? See tenet serve --help
          serve now                 | Unexpected argument: now. See tenet serve --help
          srve                      | Unknown command: srve. Did you mean serve? The commands are serve, eval, demo, migrate, tenants, keys, plugins, policies, audit, extensions, bench. See tenet --help
          ''                        | Which command? The commands are serve, eval, demo, migrate, tenants, keys, plugins, policies, audit, extensions, bench. See tenet --help
          eval --bundle x           | Missing required option: '--facts=FILE'. See tenet eval --help
          eval --bundle x --facts y --limit few | Invalid value for option '--limit': 'few' is not an int. See tenet eval --help
          migrate                   | Which command? The commands are citus, info, up. See tenet migrate --help
          migrate down              | Unknown command: down. The commands are citus, info, up. See tenet migrate --help
          serve --migrate perhaps   | --migrate: "perhaps" is neither on nor off.
          serve --port              | Missing required parameter for option '--port' (PORT). See tenet serve --help
          """)
  void wrongUsageIsOneLine(String arguments, String line) {
    Tenet run = Tenet.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines()).containsExactly("tenet: " + line);
    assertThat(run.out()).isEmpty();
  }

  /// A list of commands shows the first paragraph of what each says of itself, which must be a sentence.
  @Test
  void whatCommandsSayOfThemselvesIsWhole() {
    List<String> faults = new ArrayList<>();
    whole(
        TenetCommand.commandLine(
            new Surroundings(Map.of(), InputStream.nullInputStream()),
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(Writer.nullWriter())),
        faults);
    assertThat(faults).isEmpty();
  }

  private static void whole(CommandLine command, List<String> faults) {
    CommandSpec spec = command.getCommandSpec();
    List<String> paragraphs = new ArrayList<>(List.of(spec.usageMessage().description()));
    spec.options().forEach(option -> paragraphs.addAll(List.of(option.description())));
    spec.positionalParameters()
        .forEach(parameter -> paragraphs.addAll(List.of(parameter.description())));
    paragraphs.stream()
        .filter(text -> !text.endsWith(".") && !text.endsWith("]"))
        .map(text -> spec.qualifiedName() + ": " + text)
        .forEach(faults::add);
    command.getSubcommands().values().forEach(subcommand -> whole(subcommand, faults));
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "-1", "http", "8080.5", ""})
  void portIsANumber(String port) {
    Tenet run = Tenet.run("serve", "--store", "inmemory", "--port", port);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "tenet: --port: \"%s\" is no port; give a number from 0 (any free port) to 65535."
                .formatted(port));
  }

  @Test
  void portOfTheEnvironmentIsBlamedOnTheEnvironment() {
    Tenet run = Tenet.run(Map.of("PORT", "http"), "", "serve");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .startsWith("tenet: environment variable PORT: \"http\" is no port;");
  }

  @Test
  void unknownStoreListsTheKnownOnes() {
    Tenet run = Tenet.run("serve", "--port", "0", "--store", "inmemry");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "tenet: There is no store \"inmemry\". Did you mean \"inmemory\"? The stores are: postgres, inmemory.");
  }

  @Test
  void unreadableConfigurationIsOneLine(@TempDir Path folder) {
    Tenet run = Tenet.run("serve", "--config", folder.resolve("none.yaml").toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .startsWith("tenet: --config: the configuration file")
        .endsWith("cannot be read; it must be a readable YAML file in UTF-8.");
  }

  @Test
  void configurationNamesTheKeyTheLineAndWhatWasMeant(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("tenet.yaml"), "host: 127.0.0.1\nprot: 1\n");
    Tenet run = Tenet.run("serve", "--config", file.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "tenet: %s:2:1: \"prot\" is no key of the configuration. Did you mean \"port\"?"
                .formatted(file));
  }

  @Test
  void missingExtensionFolderIsAnError(@TempDir Path folder) {
    Tenet run = Tenet.run("serve", "--extensions", folder.resolve("none").toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .startsWith("tenet: --extensions: there is no folder");
  }
}
