package dev.tenet.bootstrap.server;

import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.EvaluateFacts;
import dev.tenet.application.identity.IssueFirstKey;
import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.store.RevisionFeed;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.artefacts.DirectoryArtefactStore;
import dev.tenet.artefacts.S3ArtefactStore;
import dev.tenet.bootstrap.config.ArtefactSettings;
import dev.tenet.bootstrap.config.Configuration;
import dev.tenet.bootstrap.extension.ExtensionFolder;
import dev.tenet.bootstrap.extension.Extensions;
import dev.tenet.bootstrap.logging.Logging;
import dev.tenet.bootstrap.telemetry.Telemetry;
import dev.tenet.bootstrap.wiring.Identity;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.bootstrap.wiring.PluginParts;
import dev.tenet.bootstrap.wiring.TenetComponent;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.identity.KeySecret;
import dev.tenet.http.TenetHttpServer;
import dev.tenet.http.documentation.StoreHealth;
import dev.tenet.inmemory.InMemoryStoreProvider;
import dev.tenet.spi.StoreProvider;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A running server with all its parts.
public final class TenetServer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(TenetServer.class.getName());

  /// How long an evaluation waits for a revision that is not there yet.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// How often what tenants have used is added to the store.
  private static final Duration USAGE_NOTED = Duration.ofSeconds(1);

  /// How often decisions that are kept long enough are removed.
  private static final Duration RETENTION_CHECKED = Duration.ofHours(1);

  /// How often code that nothing refers to is removed.
  private static final Duration ARTEFACTS_COLLECTED = Duration.ofHours(1);

  private final Configuration configuration;
  private final TenetHttpServer http;
  private final Optional<KeySecret> firstKey;
  private final RunningParts parts;

  private TenetServer(
      Configuration configuration,
      TenetHttpServer http,
      Optional<KeySecret> firstKey,
      RunningParts parts) {
    this.configuration = configuration;
    this.http = http;
    this.firstKey = firstKey;
    this.parts = parts;
  }

  /// Starts a server. Broken extensions are logged, a line for each, and left out.
  ///
  /// @throws StartFailure when it cannot start; then nothing runs
  public static TenetServer start(Configuration configuration) throws StartFailure {
    refuseStrangers(configuration);
    var parts = new RunningParts();
    try {
      TenetServer server = start(configuration, parts);
      Logging.ofProcess().detach();
      return server;
    } catch (StartFailure | RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private static Telemetry telemetry(Configuration configuration) throws StartFailure {
    try {
      return Telemetry.of(
          configuration.telemetry(), configuration.logging(), configuration.environment());
    } catch (IllegalArgumentException e) {
      throw StartFailure.misconfigured(String.valueOf(e.getMessage()));
    }
  }

  /// What requests use is closed after the requests: decisions are written, and use is counted, to the last.
  private static TenetServer start(Configuration configuration, RunningParts parts)
      throws StartFailure {
    Telemetry telemetry = telemetry(configuration);
    parts.add(telemetry::close);
    ExtensionFolder folder = extensions(configuration);
    parts.add(folder::close);
    Extensions extensions = folder.present();
    StoreProvider.OpenStore store = open(configuration, extensions);
    parts.add(store::close);
    var plugins =
        new PluginParts(
            configuration.approvals(), telemetry.invocations(), artefacts(configuration, parts));
    TenetComponent component = component(configuration, telemetry, extensions, store, plugins);
    parts.add(component.denials()::close);
    parts.add(component.authenticator()::close);
    parts.add(component.guests()::close);
    telemetry.watch(component.ruleSets());
    telemetry.watch(component.guests());
    telemetry.watch(component.governanceObservers(), component.changeObservers());
    telemetry.watch(component.decisionBuffer());
    telemetry.watch(store::pools);
    Optional<RevisionFeed.Following> following =
        store.revisions().map(feed -> feed.follow(component.ruleSets()));
    following.ifPresent(feed -> parts.add(feed::close));
    following.ifPresent(telemetry::watch);
    parts.add(Repeating.start("tenet-usage", USAGE_NOTED, component.usage()::flush)::close);
    parts.add(component.decisionBuffer()::close);
    TenetHttpServer http = http(configuration, component, health(component, following), telemetry);
    parts.add(http::close);
    Optional<KeySecret> firstKey = foundPlatform(configuration, component);
    parts.add(
        Repeating.start(
                "tenet-decision-retention",
                Duration.ZERO,
                RETENTION_CHECKED,
                component.decisionRetention()::run,
                () -> {})
            ::close);
    parts.add(
        Repeating.start(
                "tenet-artefacts",
                Duration.ZERO,
                ARTEFACTS_COLLECTED,
                component.artefactCollector()::run,
                () -> {})
            ::close);
    telemetry.show(() -> folder.present().json());
    parts.add(ExtensionWatch.start(folder, component, telemetry, configuration.store())::close);
    return new TenetServer(configuration, http, firstKey, parts);
  }

  private static TenetComponent component(
      Configuration configuration,
      Telemetry telemetry,
      Extensions extensions,
      StoreProvider.OpenStore store,
      PluginParts plugins) {
    return TenetComponent.of(
        new Parts(
            store,
            configuration.limits(),
            new CurrentRuleSets.Settings(
                configuration.definitionsMemory(),
                store.revisions().isPresent(),
                configuration.oldestDefinitions(),
                PATIENCE),
            configuration.tenantHeaders(),
            identity(configuration),
            configuration.decisionLog(),
            plugins,
            extensions.parts().withListeners(telemetry.listeners(extensions.parts().listeners()))));
  }

  private static void refuseStrangers(Configuration configuration) throws StartFailure {
    if (servesEverybody(configuration) && !configuration.authentication().insecure()) {
      throw StartFailure.misconfigured(
          "Everybody who reaches %s could do everything: turn authentication on with --auth=on, or listen on 127.0.0.1; to serve everybody, say --insecure."
              .formatted(configuration.host()));
    }
  }

  private static Identity identity(Configuration configuration) {
    if (configuration.authentication().on()) {
      return Identity.required(configuration.authentication().tokens());
    }
    return configuration.authentication().insecure()
        ? Identity.ANYBODY
        : Identity.local(configuration.host());
  }

  private static boolean servesEverybody(Configuration configuration) {
    return !configuration.authentication().on() && !isLoopback(configuration.host());
  }

  private static boolean isLoopback(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /// Who has to say who they are finds the platform's own tenant, with its access rules, and a first key. The last step: a key
  /// that is issued is shown.
  private static Optional<KeySecret> foundPlatform(
      Configuration configuration, TenetComponent component) throws StartFailure {
    if (!configuration.authentication().on()) {
      return Optional.empty();
    }
    try {
      component.foundPlatform().found();
      return switch (component.issueFirstKey().issue()) {
        case IssueFirstKey.Result.Issued(var secret) -> Optional.of(secret);
        case IssueFirstKey.Result.NotTheFirst() -> Optional.empty();
      };
    } catch (StoreUnavailable e) {
      throw StartFailure.failed(
          "The store \"%s\": %s".formatted(configuration.store(), e.getMessage()));
    }
  }

  /// A feed knows without asking whether the store answers, and so answers at once when it does not. Of several databases one is
  /// needed for everything; the others can be worked without.
  private static TenetHttpServer.Health health(
      TenetComponent component, Optional<RevisionFeed.Following> following) {
    TenetHttpServer.Health asking = component.health();
    return following
        .map(
            feed ->
                new TenetHttpServer.Health(
                    () -> feed.ageOfMain().map(TenetServer::storeHealth).orElseGet(asking.store()),
                    asking.tenantsLoaded()))
        .orElse(asking);
  }

  private static StoreHealth storeHealth(Duration age) {
    return age.compareTo(EvaluateFacts.CONFIRMED_WITHIN) < 0
        ? new StoreHealth.Available()
        : new StoreHealth.Away(age);
  }

  /// A jar that cannot work is left out, for others may be added at any time. What is compiled in cannot be mended while Tenet
  /// runs.
  private static ExtensionFolder extensions(Configuration configuration) throws StartFailure {
    ExtensionFolder folder =
        ExtensionFolder.open(
            configuration.extensions(),
            new CelRuleCompiler(configuration.limits(), List.of())::requireFit);
    if (!folder.builtInFaults().isEmpty()) {
      folder.close();
      throw StartFailure.failed(
          "What is compiled into Tenet cannot work: %s Mend it or take it out, and build Tenet again."
              .formatted(folder.builtInFaults().getFirst()));
    }
    folder
        .present()
        .faults()
        .forEach(fault -> LOG.log(Level.WARNING, () -> "Extension left out: " + fault));
    return folder;
  }

  private static StoreProvider.OpenStore open(Configuration configuration, Extensions extensions)
      throws StartFailure {
    String name = configuration.store();
    List<String> known = extensions.stores().stream().map(StoreProvider::name).toList();
    StoreProvider provider =
        extensions
            .store(name)
            .orElseThrow(
                () ->
                    StartFailure.misconfigured(
                        "There is no store \"%s\"%s The stores are: %s."
                            .formatted(
                                name,
                                Spelling.nearest(name, known)
                                    .map(". Did you mean \"%s\"?"::formatted)
                                    .orElse("."),
                                String.join(", ", known))));
    try {
      return provider.open(configuration.storeSettings());
    } catch (IllegalArgumentException e) {
      throw StartFailure.misconfigured("The store \"%s\": %s".formatted(name, e.getMessage()));
    } catch (StoreUnavailable e) {
      throw StartFailure.failed("The store \"%s\": %s".formatted(name, e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      throw StartFailure.failed("The store \"%s\" cannot be opened: %s".formatted(name, words(e)));
    }
  }

  /// {@return where the code of plugins is kept, when that is not the store}
  private static Optional<ArtefactStore> artefacts(Configuration configuration, RunningParts parts)
      throws StartFailure {
    try {
      return switch (configuration.artefacts()) {
        case ArtefactSettings.Database() -> Optional.empty();
        case ArtefactSettings.Directory(var directory) ->
            Optional.of(DirectoryArtefactStore.open(directory));
        case ArtefactSettings.ObjectStore(var settings) -> {
          S3ArtefactStore store = S3ArtefactStore.open(settings);
          parts.add(store::close);
          yield Optional.of(store);
        }
      };
    } catch (IllegalArgumentException e) {
      throw StartFailure.misconfigured("The code of plugins: " + e.getMessage());
    } catch (StoreUnavailable e) {
      throw StartFailure.failed("The code of plugins: " + e.getMessage());
    }
  }

  private static TenetHttpServer http(
      Configuration configuration,
      TenetComponent component,
      TenetHttpServer.Health health,
      Telemetry telemetry)
      throws StartFailure {
    var settings =
        new TenetHttpServer.Settings(
            configuration.host(),
            configuration.port(),
            configuration.limits(),
            configuration.evaluationsAtOnce().orElseGet(TenetHttpServer.Settings::usualEvaluations),
            configuration.requestTimeout(),
            configuration.shutdownGrace());
    try {
      return TenetHttpServer.start(
          settings, component.useCases(), health, component.ids(), component.gate(), telemetry);
    } catch (UncheckedIOException e) {
      throw StartFailure.failed(listenFailure(configuration, e));
    }
  }

  private static String listenFailure(Configuration configuration, Exception e) {
    String address = "%s:%d".formatted(bracketed(configuration.host()), configuration.port());
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (cause instanceof BindException && message.contains("in use")) {
        return "Port %d on %s is taken. Stop what listens there, or choose another port with --port."
            .formatted(configuration.port(), configuration.host());
      }
      if (message.contains("permission denied")) {
        return "Listening on %s is not permitted. Choose a port from 1024 with --port."
            .formatted(address);
      }
      if (message.contains("cannot assign") || message.contains("can't assign")) {
        return "%s is no address of this machine. Choose another with --host."
            .formatted(configuration.host());
      }
    }
    return "The server cannot listen on %s: %s".formatted(address, words(e));
  }

  private static String words(Throwable e) {
    Throwable innermost = e;
    for (int i = 0; i < 20 && innermost.getCause() != null; i++) {
      innermost = innermost.getCause();
    }
    return innermost.getMessage() == null
        ? innermost.getClass().getSimpleName()
        : innermost.getMessage();
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /// {@return the name of its store}
  public String store() {
    return configuration.store();
  }

  /// {@return whether its data are lost when it stops}
  public boolean forgets() {
    return store().equals(new InMemoryStoreProvider().name());
  }

  /// {@return the first key of the platform, if this start issued it; nobody can be told it again}
  public Optional<KeySecret> firstKey() {
    return firstKey;
  }

  /// {@return whether others than this machine may do everything}
  public boolean servesEverybody() {
    return servesEverybody(configuration);
  }

  /// {@return its address, such as `http://127.0.0.1:8080`; `localhost` when it listens on all addresses}
  public String url() {
    return "http://%s:%d".formatted(reachable(), http.port());
  }

  private String reachable() {
    try {
      InetAddress address = InetAddress.getByName(configuration.host());
      return address.isAnyLocalAddress() ? "localhost" : bracketed(configuration.host());
    } catch (UnknownHostException e) {
      return bracketed(configuration.host());
    }
  }

  /// Says that it is not ready and goes on for a while, if that is wanted; then stops taking requests, lets those in flight
  /// finish within the grace, writes the decisions that are to be kept, and closes the store and
  /// the extensions.
  @Override
  public void close() {
    try {
      http.announceEnd();
      waitFor(configuration.shutdownDelay());
    } finally {
      parts.close();
    }
  }

  private static void waitFor(Duration delay) {
    long end = System.nanoTime() + delay.toNanos();
    for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
