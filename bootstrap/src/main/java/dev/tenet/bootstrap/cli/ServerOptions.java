package dev.tenet.bootstrap.cli;

import dev.tenet.bootstrap.config.Configuration;
import dev.tenet.bootstrap.config.ConfigurationReader;
import dev.tenet.bootstrap.config.InvalidConfiguration;
import dev.tenet.bootstrap.config.Setting;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of a server that a user gave as options.
final class ServerOptions {

  private final Map<Setting, String> given = new EnumMap<>(Setting.class);

  /// @param value null when the option is not given
  ServerOptions put(Setting setting, @Nullable String value) {
    if (value != null) {
      given.put(setting, value);
    }
    return this;
  }

  /// {@return the configuration that these options, the environment and the file make}
  Configuration configuration(Surroundings surroundings) throws CommandFailure {
    try {
      return ConfigurationReader.read(given, surroundings.environment());
    } catch (InvalidConfiguration e) {
      throw CommandFailure.badInput(e.lines());
    }
  }
}
