package dev.tenet.bootstrap.cli;

import dev.tenet.bootstrap.bundle.Bundle;
import dev.tenet.bootstrap.bundle.BundleReader;
import dev.tenet.domain.expression.Expression;
import dev.tenet.http.json.StrictJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tenet demo`: fills a running server with the examples and shows a first decision.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description =
        "Loads the example tenants into a running server and shows a first decision with its trace.",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = "A server that wants to know who asks is sent the API key that TENET_API_KEY has.")
final class DemoCommand implements Callable<Integer> {

  /// The examples, the one that decides first.
  private static final List<String> EXAMPLES =
      List.of("card-fraud", "loan-eligibility", "shop-pricing");

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Surroundings surroundings;

  @Mixin private ServerAddress address = new ServerAddress();

  @Option(
      names = "--examples",
      paramLabel = "DIR",
      description = "The folder of the examples; default the one beside the launcher.")
  private @Nullable String examples;

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Path folder = folder();
    try (TenantClient client = address.open(surroundings.environment())) {
      PrintWriter out = spec.commandLine().getOut();
      List<String> tenants = new ArrayList<>();
      for (String example : EXAMPLES) {
        Bundle bundle = bundle(folder.resolve(example).resolve("tenant.yaml"));
        String tenant = load(bundle, client);
        tenants.add(tenant);
        out.println(
            "%-18s%s  %s, %s"
                .formatted(
                    bundle.name(),
                    tenant,
                    Plural.of(bundle.derivedFields().size(), "derived field"),
                    Plural.of(bundle.rules().size(), "rule")));
        out.flush();
      }
      firstDecision(
          folder.resolve(EXAMPLES.getFirst()).resolve("first.json"), tenants.getFirst(), client);
      return 0;
    }
  }

  private Path folder() throws CommandFailure {
    String home = System.getProperty("tenet.home", ".");
    try {
      Path folder = examples == null ? Path.of(home, "examples") : Path.of(examples);
      if (Files.isDirectory(folder.resolve(EXAMPLES.getFirst()))) {
        return folder;
      }
      throw CommandFailure.badInput(
          "The examples are not in %s. Name their folder with --examples.".formatted(folder));
    } catch (InvalidPathException e) {
      throw CommandFailure.badInput("--examples: \"%s\" is no path.".formatted(examples));
    }
  }

  private static Bundle bundle(Path file) throws CommandFailure {
    try {
      return switch (BundleReader.read(Files.readString(file))) {
        case BundleReader.Reading.Valid(var bundle) -> bundle;
        case BundleReader.Reading.Invalid(var faults) ->
            throw CommandFailure.badInput(faults.getFirst().in(file.toString()));
      };
    } catch (IOException e) {
      throw CommandFailure.badInput("The bundle %s cannot be read.".formatted(file));
    }
  }

  private static String load(Bundle bundle, TenantClient client)
      throws CommandFailure, InterruptedException {
    Map<?, ?> created = client.post("/tenants", body("name", bundle.name()));
    if (!(created.get("id") instanceof String tenant)) {
      throw CommandFailure.failed("The server's answer has no tenant id; is it Tenet?");
    }
    String path = "/tenants/" + tenant;
    client.post(path + "/schema", body("definition", bundle.schema()));
    for (Bundle.DerivedField field : bundle.derivedFields()) {
      Map<String, @Nullable Object> body = body("name", field.name());
      body.put("expression", field.expression().text());
      body.put("description", field.description());
      client.post(path + "/derived", body);
    }
    for (Bundle.Rule rule : bundle.rules()) {
      client.post(path + "/rules", body(rule));
    }
    return tenant;
  }

  private static Map<String, @Nullable Object> body(String key, @Nullable Object value) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put(key, value);
    return body;
  }

  private static Map<String, @Nullable Object> body(Bundle.Rule rule) {
    var draft = rule.draft();
    Map<String, @Nullable Object> body = body("name", draft.name());
    body.put("description", draft.description());
    body.put("expression", draft.expression().text());
    body.put("tags", List.copyOf(draft.tags()));
    Map<String, Object> then = new LinkedHashMap<>();
    for (Map.Entry<String, Expression> output : draft.then().entrySet()) {
      then.put(output.getKey(), output.getValue().text());
    }
    body.put("then", then);
    body.put("enabled", draft.enabled());
    return body;
  }

  private void firstDecision(Path file, String tenant, TenantClient client)
      throws CommandFailure, InterruptedException {
    Map<String, @Nullable Object> body = body("facts", facts(file));
    body.put("trace", true);
    String path = "/tenants/" + tenant + "/evaluate";
    DecisionText decision = new DecisionText(client.post(path, body));
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.println("The first decision, about %s:".formatted(file));
    out.println();
    decision.table(out);
    if (!decision.telling().isEmpty()) {
      DecisionText.trace(decision.telling().getFirst(), out);
    }
    out.println();
    out.println("The same with curl:");
    out.println();
    out.println("curl -s '%s' \\".formatted(client.url(path)));
    if (client.sendsKey()) {
      out.println("  -H \"Authorization: Bearer $%s\" \\".formatted(ServerAddress.KEY));
    }
    out.println("  -H 'Content-Type: application/json' \\");
    out.println("  -d \"{\\\"facts\\\": $(cat '%s'), \\\"trace\\\": true}\"".formatted(file));
  }

  private static @Nullable Object facts(Path file) throws CommandFailure {
    try {
      return StrictJson.parse(Files.readAllBytes(file));
    } catch (IOException | StrictJson.Malformed e) {
      throw CommandFailure.badInput("The facts %s cannot be read.".formatted(file));
    }
  }
}
