package dev.tenet.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.plugin.Approvals;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.tenant.TenantId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenet plugins`: publishes plugins on a running server, and lets tenants use them.
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Publishes plugins and lets tenants use them.",
    descriptionHeading = "%n",
    footerHeading = "%n",
    footer = {
      "All commands ask a running server, which takes the API key that TENET_API_KEY has, if it wants one."
    })
final class PluginsCommand implements Runnable {

  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  PluginsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// What a subcommand asks a server.
  private interface Work {
    void with(TenantClient server, PrintWriter out) throws CommandFailure, InterruptedException;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  @Command(
      name = "push",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = {
        "Publishes a version of a plugin, when its manifest, its code, its signature and what earlier versions have promised allow it.",
        "With --tenant it is activated for these tenants, too."
      },
      descriptionHeading = "%n",
      parameterListHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int push(
      @Parameters(paramLabel = "FILE", description = "The WebAssembly module.") Path file,
      @Option(
              names = "--manifest",
              required = true,
              paramLabel = "FILE",
              description = "The manifest, plugin.json; it may have comments.")
          Path manifest,
      @Option(
              names = "--key",
              paramLabel = "FILE",
              description =
                  "Signs code and manifest with this private key: Ed25519, PKCS#8 in PEM, as openssl genpkey makes it.")
          @Nullable Path key,
      @Option(
              names = "--tenant",
              paramLabel = "ID",
              description = "Activates the version for this tenant; may be given several times.")
          @Nullable List<String> tenants,
      @Option(
              names = "--host",
              split = ",",
              paramLabel = "CAPABILITY",
              description = "What the plugin may ask the host for: invoke, log.")
          @Nullable List<String> host,
      @Option(names = "--dry-run", description = "Checks everything and publishes nothing.")
          boolean dryRun,
      @Mixin ServerAddress address)
      throws CommandFailure, InterruptedException {
    List<String> chosen = tenants == null ? List.of() : tenants;
    for (String tenant : chosen) {
      id(tenant);
    }
    byte[] code = read(file);
    byte[] said = read(manifest);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("manifest", new String(said, UTF_8));
    body.put("artefact", Base64.getEncoder().encodeToString(code));
    if (key != null) {
      body.put("signature", Base64.getEncoder().encodeToString(signature(key, code, said)));
    }
    return on(
        address,
        (server, out) -> {
          // What is published never changes: who is to have it must be there before.
          for (String tenant : chosen) {
            server.ask("GET", "/tenants/" + tenant, null);
          }
          Map<?, ?> release = server.ask("POST", "/plugins?dryRun=" + dryRun, body);
          out.println(
              "%s %s %s: %s"
                  .formatted(
                      release.get("name"),
                      release.get("version"),
                      dryRun ? "could be published" : "is published",
                      release.get("artefact")));
          for (String tenant : dryRun ? List.<String>of() : chosen) {
            activate(
                server,
                out,
                String.valueOf(release.get("name")),
                tenant,
                activation(String.valueOf(release.get("version")), null, host));
          }
        });
  }

  private static byte[] read(Path file) throws CommandFailure {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw CommandFailure.badInput("There is no file %s.".formatted(file));
    } catch (IOException e) {
      throw CommandFailure.badInput("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  private static byte[] signature(Path key, byte[] code, byte[] manifest) throws CommandFailure {
    try {
      String pem = new String(read(key), UTF_8).replaceAll("-----[A-Z ]+-----|\\s", "");
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))));
      signer.update(Approvals.signed(code, manifest));
      return signer.sign();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw CommandFailure.badInput(
          "%s is no private key by Ed25519 in PEM; openssl genpkey -algorithm ed25519 makes one."
              .formatted(key));
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description =
          "Lists the plugins that are published, or with --tenant those that a tenant has.",
      descriptionHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int list(
      @Option(names = "--tenant", paramLabel = "ID", description = "The tenant.")
          @Nullable String tenant,
      @Mixin ServerAddress address)
      throws CommandFailure, InterruptedException {
    return on(
        address,
        (server, out) -> {
          if (tenant == null) {
            releases(server.ask("GET", "/plugins", null), out);
          } else {
            installed(server.ask("GET", "/tenants/%s/plugins".formatted(id(tenant)), null), out);
          }
        });
  }

  private static void installed(Map<?, ?> answer, PrintWriter out) {
    var table = new Table();
    table.row(Table.Cell.of("NAME"), Table.Cell.of("VERSION"), Table.Cell.of("FUNCTIONS"));
    for (Map<?, ?> plugin : objects(answer, "plugins")) {
      List<?> signatures = plugin.get("signatures") instanceof List<?> list ? list : List.of();
      for (int i = 0; i < Math.max(1, signatures.size()); i++) {
        table.row(
            Table.Cell.of(i == 0 ? String.valueOf(plugin.get("name")) : ""),
            Table.Cell.of(i == 0 ? String.valueOf(plugin.get("version")) : ""),
            Table.Cell.of(i < signatures.size() ? String.valueOf(signatures.get(i)) : ""));
      }
    }
    table.print(out);
  }

  private static void releases(Map<?, ?> answer, PrintWriter out) {
    var table = new Table();
    table.row(
        Table.Cell.of("NAME"),
        Table.Cell.of("VERSION"),
        Table.Cell.of("PUBLISHED"),
        Table.Cell.of("BYTES"),
        Table.Cell.of("ARTEFACT"));
    for (Map<?, ?> release : objects(answer, "releases")) {
      table.row(
          Table.Cell.of(String.valueOf(release.get("name"))),
          Table.Cell.of(String.valueOf(release.get("version"))),
          Table.Cell.of(String.valueOf(release.get("publishedAt"))),
          Table.Cell.number(String.valueOf(release.get("size"))),
          Table.Cell.of(String.valueOf(release.get("artefact")).substring(0, 12)));
    }
    table.print(out);
  }

  private static List<Map<?, ?>> objects(Map<?, ?> answer, String member) {
    return answer.get(member) instanceof List<?> list
        ? list.stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList()
        : List.of();
  }

  @Command(
      name = "versions",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = "Lists the published versions of a plugin, the last first.",
      descriptionHeading = "%n",
      parameterListHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int versions(
      @Parameters(paramLabel = "NAME", description = "The plugin.") String name,
      @Mixin ServerAddress address)
      throws CommandFailure, InterruptedException {
    return on(
        address,
        (server, out) -> releases(server.ask("GET", "/plugins/" + segment(name), null), out));
  }

  @Command(
      name = "activate",
      sortOptions = false,
      description = "Lets a tenant use a version of a plugin.",
      descriptionHeading = "%n",
      parameterListHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int activate(
      @Parameters(paramLabel = "NAME", description = "The plugin.") String name,
      @Option(names = "--tenant", required = true, paramLabel = "ID", description = "The tenant.")
          String tenant,
      @Option(
              names = "--version",
              paramLabel = "VERSION",
              description = "The version; without it, the one published last.")
          @Nullable String version,
      @Option(
              names = "--function",
              split = ",",
              paramLabel = "MODULE.FUNCTION",
              description = "What the tenant may call; without it, everything.")
          @Nullable List<String> functions,
      @Option(
              names = "--host",
              split = ",",
              paramLabel = "CAPABILITY",
              description = "What the plugin may ask the host for: invoke, log.")
          @Nullable List<String> host,
      @Option(
              names = {"-h", "--help"},
              usageHelp = true,
              description = "Show this help message and exit.")
          boolean help,
      @Mixin ServerAddress address)
      throws CommandFailure, InterruptedException {
    return on(
        address,
        (server, out) ->
            activate(server, out, segment(name), tenant, activation(version, functions, host)));
  }

  private static Map<String, Object> activation(
      @Nullable String version, @Nullable List<String> functions, @Nullable List<String> host) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (version != null) {
      body.put("version", version);
    }
    if (functions != null) {
      body.put("functions", functions);
    }
    body.put("host", host == null ? List.of() : host);
    return body;
  }

  private static void activate(
      TenantClient server, PrintWriter out, String name, String tenant, Map<String, ?> body)
      throws CommandFailure, InterruptedException {
    has(out, tenant, server.ask("PUT", ofTenant(name, tenant), body));
  }

  private static void has(PrintWriter out, String tenant, Map<?, ?> plugin) {
    out.println(
        "The tenant %s has %s %s:".formatted(tenant, plugin.get("name"), plugin.get("version")));
    if (plugin.get("signatures") instanceof List<?> signatures) {
      signatures.forEach(signature -> out.println("  " + signature));
    }
    if (plugin.get("effects") instanceof Map<?, ?> effects) {
      inactive(out, "The rule", effects.get("rulesFailed"), "ruleName");
      inactive(out, "The derived field", effects.get("derivedFieldsFailed"), "name");
    }
  }

  private static void inactive(
      PrintWriter out, String kind, @Nullable Object broken, String nameMember) {
    if (broken instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> one) {
          out.println(
              "%s %s is inactive now: %s"
                  .formatted(
                      kind, Quoted.text(String.valueOf(one.get(nameMember))), one.get("error")));
        }
      }
    }
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = "Lets a tenant use the version of a plugin again that it had before.",
      descriptionHeading = "%n",
      parameterListHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int rollBack(
      @Parameters(paramLabel = "NAME", description = "The plugin.") String name,
      @Option(names = "--tenant", required = true, paramLabel = "ID", description = "The tenant.")
          String tenant,
      @Mixin ServerAddress address)
      throws CommandFailure, InterruptedException {
    return on(
        address,
        (server, out) ->
            has(
                out,
                tenant,
                server.ask("POST", ofTenant(segment(name), tenant) + ":rollback", Map.of())));
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description =
          "Takes a plugin away from a tenant. Rules that call it are inactive until it is activated again.",
      descriptionHeading = "%n",
      parameterListHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int disable(
      @Parameters(paramLabel = "NAME", description = "The plugin.") String name,
      @Option(names = "--tenant", required = true, paramLabel = "ID", description = "The tenant.")
          String tenant,
      @Mixin ServerAddress address)
      throws CommandFailure, InterruptedException {
    return on(
        address,
        (server, out) -> {
          server.ask("DELETE", ofTenant(segment(name), tenant), null);
          out.println("The tenant %s no longer has %s.".formatted(tenant, name));
        });
  }

  private static String ofTenant(String name, String tenant) throws CommandFailure {
    return "/admin/tenants/%s/plugins/%s".formatted(id(tenant), name);
  }

  private static TenantId id(String tenant) throws CommandFailure {
    return TenantId.parse(tenant)
        .orElseThrow(
            () ->
                CommandFailure.badInput(
                    "--tenant: %s is no id of a tenant.".formatted(Quoted.text(tenant))));
  }

  private static String segment(String name) throws CommandFailure {
    if (!name.matches("[A-Za-z0-9_.]{1,200}")) {
      throw CommandFailure.badInput("%s is no name of a plugin.".formatted(Quoted.text(name)));
    }
    return name;
  }

  private int on(ServerAddress address, Work work) throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (TenantClient server = address.open(surroundings.environment())) {
      work.with(server, out);
    }
    out.flush();
    return 0;
  }
}
