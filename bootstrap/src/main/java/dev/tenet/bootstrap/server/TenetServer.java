package dev.tenet.bootstrap.server;

import dev.tenet.application.audit.Denials;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.EvaluateFacts;
import dev.tenet.application.store.RevisionFeed;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.bootstrap.config.Configuration;
import dev.tenet.bootstrap.extension.ExtensionLoader;
import dev.tenet.bootstrap.extension.Extensions;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.bootstrap.wiring.TenetComponent;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.tenant.Limits;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A running server with all its parts.
public final class TenetServer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(TenetServer.class.getName());

  /// How long an evaluation waits for a revision that is not there yet.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// How often what tenants have used is added to the store.
  private static final Duration USAGE_NOTED = Duration.ofSeconds(1);

  private final Configuration configuration;
  private final Extensions extensions;

  private final StoreProvider.OpenStore store;
  private final TenetHttpServer http;
  private final Optional<RevisionFeed.Following> following;
  private final Repeating usage;
  private final Denials denials;

  private TenetServer(
      Configuration configuration,
      Extensions extensions,
      StoreProvider.OpenStore store,
      TenetHttpServer http,
      Optional<RevisionFeed.Following> following,
      Repeating usage,
      Denials denials) {
    this.configuration = configuration;
    this.extensions = extensions;
    this.store = store;
    this.http = http;
    this.following = following;
    this.usage = usage;
    this.denials = denials;
  }

  /// Starts a server. Broken extensions are logged, a line for each, and left out.
  ///
  /// @throws StartFailure when it cannot start; then nothing runs
  public static TenetServer start(Configuration configuration) throws StartFailure {
    Extensions extensions = extensions(configuration);
    StoreProvider.OpenStore store = null;
    Optional<RevisionFeed.Following> following = Optional.empty();
    try {
      store = open(configuration, extensions);
      TenetComponent component =
          TenetComponent.of(
              new Parts(
                  store,
                  configuration.limits(),
                  new CurrentRuleSets.Settings(
                      configuration.definitionsMemory(),
                      store.revisions().isPresent(),
                      configuration.oldestDefinitions(),
                      PATIENCE),
                  configuration.tenantHeaders(),
                  extensions.functions(),
                  extensions.listeners(),
                  extensions.governanceListeners()));
      following = store.revisions().map(feed -> feed.follow(component.ruleSets()));
      TenetHttpServer http = http(configuration, component, health(component, store, following));
      var usage = Repeating.start("tenet-usage", USAGE_NOTED, component.usage()::flush);
      return new TenetServer(
          configuration, extensions, store, http, following, usage, component.denials());
    } catch (StartFailure | RuntimeException | Error e) {
      following.ifPresent(RevisionFeed.Following::close);
      if (store != null) {
        store.close();
      }
      extensions.close();
      throw e;
    }
  }

  /// A feed knows without asking whether the store answers, and so answers at once when it does not. The feed of several
  /// databases does not tell which of them does not answer, and the others can be worked with.
  private static TenetHttpServer.Health health(
      TenetComponent component,
      StoreProvider.OpenStore store,
      Optional<RevisionFeed.Following> following) {
    TenetHttpServer.Health asking = component.health();
    return following
        .filter(feed -> store.placement().isEmpty())
        .map(
            feed ->
                new TenetHttpServer.Health(
                    () -> feed.age().map(TenetServer::storeHealth).orElseGet(asking.store()),
                    asking.tenantsLoaded()))
        .orElse(asking);
  }

  private static StoreHealth storeHealth(Duration age) {
    return age.compareTo(EvaluateFacts.CONFIRMED_WITHIN) < 0
        ? new StoreHealth.Available()
        : new StoreHealth.Away(age);
  }

  private static Extensions extensions(Configuration configuration) {
    Limits limits = configuration.limits();
    Extensions extensions =
        ExtensionLoader.load(
            configuration.extensions(), functions -> new CelRuleCompiler(limits, functions));
    extensions
        .faults()
        .forEach(fault -> LOG.log(Level.WARNING, () -> "Extension left out: " + fault));
    return extensions;
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

  private static TenetHttpServer http(
      Configuration configuration, TenetComponent component, TenetHttpServer.Health health)
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
          settings, component.useCases(), health, component.ids(), component.gate());
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

  /// Stops taking requests, lets those in flight finish within the grace, and closes the store and the extensions.
  @Override
  public void close() {
    try {
      http.close();
    } finally {
      following.ifPresent(RevisionFeed.Following::close);
      usage.close();
      denials.close();
      try {
        store.close();
      } finally {
        extensions.close();
      }
    }
  }
}
