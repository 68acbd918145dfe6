package dev.tenet.bootstrap.cli;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.postgres.StoreOperation;
import dev.tenet.spi.StoreProvider;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
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

  /// What a command does with an open store.
  @FunctionalInterface
  interface Work<O> {
    /// Does it.
    ///
    /// @param out standard output
    void with(O operation, PrintWriter out);
  }

  /// Opens the store, does something with it, and closes it; what goes wrong becomes one line.
  ///
  /// @param command whose standard output is flushed at the end, whatever that is
  <O extends StoreOperation> int run(
      Surroundings surroundings,
      CommandSpec command,
      Function<StoreProvider.Settings, O> open,
      Work<O> work)
      throws CommandFailure {
    StoreProvider.Settings settings = settings(surroundings);
    PrintWriter out = command.commandLine().getOut();
    try (O operation = open.apply(settings)) {
      work.with(operation, out);
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
  private StoreProvider.Settings settings(Surroundings surroundings) throws CommandFailure {
    return new ServerOptions()
        .put(Setting.DATA_DIR, dataDirectory)
        .put(Setting.CONFIG, config)
        .configuration(surroundings)
        .storeSettings();
  }
}
