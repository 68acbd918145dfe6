package dev.tenet.bootstrap.cli;

import dev.tenet.bootstrap.config.BuildVersion;
import dev.tenet.bootstrap.config.Configuration;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.bootstrap.logging.Logging;
import dev.tenet.bootstrap.server.StartFailure;
import dev.tenet.bootstrap.server.TenetServer;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tenet serve`: runs a server until the process is told to end.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Runs a server until SIGTERM or Ctrl-C; requests in flight then finish first.",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions, and the same as environment variables and keys of the file:%n",
    footerHeading = "%nKeys of the configuration file only:%n",
    footer = {
      "  evaluationsAtOnce  how many evaluations may be under way, more are answered 503",
      "                     (default 64 for each processor)",
      "  requestTimeout     the longest a request may take to arrive, and its answer to be taken",
      "                     (default 60s)",
      "  shutdownGrace      how long requests in flight may go on at the end (default 30s)",
      "  shutdownDelay      how long the server goes on at the end while it says that it is not ready,",
      "                     so that load balancers notice (default none)",
      "  metrics            prefix (default tenet) of the names of metrics, and how many tenants",
      "                     (default 100) have metrics of their own",
      "  telemetry          otlp, where traces are sent, such as http://localhost:4318 (default",
      "                     OTEL_EXPORTER_OTLP_ENDPOINT, or nowhere), and serviceName",
      "                     (default OTEL_SERVICE_NAME, or tenet)",
      "  limits             what one tenant may use: rules, derivedFields, schemaBytes,",
      "                     expressionLength, expressionDepth, expressionNodes, comprehensionNesting,",
      "                     factsBytes, batchSize, ruleCost, evaluationTime",
      "  jwt                which tokens to trust: issuer, audience, jwks, tenantClaim, rolesClaim,",
      "                     platformWithoutTenant, skew, algorithms",
      "  requests           which headers of requests mean what: tenantHeader, tenantExtractor,",
      "                     modelHeader, toolHeader, tokenCountHeader, tenantMayBeMissing",
      "  decisionLog        what is collected of decisions before they are kept: bufferedDecisions,",
      "                     bufferMemory, batchSize, longestDelay",
      "  plugins            approvedKeys: who may approve internal plugins, names and files with",
      "                     public keys",
      "",
      "An option is stronger than an environment variable, that than the file, that than the default.",
      "In the file, relative paths are relative to its folder."
    })
final class ServeCommand implements Callable<Integer> {

  /// How long whoever ends a server that starts waits for it. A migration may take longer.
  private static final int LONGEST_START_SECONDS = 20;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = {
        "Address to listen on; 0.0.0.0 for all.",
        "[TENET_HOST; host; default " + Setting.DEFAULT_HOST + "]"
      })
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = {
        "Port to listen on; 0 for any free one.",
        "[TENET_PORT, PORT; port; default " + Setting.DEFAULT_PORT + "]"
      })
  private @Nullable String port;

  @Option(
      names = "--store",
      paramLabel = "NAME",
      description = {
        "Where tenants are kept: postgres in the database that DATABASE_URL names, or else in one that Tenet runs itself under the data directory; inmemory forgets them at the end; extensions may add others.",
        "[TENET_STORE; store; default " + Setting.DEFAULT_STORE + "]"
      })
  private @Nullable String store;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = {
        "Where the store keeps its files.",
        "[TENET_DATA_DIR; dataDir; default " + Setting.DEFAULT_DATA_DIR + "]"
      })
  private @Nullable String dataDirectory;

  @Option(
      names = "--definitions-memory",
      paramLabel = "SIZE",
      description = {
        "About how much memory the definitions of tenants may take, such as 512m or 2g; tenants used least are loaded again when they are needed.",
        "[TENET_DEFINITIONS_MEMORY; definitionsMemory; default half of the heap]"
      })
  private @Nullable String definitionsMemory;

  @Option(
      names = "--max-definitions-age",
      paramLabel = "TIME",
      description = {
        "While the database does not answer, how long tenants in memory are evaluated with the definitions of then.",
        "[TENET_MAX_DEFINITIONS_AGE; maxDefinitionsAge; default "
            + Setting.DEFAULT_MAX_DEFINITIONS_AGE
            + "]"
      })
  private @Nullable String maxDefinitionsAge;

  @Option(
      names = "--migrate",
      paramLabel = "on|off",
      description = {
        "Whether a database at an older version is migrated; off refuses to start on it, see tenet migrate.",
        "[TENET_MIGRATE; migrate; default " + Setting.DEFAULT_MIGRATE + "]"
      })
  private @Nullable String migrate;

  @Option(
      names = "--auth",
      paramLabel = "on|off",
      description = {
        "Whether requests must say who sends them, by an API key or a token; off is for servers that only this machine reaches. The first start with it shows a key of the platform.",
        "[TENET_AUTH; auth; default off, on with jwt in the file]"
      })
  private @Nullable String auth;

  @Option(
      names = "--insecure",
      description = {
        "Serves everybody who reaches the server from elsewhere, although --auth is off.",
        "[TENET_INSECURE=on; insecure: on; default " + Setting.DEFAULT_INSECURE + "]"
      })
  private boolean insecure;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description = {
        "How the log is written, to standard error.",
        "[TENET_LOG_FORMAT; logFormat; default " + Setting.DEFAULT_LOG_FORMAT + "]"
      })
  private @Nullable String logFormat;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = {
        "From which severity on events are logged: trace, debug, info, warning, error, off.",
        "[TENET_LOG_LEVEL, LOG_LEVEL; logLevel; default " + Setting.DEFAULT_LOG_LEVEL + "]"
      })
  private @Nullable String logLevel;

  @Option(
      names = "--access-log",
      paramLabel = "MODE",
      description = {
        "Which requests are logged: all, problems (4xx, 5xx and slower than a second), off.",
        "[TENET_ACCESS_LOG; accessLog; default " + Setting.DEFAULT_ACCESS_LOG + "]"
      })
  private @Nullable String accessLog;

  @Option(
      names = "--error-sample-rate",
      paramLabel = "N",
      description = {
        "Of errors of one kind that come more than 10 times a minute, each N-th is logged.",
        "[TENET_ERROR_SAMPLE_RATE, ERROR_SAMPLE_RATE; errorSampleRate; default "
            + Setting.DEFAULT_ERROR_SAMPLE_RATE
            + "]"
      })
  private @Nullable String errorSampleRate;

  @Option(
      names = "--extensions",
      paramLabel = "DIR",
      description = {
        "Folder of extension jars: functions, stores, decision listeners.",
        "[TENET_EXTENSIONS; extensions; default none]"
      })
  private @Nullable String extensions;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {"Configuration file in YAML.", "[TENET_CONFIG; default none]"})
  private @Nullable String config;

  @Mixin private ArtefactOptions artefacts = new ArtefactOptions();

  ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Configuration configuration = configuration();
    Logging.ofProcess().configure(configuration.logging());
    // Whoever ends it while it starts waits until what is starting can be stopped.
    var started = new CompletableFuture<Optional<TenetServer>>();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(started)));
    TenetServer server;
    try {
      server = start(configuration);
      announce(server);
      started.complete(Optional.of(server));
    } finally {
      started.complete(Optional.empty());
    }
    new CountDownLatch(1).await();
    return 0;
  }

  private Configuration configuration() throws CommandFailure {
    var options = new ServerOptions();
    artefacts.put(options);
    return options
        .put(Setting.HOST, host)
        .put(Setting.PORT, port)
        .put(Setting.STORE, store)
        .put(Setting.DATA_DIR, dataDirectory)
        .put(Setting.MIGRATE, migrate)
        .put(Setting.DEFINITIONS_MEMORY, definitionsMemory)
        .put(Setting.MAX_DEFINITIONS_AGE, maxDefinitionsAge)
        .put(Setting.AUTH, auth)
        .put(Setting.INSECURE, insecure ? "on" : null)
        .put(Setting.LOG_FORMAT, logFormat)
        .put(Setting.LOG_LEVEL, logLevel)
        .put(Setting.ACCESS_LOG, accessLog)
        .put(Setting.ERROR_SAMPLE_RATE, errorSampleRate)
        .put(Setting.EXTENSIONS, extensions)
        .put(Setting.CONFIG, config)
        .configuration(surroundings);
  }

  private static TenetServer start(Configuration configuration) throws CommandFailure {
    try {
      return TenetServer.start(configuration);
    } catch (StartFailure e) {
      throw e.isMisconfigured()
          ? CommandFailure.badInput(e.line())
          : CommandFailure.failed(e.line());
    }
  }

  private void announce(TenetServer server) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Tenet %s (store: %s)".formatted(BuildVersion.text(), server.store()));
    out.println("API      " + server.url() + "/api/v1");
    out.println("Swagger  " + server.url() + "/swagger/");
    out.println("Health   " + server.url() + "/health");
    server
        .firstKey()
        .ifPresent(
            key -> {
              out.println("Key      " + key.reveal());
              out.println(
                  "         It may do everything, and is not shown again: keep it, and issue others with it.");
            });
    if (server.servesEverybody()) {
      out.println("Warning  everybody who reaches this server may do everything: --auth is off");
    }
    if (server.forgets()) {
      out.println(
          "Warning  the store keeps all data in memory; they are lost when the server stops");
    }
    out.flush();
  }

  /// Ends with status 0, which a signal alone would not, once requests in flight are answered. A server that does not start ends as
  /// it would.
  private static void stop(CompletableFuture<Optional<TenetServer>> started) {
    Optional<TenetServer> server =
        started.completeOnTimeout(Optional.empty(), LONGEST_START_SECONDS, TimeUnit.SECONDS).join();
    if (server.isEmpty()) {
      return;
    }
    int status = 1;
    try {
      server.get().close();
      status = 0;
    } finally {
      Logging.ofProcess().flush();
      Runtime.getRuntime().halt(status);
    }
  }
}
