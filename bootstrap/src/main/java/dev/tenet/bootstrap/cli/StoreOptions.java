package dev.tenet.bootstrap.cli;

import dev.tenet.bootstrap.config.Setting;
import dev.tenet.spi.StoreProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the data of a server are, for commands that work on them directly.
final class StoreOptions {

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = {
        "Where the store keeps its files.",
        "[TENET_DATA_DIR; dataDir; default " + Setting.DEFAULT_DATA_DIR + "]"
      })
  private @Nullable String dataDirectory;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {"Configuration file of the server.", "[TENET_CONFIG; default none]"})
  private @Nullable String config;

  /// {@return what the server's store is told}
  StoreProvider.Settings settings(Surroundings surroundings) throws CommandFailure {
    return new ServerOptions()
        .put(Setting.DATA_DIR, dataDirectory)
        .put(Setting.CONFIG, config)
        .configuration(surroundings)
        .storeSettings();
  }
}
