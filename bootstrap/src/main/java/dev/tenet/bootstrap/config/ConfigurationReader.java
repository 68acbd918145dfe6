package dev.tenet.bootstrap.config;

import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.evaluation.Durations;
import dev.tenet.http.observability.AccessLogging;
import dev.tenet.http.observability.LogLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts a [Configuration] together: an option is stronger than an environment variable, that than the configuration
/// file, and that than the default. An empty environment variable counts as not set.
public final class ConfigurationReader {

  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,6})([mMgG])");
  private static final int MEGABYTE = 20;
  private static final int GIGABYTE = 30;

  /// A value and where it comes from.
  ///
  /// @param origin for messages, such as `--port` or `tenet.yaml:2:7: port`
  /// @param base what a relative path is relative to
  record Given(String text, String origin, Path base) {}

  private static final Path WORKING_DIRECTORY = Path.of("");

  private final Map<Setting, String> options;
  private final Map<String, String> environment;
  private final List<String> faults = new ArrayList<>();
  private ConfigurationFile file = ConfigurationFile.NONE;

  private ConfigurationReader(Map<Setting, String> options, Map<String, String> environment) {
    this.options = options;
    this.environment = environment;
  }

  /// {@return the configuration}
  ///
  /// @param options the options given
  /// @param environment all environment variables
  /// @throws InvalidConfiguration with all faults
  public static Configuration read(Map<Setting, String> options, Map<String, String> environment)
      throws InvalidConfiguration {
    var reader = new ConfigurationReader(options, environment);
    reader.readFile();
    Configuration configuration = reader.configuration();
    if (!reader.faults.isEmpty()) {
      throw new InvalidConfiguration(reader.faults);
    }
    return configuration;
  }

  /// {@return the folder of extension jars that an option or the environment gives}
  ///
  /// @throws InvalidConfiguration when there is no such folder
  public static Optional<Path> extensions(
      Map<Setting, String> options, Map<String, String> environment) throws InvalidConfiguration {
    var reader = new ConfigurationReader(options, environment);
    Optional<Path> extensions = reader.extensions();
    if (!reader.faults.isEmpty()) {
      throw new InvalidConfiguration(reader.faults);
    }
    return extensions;
  }

  private void readFile() {
    given(Setting.CONFIG)
        .ifPresent(
            config -> {
              try {
                Path path = Path.of(config.text());
                file = ConfigurationFile.read(path, Files.readString(path));
                faults.addAll(file.faults());
              } catch (IOException | InvalidPathException e) {
                faults.add(
                    "%s: the configuration file %s cannot be read; it must be a readable YAML file in UTF-8."
                        .formatted(config.origin(), Quoted.text(config.text())));
              }
            });
  }

  private Configuration configuration() {
    return new Configuration(
        host(),
        port(),
        required(Setting.STORE).text(),
        path(required(Setting.DATA_DIR)),
        migrate(),
        extensions(),
        definitionsMemory(),
        oldestDefinitions(),
        file.limits(),
        file.tenantHeaders(),
        file.evaluationsAtOnce(),
        file.requestTimeout(),
        file.shutdownGrace(),
        authentication(),
        file.shutdownDelay(),
        logging(),
        file.telemetry(),
        file.decisionLog(),
        file.approvals(),
        artefacts(),
        environment);
  }

  private ArtefactSettings artefacts() {
    return new ArtefactChoice(
            this::given, this::path, file.objectStoreKeys(), environment, faults::add)
        .settings();
  }

  private LogSettings logging() {
    return new LogSettings(
        chosen(Setting.LOG_FORMAT, LogFormat::of, "neither text nor json").orElse(LogFormat.TEXT),
        chosen(
                Setting.LOG_LEVEL,
                LogLevel::of,
                "no level; the levels are " + String.join(", ", LogLevel.keys()))
            .orElse(LogLevel.INFO),
        chosen(
                Setting.ACCESS_LOG,
                AccessLogging::of,
                "none of " + String.join(", ", AccessLogging.keys()))
            .orElse(AccessLogging.OFF),
        chosen(
                Setting.ERROR_SAMPLE_RATE,
                ConfigurationReader::rate,
                "no whole number from 1 to 1000000; 1 logs every error")
            .orElse(1));
  }

  private <T> Optional<T> chosen(
      Setting setting, Function<String, Optional<T>> parse, String otherwise) {
    Given given = required(setting);
    Optional<T> chosen = parse.apply(given.text());
    if (chosen.isEmpty()) {
      faults.add("%s: %s is %s.".formatted(given.origin(), Quoted.text(given.text()), otherwise));
    }
    return chosen;
  }

  private static Optional<Integer> rate(String text) {
    return text.matches("[1-9][0-9]{0,5}|1000000")
        ? Optional.of(Integer.valueOf(text))
        : Optional.empty();
  }

  private Optional<Given> given(Setting setting) {
    String option = options.get(setting);
    if (option != null) {
      return Optional.of(new Given(option, setting.option(), WORKING_DIRECTORY));
    }
    for (String variable : setting.variables()) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isBlank()) {
        return Optional.of(
            new Given(value.strip(), "environment variable " + variable, WORKING_DIRECTORY));
      }
    }
    return file.value(setting.key())
        .map(value -> new Given(value.text(), value.origin(), file.directory()));
  }

  private Given required(Setting setting) {
    return given(setting)
        .orElseGet(() -> new Given(setting.fallback(), setting.option(), WORKING_DIRECTORY));
  }

  private String host() {
    Given host = required(Setting.HOST);
    String name = host.text().strip();
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    try {
      InetAddress address = InetAddress.getByName(name);
      return name.isEmpty() ? address.getHostAddress() : name;
    } catch (UnknownHostException e) {
      faults.add(
          "%s: there is no host %s; give an address of this machine, such as 127.0.0.1 or 0.0.0.0."
              .formatted(host.origin(), Quoted.text(host.text())));
      return name;
    }
  }

  private int port() {
    Given port = required(Setting.PORT);
    try {
      int number = Integer.parseInt(port.text());
      if (number >= 0 && number <= HIGHEST_PORT) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number that is none of a port.
    }
    faults.add(
        "%s: %s is no port; give a number from 0 (any free port) to %d."
            .formatted(port.origin(), Quoted.text(port.text()), HIGHEST_PORT));
    return 0;
  }

  /// Without anything said, half of what the process may use.
  private long definitionsMemory() {
    long fallback = Runtime.getRuntime().maxMemory() / 2;
    return given(Setting.DEFINITIONS_MEMORY)
        .map(
            given -> {
              Optional<Long> size = size(given.text());
              if (size.isEmpty()) {
                faults.add(
                    "%s: %s is no size; write it like 512m or 2g, at least 1m."
                        .formatted(given.origin(), Quoted.text(given.text())));
              }
              return size.orElse(fallback);
            })
        .orElse(fallback);
  }

  /// {@return the bytes that a size such as `512m` or `2g` means, or empty when it is none}
  static Optional<Long> size(String text) {
    Matcher matcher = SIZE.matcher(text);
    return matcher.matches()
        ? Optional.of(
            Long.parseLong(matcher.group(1))
                << (matcher.group(2).equalsIgnoreCase("m") ? MEGABYTE : GIGABYTE))
        : Optional.empty();
  }

  private Duration oldestDefinitions() {
    Given given = required(Setting.MAX_DEFINITIONS_AGE);
    Optional<Duration> age = Durations.parse(given.text()).filter(Duration::isPositive);
    if (age.isEmpty()) {
      faults.add(
          "%s: %s is no duration above zero; write it like 30s, 10m or 1h."
              .formatted(given.origin(), Quoted.text(given.text())));
    }
    return age.orElse(Duration.ZERO);
  }

  private boolean migrate() {
    return isOn(required(Setting.MIGRATE));
  }

  /// Who configures tokens wants them to be looked at.
  private Authentication authentication() {
    return new Authentication(
        given(Setting.AUTH).map(this::isOn).orElse(file.tokens().isPresent()),
        isOn(required(Setting.INSECURE)),
        file.tokens());
  }

  private boolean isOn(Given given) {
    return switch (given.text()) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> {
        faults.add(
            "%s: %s is neither on nor off.".formatted(given.origin(), Quoted.text(given.text())));
        yield false;
      }
    };
  }

  private Path path(Given given) {
    if (given.text().isBlank()) {
      faults.add(
          "%s: it is empty; name a file or folder, or leave it out.".formatted(given.origin()));
      return given.base();
    }
    try {
      return given.base().resolve(given.text());
    } catch (InvalidPathException e) {
      faults.add("%s: %s is no path.".formatted(given.origin(), Quoted.text(given.text())));
      return given.base();
    }
  }

  private Optional<Path> extensions() {
    Optional<Given> given = given(Setting.EXTENSIONS);
    Optional<Path> folder = given.map(this::path);
    if (folder.isPresent() && !Files.isDirectory(folder.get())) {
      faults.add(
          "%s: there is no folder %s; create it, or leave the setting out to run without extensions."
              .formatted(given.get().origin(), Quoted.text(folder.get().toString())));
    }
    return folder;
  }
}
