package dev.tenet.http;

import dev.tenet.domain.tenant.Limits;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/// A running HTTP server.
public final class TenetHttpServer implements AutoCloseable {

  /// How to serve.
  ///
  /// @param host the address to listen on, such as `127.0.0.1`
  /// @param port the port to listen on; 0 for any free one
  /// @param limits what one tenant may use
  /// @param requestTimeout the longest a whole request may take
  /// @param shutdownGrace how long requests in flight may go on when the server closes
  public record Settings(
      String host, int port, Limits limits, Duration requestTimeout, Duration shutdownGrace) {}

  /// What health is made of.
  ///
  /// @param storeAvailable whether the store answers
  /// @param tenantsLoaded how many tenants have a rule set in memory
  public record Health(BooleanSupplier storeAvailable, IntSupplier tenantsLoaded) {}

  /// Starts a server.
  ///
  /// @throws java.io.UncheckedIOException when the port is taken or may not be listened on
  public static TenetHttpServer start(Settings settings, UseCases useCases, Health health) {
    throw new IllegalStateException();
  }

  /// {@return the port it listens on}
  public int port() {
    throw new IllegalStateException();
  }

  /// Stops taking requests, lets those in flight finish within the grace, and stops.
  @Override
  public void close() {}
}
