package dev.tenet.bootstrap.cli;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.spi.StoreProvider;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
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

  /// Does something with a store, and turns what goes wrong with it into one line.
  ///
  /// @param out flushed at the end, whatever that is
  static int run(PrintWriter out, Runnable work) throws CommandFailure {
    try {
      work.run();
      return 0;
    } catch (IllegalArgumentException e) {
      throw CommandFailure.badInput(TenetCommand.oneLine(e.getMessage()));
    } catch (StoreUnavailable | IllegalStateException | UncheckedIOException e) {
      throw CommandFailure.failed(TenetCommand.oneLine(e.getMessage()));
    } finally {
      out.flush();
    }
  }

  /// {@return what the server's store is told}
  StoreProvider.Settings settings(Surroundings surroundings) throws CommandFailure {
    return new ServerOptions()
        .put(Setting.DATA_DIR, dataDirectory)
        .put(Setting.CONFIG, config)
        .configuration(surroundings)
        .storeSettings();
  }
}
