package dev.tenet.bootstrap.config;

import dev.tenet.application.plugin.Approvals;
import dev.tenet.application.recording.DecisionBuffer;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.governance.TenantHeaders;
import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// How to run a server.
///
/// @param host the address to listen on
/// @param port the port to listen on; 0 for any free one
/// @param store the name of the store provider
/// @param dataDirectory where the store may keep files
/// @param migrate whether the store may bring its data to the version that this Tenet works with
/// @param extensions the folder of extension jars
/// @param definitionsMemory about how many bytes definitions in memory may take
/// @param oldestDefinitions how long ago definitions that are evaluated may have been known to be the present ones
/// @param limits what one tenant may use
/// @param tenantHeaders which headers of a request say what governance wants to know
/// @param evaluationsAtOnce how many evaluations may be under way; empty for what suits the processors
/// @param requestTimeout the longest a whole request may take to arrive, its answer to be taken, and the next one to begin
/// @param shutdownGrace how long requests in flight may go on when the server stops
/// @param authentication whether requests must say who sends them
/// @param shutdownDelay how long the server goes on, saying that it is not ready, before it takes no more requests at the end
/// @param logging how to log
/// @param telemetry what is told about the server
/// @param decisionLog how decisions are collected before they are kept
/// @param approvals who may approve plugins
/// @param artefacts where the code of plugins and scripts is kept
/// @param environment all environment variables, for stores
public record Configuration(
    String host,
    int port,
    String store,
    Path dataDirectory,
    boolean migrate,
    Optional<Path> extensions,
    long definitionsMemory,
    Duration oldestDefinitions,
    Limits limits,
    TenantHeaders.Settings tenantHeaders,
    OptionalInt evaluationsAtOnce,
    Duration requestTimeout,
    Duration shutdownGrace,
    Authentication authentication,
    Duration shutdownDelay,
    LogSettings logging,
    TelemetrySettings telemetry,
    DecisionBuffer.Settings decisionLog,
    Approvals approvals,
    ArtefactSettings artefacts,
    Map<String, String> environment) {

  public Configuration {
    environment = Map.copyOf(environment);
  }

  /// Shows nothing that could be a secret, as variables of the environment are.
  @Override
  public String toString() {
    return "%s:%d, store %s, %s".formatted(host, port, store, artefacts);
  }

  /// {@return what a store is told: the environment, with what options and the file say where they are stronger}
  public StoreProvider.Settings storeSettings() {
    Map<String, String> settings = new HashMap<>(environment);
    settings.put(Setting.MIGRATE.variables().getFirst(), migrate ? "on" : "off");
    return new StoreProvider.Settings(dataDirectory, settings);
  }
}
